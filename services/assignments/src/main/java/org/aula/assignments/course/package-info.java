/// What courses are to the work in them; who may know, teach and learn them decides
/// `services/course-access`.
@NullMarked
package org.aula.assignments.course;

import org.jspecify.annotations.NullMarked;
