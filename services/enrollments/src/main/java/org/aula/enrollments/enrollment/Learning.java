package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.identity.CallScope;
import org.aula.kernel.time.Times;
import org.jdbi.v3.core.Handle;

/// What a learner does in an enrolment. Each step locks its row first, so that percentages and events are
/// exact however many lessons are completed at once.
@Singleton
final class Learning {

    private final EnrollmentRepository enrollments;
    private final ProgressRepository progresses;
    private final CatalogRepository catalog;
    private final Outbox outbox;
    private final Clock clock;

    Learning(
            EnrollmentRepository enrollments,
            ProgressRepository progresses,
            CatalogRepository catalog,
            Outbox outbox,
            Clock clock) {
        this.enrollments = enrollments;
        this.progresses = progresses;
        this.catalog = catalog;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// Notes where the learner is, and for how long.
    ///
    /// @throws ServiceException ENROLLMENT_NOT_FOUND, LESSON_NOT_FOUND, ENROLLMENT_NOT_ACTIVE, NOT_OWNER
    LessonProgress record(Handle handle, UUID enrollmentId, UUID lessonId, Duration position, Duration spent) {
        var now = now();
        var enrollment = requireActive(handle, enrollmentId, lessonId, now);
        var progress = progresses
                .find(handle, enrollmentId, lessonId)
                .map(known -> known.recorded(position, spent, now))
                .orElseGet(() -> LessonProgress.begun(enrollmentId, lessonId, position, spent, now));
        progresses.save(handle, progress);
        enrollments.update(handle, enrollment.accessed(now), now);
        return progress;
    }

    /// Completes a lesson; a completed one stays as it is and tells nobody again.
    ///
    /// @throws ServiceException ENROLLMENT_NOT_FOUND, LESSON_NOT_FOUND, ENROLLMENT_NOT_ACTIVE, NOT_OWNER
    Enrollment complete(Handle handle, UUID enrollmentId, UUID lessonId) {
        var now = now();
        var enrollment = requireActive(handle, enrollmentId, lessonId, now);
        var progress = progresses
                .find(handle, enrollmentId, lessonId)
                .orElseGet(() -> LessonProgress.opened(enrollmentId, lessonId, now));
        if (progress.isCompleted()) {
            return enrollment;
        }
        progresses.save(handle, progress.completed(now));
        outbox.append(handle, EnrollmentEvents.lessonCompleted(enrollment, progress));
        var completion = progresses.completion(handle, enrollment);
        var next = enrollment.accessed(now).advanced(completion, now);
        enrollments.update(handle, next, now);
        if (next.status() == Enrollment.Status.COMPLETED && enrollment.status() != Enrollment.Status.COMPLETED) {
            outbox.append(handle, EnrollmentEvents.courseCompleted(next));
        }
        return next;
    }

    private Enrollment requireActive(Handle handle, UUID enrollmentId, UUID lessonId, Instant now) {
        var enrollment = enrollments.findForUpdate(handle, enrollmentId).orElseThrow(() -> notFound(enrollmentId));
        CallScope.current().requireOwner(enrollment.userId());
        enrollment.requireActive(now);
        if (!catalog.hasLesson(handle, enrollment.courseId(), lessonId)) {
            throw Errors.notFound(ErrorReason.ERROR_REASON_LESSON_NOT_FOUND, "the course has no lesson " + lessonId);
        }
        return enrollment;
    }

    static ServiceException notFound(UUID enrollmentId) {
        return Errors.notFound(
                ErrorReason.ERROR_REASON_ENROLLMENT_NOT_FOUND, "there is no enrolment " + enrollmentId + " of yours");
    }

    /// As the database keeps it, so that what is answered is what is read later.
    private Instant now() {
        return Times.now(clock);
    }
}
