/// Quizzes, their questions, and work to hand in.
@NullMarked
package org.aula.bff.assignments;

import org.jspecify.annotations.NullMarked;
