@NullMarked
package org.aula.assignments;

import org.jspecify.annotations.NullMarked;
