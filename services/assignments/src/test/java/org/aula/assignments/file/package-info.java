@NullMarked
package org.aula.assignments.file;

import org.jspecify.annotations.NullMarked;
