/// Attempts of learners at quizzes: begun, answered, handed in, graded.
@NullMarked
package org.aula.grades.attempt;

import org.jspecify.annotations.NullMarked;
