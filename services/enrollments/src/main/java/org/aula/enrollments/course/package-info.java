/// Refusals about courses; who may know, teach and learn them decides `services/course-access`.
@NullMarked
package org.aula.enrollments.course;

import org.jspecify.annotations.NullMarked;
