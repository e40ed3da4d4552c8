/// Who may know, teach and learn a course, and which of its lessons they may read. The words are columns of
/// the views `courses_api` and `enrollments_api`, which a service that asks is granted in the access matrix;
/// the decision is here, once.
@NullMarked
package org.aula.courseaccess;

import org.jspecify.annotations.NullMarked;
