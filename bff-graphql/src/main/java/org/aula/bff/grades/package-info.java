/// Attempts, submissions, and what they are worth.
@NullMarked
package org.aula.bff.grades;

import org.jspecify.annotations.NullMarked;
