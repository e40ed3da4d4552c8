package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import org.aula.enrollments.seat.Seats;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.time.Times;
import org.jdbi.v3.core.Handle;

/// What learners and administrators do with an enrollment: its row, its seat, the event and the audit entry
/// in one transaction.
@Singleton
final class EnrollmentChange {

    private final EnrollmentRepository enrollments;
    private final Seats seats;
    private final Outbox outbox;
    private final Audit audit;
    private final Clock clock;

    EnrollmentChange(EnrollmentRepository enrollments, Seats seats, Outbox outbox, Audit audit, Clock clock) {
        this.enrollments = enrollments;
        this.seats = seats;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /// @throws ServiceException ENROLLMENT_NOT_FOUND, NOT_OWNER, ENROLLMENT_NOT_ACTIVE
    Enrollment move(Handle handle, UUID id, Transition move) {
        var enrollment = enrollments.findForUpdate(handle, id).orElseThrow(() -> ProgressService.notFound(id));
        CallScope.current().requireOwner(enrollment.userId());
        var now = Times.now(clock);
        var next = enrollment.moved(move, now);
        if (next.equals(enrollment)) {
            audit.nothing();
            return enrollment;
        }
        enrollments.update(handle, next, now);
        outbox.append(handle, EnrollmentEvents.statusChanged(enrollment, next));
        if (enrollment.holdsSeat() && !next.holdsSeat()) {
            seats.release(handle, enrollment.courseId(), 1);
        }
        audit.record(handle, "enrollment", id, EnrollmentMapper.toProto(enrollment), EnrollmentMapper.toProto(next));
        return next;
    }
}
