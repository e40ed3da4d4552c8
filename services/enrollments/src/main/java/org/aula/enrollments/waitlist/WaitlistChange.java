package org.aula.enrollments.waitlist;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.aula.enrollments.enrollment.Enrollment;
import org.aula.enrollments.enrollment.EnrollmentRepository;
import org.aula.enrollments.enrollment.EnrollmentService;
import org.aula.enrollments.seat.Waitlist;
import org.aula.enrollments.seat.WaitlistEntry;
import org.aula.enrollments.seat.WaitlistRepository;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.time.Times;

/// What somebody does on a waitlist, with the audit entry in the transaction.
@Singleton
final class WaitlistChange {

    private static final String TYPE = "waitlist_entry";

    private final Waitlist waitlist;
    private final WaitlistRepository entries;
    private final EnrollmentService enrollmentService;
    private final EnrollmentRepository enrollments;
    private final Audit audit;
    private final Clock clock;

    WaitlistChange(
            Waitlist waitlist,
            WaitlistRepository entries,
            EnrollmentService enrollmentService,
            EnrollmentRepository enrollments,
            Audit audit,
            Clock clock) {
        this.waitlist = waitlist;
        this.entries = entries;
        this.enrollmentService = enrollmentService;
        this.enrollments = enrollments;
        this.audit = audit;
        this.clock = clock;
    }

    /// A place, and the enrollment that came of it.
    record Accepted(WaitlistEntry entry, Enrollment enrollment) {}

    /// What the course asks for is asked now too, so that no offer goes to whom it is of no use.
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
        audit.recordCreated(TYPE, entry.id(), WaitlistMapper.toProto(entry, entry.createdAt()));
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
        var before = waitlist.require(entryId);
        var after = step.apply(entryId);
        record(before, after);
        return after;
    }

    /// Enrolls by the offer. A repeated call gives what came of the first.
    ///
    /// @throws ServiceException WAITLIST_ENTRY_NOT_FOUND, WAITLIST_STATE_FORBIDS, and those of enrolling
    Accepted accept(UUID entryId) {
        var entry = waitlist.require(entryId);
        var state = entry.stateAt(now());
        return switch (state) {
            case OFFERED -> {
                var enrollment = enrollmentService
                        .enroll(entry.userId(), entry.courseId())
                        .enrollment();
                var accepted = entries.find(entryId).orElseThrow();
                record(entry, accepted);
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

    private void record(WaitlistEntry before, WaitlistEntry after) {
        if (before.equals(after)) {
            audit.nothing();
        } else {
            var now = now();
            audit.record(TYPE, after.id(), WaitlistMapper.toProto(before, now), WaitlistMapper.toProto(after, now));
        }
    }

    private Instant now() {
        return Times.now(clock);
    }
}
