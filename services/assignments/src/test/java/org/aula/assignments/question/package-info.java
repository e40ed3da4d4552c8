@NullMarked
package org.aula.assignments.question;

import org.jspecify.annotations.NullMarked;
