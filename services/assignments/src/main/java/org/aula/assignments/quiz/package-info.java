/// Quizzes, and the versions of them that learners get.
@NullMarked
package org.aula.assignments.quiz;

import org.jspecify.annotations.NullMarked;
