@NullMarked
package org.aula.enrollments.seat;

import org.jspecify.annotations.NullMarked;
