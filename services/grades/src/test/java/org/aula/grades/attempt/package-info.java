@NullMarked
package org.aula.grades.attempt;

import org.jspecify.annotations.NullMarked;
