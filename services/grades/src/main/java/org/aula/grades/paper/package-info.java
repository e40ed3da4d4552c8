/// Published quizzes as attempts use them: what is asked, in which order, and what an answer is worth.
@NullMarked
package org.aula.grades.paper;

import org.jspecify.annotations.NullMarked;
