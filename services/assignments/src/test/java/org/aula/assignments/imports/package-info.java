@NullMarked
package org.aula.assignments.imports;

import org.jspecify.annotations.NullMarked;
