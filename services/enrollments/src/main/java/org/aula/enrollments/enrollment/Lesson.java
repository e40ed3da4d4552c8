package org.aula.enrollments.enrollment;

import java.time.Duration;
import java.util.UUID;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.courseaccess.ReadableLesson;

/// A lesson, as work on it needs to know it.
///
/// @param access whether the enrollment's learner may read it
/// @param length of its video; zero when nobody said
record Lesson(ReadableLesson access, boolean video, Duration length) {

    private static final double REACHED = 0.9;

    /// The whole of a video takes half of its length at double speed, nine tenths of it 45 %.
    private static final double SPENT = 0.45;

    UUID id() {
        return access.id();
    }

    /// Whether a learner who is there and has spent this time has watched it. Skipping to the end is not
    /// watching.
    boolean isWatched(LessonProgress progress) {
        return video
                && !length.isZero()
                && progress.position().toSeconds() >= length.toSeconds() * REACHED
                && progress.timeSpent().toSeconds() >= length.toSeconds() * SPENT;
    }

    /// Who may not read a lesson does not work on it.
    ///
    /// @throws org.aula.kernel.error.ServiceException LESSON_NOT_RELEASED, LESSON_PREREQUISITE_MISSING
    void requireReadable() {
        access.requireReleased(
                ErrorReason.ERROR_REASON_LESSON_NOT_RELEASED, ErrorReason.ERROR_REASON_LESSON_PREREQUISITE_MISSING);
        if (!access.reading().isAllowed()) {
            throw new IllegalStateException("lesson " + id() + " of an enrollment is " + access.reading());
        }
    }
}
