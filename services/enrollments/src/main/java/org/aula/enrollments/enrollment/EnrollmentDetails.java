package org.aula.enrollments.enrollment;

import java.util.List;

/// An enrollment with its progress by lesson.
///
/// @param lessons those that were opened, in the order in which they were
record EnrollmentDetails(Enrollment enrollment, List<LessonProgress> lessons) {}
