@NullMarked
package org.aula.grades.grading;

import org.jspecify.annotations.NullMarked;
