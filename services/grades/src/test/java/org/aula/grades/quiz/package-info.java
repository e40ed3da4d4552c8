@NullMarked
package org.aula.grades.quiz;

import org.jspecify.annotations.NullMarked;
