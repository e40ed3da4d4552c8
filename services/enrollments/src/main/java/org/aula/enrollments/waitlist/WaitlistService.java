package org.aula.enrollments.waitlist;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.aula.courseaccess.CourseGuard;
import org.aula.enrollments.course.CourseErrors;
import org.aula.enrollments.enrollment.Enrollment;
import org.aula.enrollments.enrollment.EnrollmentRepository;
import org.aula.enrollments.enrollment.EnrollmentService;
import org.aula.enrollments.seat.SeatCount;
import org.aula.enrollments.seat.Seats;
import org.aula.enrollments.seat.Waitlist;
import org.aula.enrollments.seat.WaitlistEntry;
import org.aula.enrollments.seat.WaitlistRepository;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.change.Change;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// What somebody does on a waitlist, with the audit entry in the transaction; and who sees what of it.
@Singleton
final class WaitlistService {

    private static final String RESOURCE = "waitlist_entry";

    private final Seats seats;
    private final Waitlist waitlist;
    private final WaitlistRepository entries;
    private final EnrollmentService enrollmentService;
    private final EnrollmentRepository enrollments;
    private final CourseGuard guard;
    private final Database database;
    private final Audit audit;
    private final Clock clock;

    WaitlistService(
            Seats seats,
            Waitlist waitlist,
            WaitlistRepository entries,
            EnrollmentService enrollmentService,
            EnrollmentRepository enrollments,
            CourseGuard guard,
            Database database,
            Audit audit,
            Clock clock) {
        this.seats = seats;
        this.waitlist = waitlist;
        this.entries = entries;
        this.enrollmentService = enrollmentService;
        this.enrollments = enrollments;
        this.guard = guard;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /// A place, and the enrollment that came of it.
    record Accepted(WaitlistEntry entry, Enrollment enrollment) {}

    /// Puts a learner on the waitlist of a course, in the caller's transaction. What the course asks for is
    /// asked now too, so that no offer goes to whom it is of no use.
    ///
    /// @throws ServiceException COURSE_NOT_FOUND, ALREADY_ENROLLED, PREREQUISITE_MISSING, COURSE_NOT_FULL,
    ///     ALREADY_WAITING
    WaitlistEntry join(UUID courseId, UUID userId) {
        enrollmentService.requireOpen(courseId);
        enrollmentService.requireNotEnrolled(userId, courseId);
        enrollmentService.requirePrerequisites(userId, courseId);
        waitlist.requireFull(courseId);
        // Behind the lock once more: nobody is both enrolled and waiting.
        enrollmentService.requireNotEnrolled(userId, courseId);
        var entry = waitlist.join(courseId, userId);
        audit.recordCreated(RESOURCE, entry.id(), WaitlistMapper.toProto(entry, entry.createdAt()));
        return entry;
    }

    /// @throws ServiceException WAITLIST_ENTRY_NOT_FOUND, WAITLIST_STATE_FORBIDS
    WaitlistEntry leave(UUID entryId) {
        return change(entryId, waitlist::leave);
    }

    /// @throws ServiceException WAITLIST_ENTRY_NOT_FOUND, WAITLIST_STATE_FORBIDS
    WaitlistEntry decline(UUID entryId) {
        return change(entryId, waitlist::decline);
    }

    private WaitlistEntry change(UUID entryId, Function<UUID, WaitlistEntry> step) {
        return database.transact(() -> {
            var change = new Change<>(waitlist.require(entryId), step.apply(entryId));
            record(change);
            return change.after();
        });
    }

    /// Enrolls by the offer. A repeated call gives what came of the first.
    ///
    /// @throws ServiceException WAITLIST_ENTRY_NOT_FOUND, WAITLIST_STATE_FORBIDS, and those of enrolling
    Accepted accept(UUID entryId) {
        return database.transact(() -> acceptInTransaction(entryId));
    }

    private Accepted acceptInTransaction(UUID entryId) {
        var entry = waitlist.require(entryId);
        var state = entry.stateAt(now());
        return switch (state) {
            case OFFERED -> {
                var enrollment = enrollmentService.enrollUnrecorded(entry.userId(), entry.courseId());
                var accepted = entries.find(entryId).orElseThrow();
                record(new Change<>(entry, accepted));
                yield new Accepted(accepted, enrollment);
            }
            case ACCEPTED -> {
                audit.nothing();
                yield new Accepted(
                        entry,
                        enrollments
                                .findByCourses(entry.userId(), List.of(entry.courseId()))
                                .getFirst());
            }
            case WAITING, DECLINED, LAPSED, LEFT -> throw Waitlist.forbidden(state);
        };
    }

    private void record(Change<WaitlistEntry> change) {
        var now = now();
        audit.record(RESOURCE, change.after().id(), change, entry -> WaitlistMapper.toProto(entry, now));
    }

    /// A place of the caller's, or of anybody's for those who see all.
    ///
    /// @throws ServiceException WAITLIST_ENTRY_NOT_FOUND
    WaitlistEntry get(UUID entryId) {
        return database.query(() -> waitlist.require(entryId));
    }

    /// Where a user waits or has an offer, the latest first.
    ///
    /// @param before the last id of the page before; null for the first page
    List<WaitlistEntry> listOfUser(UUID userId, @Nullable UUID before, int limit) {
        return database.query(() -> entries.listOfUser(userId, before, limit));
    }

    /// Who waits for a course or has an offer, in their order.
    ///
    /// @param after the last place of the page before; 0 for the first page
    /// @throws ServiceException COURSE_NOT_FOUND, NOT_OWNER
    List<WaitlistEntry> listOfCourse(UUID courseId, long after, int limit) {
        return database.query(() -> {
            guard.requireTeacher(courseId, () -> CourseErrors.notFound(courseId));
            return entries.listOfCourse(courseId, after, limit);
        });
    }

    /// How the seats of those of the courses stand that are in the catalog, for everybody.
    Map<UUID, SeatCount> seats(Collection<UUID> courseIds) {
        return database.query(() -> seats.inCatalog(courseIds));
    }

    private Instant now() {
        return Times.now(clock);
    }
}
