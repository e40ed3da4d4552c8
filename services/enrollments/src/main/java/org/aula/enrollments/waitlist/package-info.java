/// Waiting for a seat of a course that is full.
@NullMarked
package org.aula.enrollments.waitlist;

import org.jspecify.annotations.NullMarked;
