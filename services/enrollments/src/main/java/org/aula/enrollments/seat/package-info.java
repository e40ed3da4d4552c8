/// Seats of courses and who waits for them.
@NullMarked
package org.aula.enrollments.seat;

import org.jspecify.annotations.NullMarked;
