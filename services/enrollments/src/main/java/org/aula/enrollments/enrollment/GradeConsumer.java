package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.grades.v1.AssignmentGraded;
import org.aula.api.grades.v1.QuizGraded;
import org.aula.kernel.events.EventConsumer;
import org.jdbi.v3.core.Handle;

/// Completes the lesson of a quiz or of a file assignment when its learner has passed. A grade that fell
/// afterwards takes no completion back.
@Singleton
final class GradeConsumer implements EventConsumer {

    private final Learning learning;

    GradeConsumer(Learning learning) {
        this.learning = learning;
    }

    @Override
    public String name() {
        return "enrollments.grades";
    }

    @Override
    public List<Subscription<?>> subscriptions() {
        return List.of(
                new Subscription<>(QuizGraded.getDefaultInstance(), (handle, graded, envelope) -> {
                    if (graded.getPassed()) {
                        complete(handle, graded.getEnrollmentId(), graded.getLessonId());
                    }
                }),
                new Subscription<>(AssignmentGraded.getDefaultInstance(), (handle, graded, envelope) -> {
                    if (graded.getPassed()) {
                        complete(handle, graded.getEnrollmentId(), graded.getLessonId());
                    }
                }));
    }

    private void complete(Handle handle, String enrollmentId, String lessonId) {
        if (!lessonId.isEmpty()) {
            learning.passed(handle, UUID.fromString(enrollmentId), UUID.fromString(lessonId));
        }
    }
}
