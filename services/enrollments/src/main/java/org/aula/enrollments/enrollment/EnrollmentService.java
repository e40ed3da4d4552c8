package org.aula.enrollments.enrollment;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.enrollments.seat.Seats;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.change.Change;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// Who gets a place in a course, and what becomes of it: the enrollment's row, its seat, the event and the
/// audit entry in one transaction. Locks are taken in one order: the learner's place, the enrollment, the
/// course's seats, which all who come to a course wait for and which is therefore held the shortest.
@Singleton
public final class EnrollmentService {

    private static final String RESOURCE = "enrollment";

    private final EnrollmentRepository enrollments;
    private final CatalogRepository catalog;
    private final Seats seats;
    private final Database database;
    private final Outbox outbox;
    private final Audit audit;
    private final Clock clock;

    EnrollmentService(
            EnrollmentRepository enrollments,
            CatalogRepository catalog,
            Seats seats,
            Database database,
            Outbox outbox,
            Audit audit,
            Clock clock) {
        this.enrollments = enrollments;
        this.catalog = catalog;
        this.seats = seats;
        this.database = database;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /// How somebody gets a place.
    ///
    /// @param expiresAt when access ends; null for never
    /// @param isPaid whether the course's price does not matter
    /// @param prerequisitesWaived whether what the course asks for need not be completed
    record Terms(Enrollment.Source source, @Nullable Instant expiresAt, boolean isPaid, boolean prerequisitesWaived) {

        static final Terms FREE = new Terms(Enrollment.Source.FREE, null, false, false);
    }

    /// An enrollment, and what it was before; null when it is new.
    private record EnrollmentResult(@Nullable Enrollment before, Enrollment enrollment) {}

    /// Enrolls a learner in a free course. Whoever is enrolled already is told so, also when the course
    /// costs by now. An enrollment that has ended is taken up again. In the caller's transaction.
    ///
    /// @throws ServiceException COURSE_NOT_FOUND, ALREADY_ENROLLED with `enrollment_id`, PAYMENT_REQUIRED,
    ///     PREREQUISITE_MISSING with `course_ids`, COURSE_FULL
    Enrollment enroll(UUID userId, UUID courseId) {
        return recorded(admit(userId, courseId, Terms.FREE));
    }

    /// As [#enroll], for a caller that writes the audit entry.
    public Enrollment enrollUnrecorded(UUID userId, UUID courseId) {
        return admit(userId, courseId, Terms.FREE).enrollment();
    }

    /// Enrolls somebody whatever the course costs, in the caller's transaction.
    ///
    /// @throws ServiceException as [#enroll], and USER_NOT_FOUND, EXPIRE_TIME_PAST
    Enrollment grant(UUID userId, UUID courseId, Terms terms) {
        if (terms.expiresAt() != null && !terms.expiresAt().isAfter(clock.instant())) {
            throw Errors.invalid(
                    ErrorReason.ERROR_REASON_EXPIRE_TIME_PAST, "expire_time", "access must end in the future");
        }
        if (!catalog.hasUser(userId)) {
            throw Errors.notFound(ErrorReason.ERROR_REASON_USER_NOT_FOUND, "there is no user " + userId);
        }
        return recorded(admit(userId, courseId, terms));
    }

    private Enrollment recorded(EnrollmentResult result) {
        var before = result.before();
        var enrollment = result.enrollment();
        if (before == null) {
            audit.recordCreated(RESOURCE, enrollment.id(), EnrollmentMapper.toProto(enrollment));
        } else {
            audit.record(RESOURCE, enrollment.id(), new Change<>(before, enrollment), EnrollmentMapper::toProto);
        }
        return enrollment;
    }

    /// Pauses, resumes or drops an enrollment.
    ///
    /// @throws ServiceException ENROLLMENT_NOT_FOUND, NOT_OWNER, ENROLLMENT_NOT_ACTIVE
    Enrollment move(UUID id, Transition move) {
        return database.transact(() -> {
            var enrollment = enrollments.lock(id).orElseThrow(() -> notFound(id));
            CallScope.current().requireOwner(enrollment.userId());
            var now = Times.now(clock);
            var change = new Change<>(enrollment, enrollment.moved(move, now));
            if (!change.isNone()) {
                write(change, now);
            }
            audit.record(RESOURCE, id, change, EnrollmentMapper::toProto);
            return change.after();
        });
    }

    private void write(Change<Enrollment> change, Instant now) {
        var before = change.before();
        enrollments.update(change.after(), now);
        outbox.append(EnrollmentEvents.statusChanged(before, change.after()));
        if (before.holdsSeat() && !change.after().holdsSeat()) {
            seats.release(before.courseId(), 1);
        }
    }

    private EnrollmentResult admit(UUID userId, UUID courseId, Terms terms) {
        var course = requireInCatalog(courseId);
        var now = Times.now(clock);
        var fresh = Enrollment.begun(
                UuidCreator.getTimeOrderedEpoch(), userId, courseId, terms.source(), terms.expiresAt(), now);
        var known = enrollments.insert(fresh)
                ? null
                : enrollments.lock(enrollments.findKey(userId, courseId)).orElseThrow();
        if (known != null && known.isActive(now)) {
            throw alreadyEnrolled(known.id());
        }
        if (!terms.isPaid()) {
            course.requireFree();
        }
        if (!terms.prerequisitesWaived()) {
            requirePrerequisites(userId, courseId);
        }
        return known == null
                ? new EnrollmentResult(null, begin(fresh))
                : new EnrollmentResult(
                        known,
                        tryReopen(known, terms.source(), terms.expiresAt()).orElseThrow(Seats::full));
    }

    private Enrollment begin(Enrollment fresh) {
        if (!seats.tryTake(fresh.courseId(), fresh.userId())) {
            throw Seats.full();
        }
        outbox.append(EnrollmentEvents.userEnrolled(fresh));
        return fresh;
    }

    /// Takes an enrollment up again that has ended and whose row is locked.
    ///
    /// @return empty when no seat is free
    public Optional<Enrollment> tryReopen(Enrollment ended, Enrollment.Source source, @Nullable Instant expiresAt) {
        if (!ended.holdsSeat() && !seats.tryTake(ended.courseId(), ended.userId())) {
            return Optional.empty();
        }
        var reopened = ended.reopened(source, expiresAt);
        enrollments.update(reopened, Times.now(clock));
        outbox.append(EnrollmentEvents.statusChanged(ended, reopened));
        return Optional.of(reopened);
    }

    /// @throws ServiceException COURSE_NOT_FOUND
    public void requireOpen(UUID courseId) {
        requireInCatalog(courseId);
    }

    /// Refuses those who are enrolled.
    ///
    /// @throws ServiceException ALREADY_ENROLLED with `enrollment_id`
    public void requireNotEnrolled(UUID userId, UUID courseId) {
        var now = clock.instant();
        enrollments.findByCourses(userId, List.of(courseId)).stream()
                .filter(enrollment -> enrollment.isActive(now))
                .findFirst()
                .ifPresent(enrollment -> {
                    throw alreadyEnrolled(enrollment.id());
                });
    }

    /// @throws ServiceException PREREQUISITE_MISSING with `course_ids`
    public void requirePrerequisites(UUID userId, UUID courseId) {
        var missing = catalog.findMissingPrerequisites(courseId, userId);
        if (!missing.isEmpty()) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_PREREQUISITE_MISSING,
                    "complete first what this course asks for",
                    Map.of("course_ids", missing.stream().map(UUID::toString).collect(Collectors.joining(","))));
        }
    }

    private CatalogCourse requireInCatalog(UUID courseId) {
        return catalog.findCourse(courseId)
                .filter(CatalogCourse::inCatalog)
                .orElseThrow(() -> Errors.notFound(
                        ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, "the catalog has no course " + courseId));
    }

    private static ServiceException alreadyEnrolled(UUID enrollmentId) {
        return Errors.alreadyExists(
                ErrorReason.ERROR_REASON_ALREADY_ENROLLED,
                "the learner is enrolled in this course",
                Map.of("enrollment_id", enrollmentId.toString()));
    }

    /// NOT_FOUND with ENROLLMENT_NOT_FOUND.
    static ServiceException notFoundIn(UUID courseId) {
        return Errors.notFound(
                ErrorReason.ERROR_REASON_ENROLLMENT_NOT_FOUND, "you are not enrolled in the course " + courseId);
    }

    /// NOT_FOUND with ENROLLMENT_NOT_FOUND.
    static ServiceException notFound(UUID enrollmentId) {
        return Errors.notFound(
                ErrorReason.ERROR_REASON_ENROLLMENT_NOT_FOUND, "there is no enrollment " + enrollmentId + " of yours");
    }
}
