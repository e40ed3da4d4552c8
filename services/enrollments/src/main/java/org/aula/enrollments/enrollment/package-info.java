/// Enrollments and the progress in their lessons.
@NullMarked
package org.aula.enrollments.enrollment;

import org.jspecify.annotations.NullMarked;
