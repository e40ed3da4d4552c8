package org.aula.courses.lesson;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.aula.courses.course.Course;
import org.aula.courses.course.Viewer;

/// One lesson; what it teaches is its [LessonContent].
///
/// @param sortOrder place within the section, ascending from 0
/// @param duration how long it takes, in whole seconds; zero when not known
/// @param preview whether anyone may read it, enrolled or not
/// @param mandatory whether it counts towards completing the course
public record Lesson(
        UUID id,
        UUID sectionId,
        UUID courseId,
        String title,
        LessonType type,
        int sortOrder,
        Duration duration,
        boolean preview,
        boolean mandatory,
        Instant updatedAt) {

    /// To whom the content is open.
    enum Readers {
        /// To this viewer.
        VIEWER,
        /// To those who are enrolled.
        ENROLLED,
        /// To this viewer the lesson does not exist.
        OTHERS
    }

    /// Who may read what it teaches.
    ///
    /// @param course the lesson's own
    Readers readers(Course course, Viewer viewer) {
        if (viewer.seesUnpublishedOf(course.instructorId())) {
            return Readers.VIEWER;
        }
        return switch (course.status()) {
            case PUBLISHED -> preview ? Readers.VIEWER : Readers.ENROLLED;
            case ARCHIVED -> Readers.ENROLLED;
            case DRAFT, REVIEW -> Readers.OTHERS;
        };
    }
}
