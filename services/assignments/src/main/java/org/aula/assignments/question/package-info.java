/// What is asked, in quizzes and banks.
@NullMarked
package org.aula.assignments.question;

import org.jspecify.annotations.NullMarked;
