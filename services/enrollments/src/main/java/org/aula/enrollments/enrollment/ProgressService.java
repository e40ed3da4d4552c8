package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.enrollments.certificate.CertificateIssuer;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// What a learner does in an enrollment. Each step locks its row first, so that percentages, events and
/// certificates are exact however many lessons are completed at once.
@Singleton
public final class ProgressService {

    private final EnrollmentRepository enrollments;
    private final ProgressRepository progresses;
    private final LearningClockRepository clocks;
    private final CertificateIssuer certificates;
    private final Database database;
    private final Outbox outbox;
    private final Clock clock;

    ProgressService(
            EnrollmentRepository enrollments,
            ProgressRepository progresses,
            LearningClockRepository clocks,
            CertificateIssuer certificates,
            Database database,
            Outbox outbox,
            Clock clock) {
        this.enrollments = enrollments;
        this.progresses = progresses;
        this.clocks = clocks;
        this.certificates = certificates;
        this.database = database;
        this.outbox = outbox;
        this.clock = clock;
    }

    private record EnrolledLesson(Enrollment enrollment, Lesson lesson) {}

    /// Notes where the learner is, and for how long. A video that is watched by then is completed.
    ///
    /// @throws ServiceException ENROLLMENT_NOT_FOUND, LESSON_NOT_FOUND, ENROLLMENT_NOT_ACTIVE,
    ///     LESSON_NOT_RELEASED, LESSON_PREREQUISITE_MISSING, NOT_OWNER
    public LessonProgress record(UUID enrollmentId, UUID lessonId, Duration position, Duration spent) {
        return database.transact(() -> recordInTransaction(enrollmentId, lessonId, position, spent));
    }

    private LessonProgress recordInTransaction(UUID enrollmentId, UUID lessonId, Duration position, Duration spent) {
        var now = now();
        var enrolled = lockActive(enrollmentId, lessonId, now);
        enrolled.lesson().requireReadable();
        var userId = enrolled.enrollment().userId();
        var tick = clocks.take(userId, LearningClock.of(now)).tick(spent, now);
        clocks.save(userId, tick.clock().accountedUntil());
        var progress = opened(enrolled, now).recorded(position, tick.counted(), now);
        if (!progress.isCompleted() && enrolled.lesson().isWatched(progress)) {
            var completed = progress.completed(now);
            finish(enrolled.enrollment(), completed, now);
            return completed;
        }
        progresses.save(progress);
        enrollments.update(enrolled.enrollment().accessed(now), now);
        return progress;
    }

    /// Completes a lesson; a completed one stays as it is and publishes nothing again.
    ///
    /// @throws ServiceException ENROLLMENT_NOT_FOUND, LESSON_NOT_FOUND, ENROLLMENT_NOT_ACTIVE,
    ///     LESSON_NOT_RELEASED, LESSON_PREREQUISITE_MISSING, LESSON_NOT_PASSED, NOT_OWNER
    EnrollmentDetails complete(UUID enrollmentId, UUID lessonId) {
        return database.transact(() -> {
            var enrollment = completeInTransaction(enrollmentId, lessonId);
            return new EnrollmentDetails(enrollment, progresses.find(enrollmentId));
        });
    }

