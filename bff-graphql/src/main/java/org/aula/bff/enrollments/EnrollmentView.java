package org.aula.bff.enrollments;

import org.aula.api.enrollments.v1.Enrollment;

/// An enrollment with what is known of it.
///
/// @param enrollment the enrollment
/// @param complete whether it came with its progress by lesson
public record EnrollmentView(Enrollment enrollment, boolean complete) {

    /// An enrollment that came with its progress by lesson.
    public static EnrollmentView withLessons(Enrollment enrollment) {
        return new EnrollmentView(enrollment, true);
    }

    /// An enrollment out of a list.
    public static EnrollmentView withoutLessons(Enrollment enrollment) {
        return new EnrollmentView(enrollment, false);
    }

    /// The enrollment's UUID.
    String id() {
        return enrollment.getId();
    }
}
