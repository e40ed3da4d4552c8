package org.aula.bff.backend;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.LessonProgress;
import org.jspecify.annotations.Nullable;

/// The viewer's enrollment in a course.
///
/// @param enrollment the enrollment
/// @param progress progress by lesson id, if it was asked for
public record MyEnrollment(Enrollment enrollment, Map<String, LessonProgress> progress) {

    static MyEnrollment of(Enrollment enrollment) {
        return new MyEnrollment(
                enrollment,
                enrollment.getLessonsList().stream()
                        .collect(Collectors.toUnmodifiableMap(LessonProgress::getLessonId, Function.identity())));
    }

    /// Progress in a lesson; null while it was not opened.
    public @Nullable LessonProgress in(String lessonId) {
        return progress.get(lessonId);
    }
}
