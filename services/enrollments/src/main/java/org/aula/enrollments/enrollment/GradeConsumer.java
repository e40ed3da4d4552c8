package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.UUID;
import org.aula.api.grades.v1.AssignmentGraded;
import org.aula.api.grades.v1.QuizGraded;
import org.aula.kernel.events.EventConsumer;
import org.jdbi.v3.core.Handle;

/// Keeps the best result of a quiz or of a file assignment with its lesson, and completes the lesson when
/// the learner has passed. A grade that fell afterwards takes neither back: what counts then says the
/// gradebook.
@Singleton
final class GradeConsumer implements EventConsumer {

    private final ProgressService progressService;

    GradeConsumer(ProgressService progressService) {
        this.progressService = progressService;
    }

    @Override
    public String name() {
        return "enrollments.grades";
    }

    @Override
    public List<Subscription<?>> subscriptions() {
        return List.of(
                new Subscription<>(
                        QuizGraded.getDefaultInstance(),
                        (handle, graded, envelope) -> keep(
                                handle,
                                graded.getEnrollmentId(),
                                graded.getLessonId(),
                                percentage(graded.getScore(), graded.getMaxScore()),
                                graded.getPassed())),
                new Subscription<>(
                        AssignmentGraded.getDefaultInstance(),
                        (handle, graded, envelope) -> keep(
                                handle,
                                graded.getEnrollmentId(),
                                graded.getLessonId(),
                                percentage(graded.getScore(), graded.getMaxScore()),
                                graded.getPassed())));
    }

    private void keep(Handle handle, String enrollmentId, String lessonId, BigDecimal score, boolean passed) {
        if (!lessonId.isEmpty()) {
            progressService.graded(handle, UUID.fromString(enrollmentId), UUID.fromString(lessonId), score, passed);
        }
    }

    /// Where nothing could be had, nothing was got.
    private static BigDecimal percentage(double score, double most) {
        var part = most > 0 ? Math.clamp(score / most, 0, 1) : 0;
        return BigDecimal.valueOf(part * 100).setScale(2, RoundingMode.HALF_UP);
    }
}
