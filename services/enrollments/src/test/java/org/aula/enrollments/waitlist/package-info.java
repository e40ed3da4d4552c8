@NullMarked
package org.aula.enrollments.waitlist;

import org.jspecify.annotations.NullMarked;