    private Enrollment completeInTransaction(UUID enrollmentId, UUID lessonId) {
        var now = now();
        var enrolled = lockActive(enrollmentId, lessonId, now);
        var progress = opened(enrolled, now);
        if (progress.isCompleted()) {
            return enrolled.enrollment();
        }
        enrolled.lesson().requireReadable();
        if (progresses.isToBePassed(lessonId)) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_LESSON_NOT_PASSED,
                    "the lesson is completed by passing its quiz or assignment",
                    Map.of());
        }
        return finish(enrolled.enrollment(), progress.completed(now), now);
    }

    /// Keeps a result in a lesson's quiz or assignment, and completes the lesson if that passed. Nothing
    /// happens where there is no such lesson any more, or the enrollment allows no work now: then nobody is
    /// there to be told. In the caller's transaction.
    ///
    /// @param score 0 to 100, with two decimals
    void graded(UUID enrollmentId, UUID lessonId, BigDecimal score, boolean passed) {
        var now = now();
        var enrollment = enrollments.lock(enrollmentId).filter(known -> known.isActive(now));
        var lesson = enrollment.flatMap(known -> progresses.findLesson(known, lessonId, now));
        if (enrollment.isEmpty() || lesson.isEmpty()) {
            return;
        }
        var before = progresses.find(enrollmentId, lessonId);
        var progress = before.orElseGet(() -> LessonProgress.opened(enrollmentId, lessonId, now))
                .graded(score);
        if (passed && !progress.isCompleted()) {
            finish(enrollment.get(), progress.completed(now), now);
            return;
        }
        progresses.save(progress);
        if (before.isEmpty()) {
            enrollments.update(enrollment.get().accessed(now), now);
        }
    }

    /// Begins a lesson again, in the caller's transaction.
    ///
    /// @throws ServiceException ENROLLMENT_NOT_FOUND, LESSON_NOT_FOUND, ENROLLMENT_NOT_ACTIVE,
    ///     LESSON_NOT_RELEASED, LESSON_PREREQUISITE_MISSING, NOT_OWNER
    public LessonProgress restart(UUID enrollmentId, UUID lessonId) {
        var now = now();
        var enrolled = lockActive(enrollmentId, lessonId, now);
        enrolled.lesson().requireReadable();
        var progress = progresses
                .find(enrollmentId, lessonId)
                .map(known -> known.restarted(now))
                .orElseGet(() -> LessonProgress.opened(enrollmentId, lessonId, now));
        progresses.save(progress);
        enrollments.update(enrolled.enrollment().accessed(now), now);
        return progress;
    }

    /// Progress in a lesson; empty when it was never opened.
    ///
    /// @throws ServiceException ENROLLMENT_NOT_FOUND, LESSON_NOT_FOUND, NOT_OWNER
    public Optional<LessonProgress> find(UUID enrollmentId, UUID lessonId) {
        return database.query(() -> {
            requireEnrolledLesson(enrollmentId, lessonId);
            return progresses.find(enrollmentId, lessonId);
        });
    }

    /// Lets the caller pass whose enrollment it is, if its course has the lesson.
    ///
    /// @throws ServiceException ENROLLMENT_NOT_FOUND, LESSON_NOT_FOUND, NOT_OWNER
    public void requireLearner(UUID enrollmentId, UUID lessonId) {
        database.query(() -> requireEnrolledLesson(enrollmentId, lessonId));
    }

    /// Whose the enrollment is, if it is the caller's, its course has the lesson, and they may work on it
    /// now. In the work of the caller.
    ///
    /// @throws ServiceException as [#requireLearner], ENROLLMENT_NOT_ACTIVE, LESSON_NOT_RELEASED,
    ///     LESSON_PREREQUISITE_MISSING
    public UUID requireActiveLearner(UUID enrollmentId, UUID lessonId) {
        var enrolled = requireEnrolledLesson(enrollmentId, lessonId);
        enrolled.enrollment().requireActive(now());
        enrolled.lesson().requireReadable();
        return enrolled.enrollment().userId();
    }

    private Enrollment finish(Enrollment enrollment, LessonProgress completed, Instant now) {
        progresses.save(completed);
        outbox.append(EnrollmentEvents.lessonCompleted(enrollment, completed));
        var completion = progresses.completion(enrollment.id(), enrollment.courseId());
        return advance(enrollment, enrollment.accessed(now).advanced(completion, now), now);
    }

    /// Writes what an enrollment has become. The one place where a course is completed.
    Enrollment advance(Enrollment before, Enrollment next, Instant now) {
        enrollments.update(next, now);
        if (next.status() == Enrollment.Status.COMPLETED && before.status() != Enrollment.Status.COMPLETED) {
            outbox.append(EnrollmentEvents.courseCompleted(next));
            certificates.issue(next.id(), next.userId(), next.courseId(), now);
        }
        return next;
    }

    private LessonProgress opened(EnrolledLesson enrolled, Instant now) {
        var enrollmentId = enrolled.enrollment().id();
        var lessonId = enrolled.lesson().id();
        return progresses
                .find(enrollmentId, lessonId)
                .orElseGet(() -> LessonProgress.opened(enrollmentId, lessonId, now));
    }

    private EnrolledLesson lockActive(UUID enrollmentId, UUID lessonId, Instant now) {
        var enrollment = enrollments.lock(enrollmentId).orElseThrow(() -> EnrollmentService.notFound(enrollmentId));
        CallScope.current().requireOwner(enrollment.userId());
        enrollment.requireActive(now);
        return new EnrolledLesson(enrollment, requireLesson(enrollment, lessonId, now));
    }

    private EnrolledLesson requireEnrolledLesson(UUID enrollmentId, UUID lessonId) {
        var enrollment = enrollments.find(enrollmentId).orElseThrow(() -> EnrollmentService.notFound(enrollmentId));
        CallScope.current().requireOwner(enrollment.userId());
        return new EnrolledLesson(enrollment, requireLesson(enrollment, lessonId, now()));
    }

    private Lesson requireLesson(Enrollment enrollment, UUID lessonId, Instant now) {
        return progresses
                .findLesson(enrollment, lessonId, now)
                .orElseThrow(() -> Errors.notFound(
                        ErrorReason.ERROR_REASON_LESSON_NOT_FOUND, "the course has no lesson " + lessonId));
    }

    /// As the database keeps it, so that what is answered is what is read later.
    private Instant now() {
        return Times.now(clock);
    }
}
