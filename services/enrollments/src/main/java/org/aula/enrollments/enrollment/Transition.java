package org.aula.enrollments.enrollment;

import static org.aula.enrollments.enrollment.Enrollment.Status.DROPPED;
import static org.aula.enrollments.enrollment.Enrollment.Status.ENROLLED;
import static org.aula.enrollments.enrollment.Enrollment.Status.IN_PROGRESS;
import static org.aula.enrollments.enrollment.Enrollment.Status.PAUSED;

import java.util.Set;
import org.aula.enrollments.enrollment.Enrollment.Status;

/// What somebody does with an enrollment, as the contract's table of states has it.
enum Transition {
    /// Put aside.
    PAUSE(Set.of(ENROLLED, IN_PROGRESS), Set.of(PAUSED)),
    /// Taken up again, as it was before the pause.
    RESUME(Set.of(PAUSED), Set.of(ENROLLED, IN_PROGRESS, Status.COMPLETED)),
    /// Given up.
    DROP(Set.of(ENROLLED, IN_PROGRESS, PAUSED), Set.of(DROPPED));

    private final Set<Status> from;
    private final Set<Status> done;

    Transition(Set<Status> from, Set<Status> done) {
        this.from = from;
        this.done = done;
    }

    boolean isPossible(Status status) {
        return from.contains(status);
    }

    /// Whether there is nothing to do.
    boolean isDone(Status status) {
        return done.contains(status);
    }

    Status target(Enrollment enrollment) {
        return switch (this) {
            case PAUSE -> PAUSED;
            case RESUME -> enrollment.begunStatus();
            case DROP -> DROPPED;
        };
    }
}
