package org.aula.enrollments.seat;

import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A place on the waitlist of a course.
///
/// @param place order among all who ever waited for the course
/// @param position who waits before, and oneself; 0 unless waiting
/// @param offeredAt when a seat was offered; null before
/// @param offerExpiresAt until when it is kept; null before
@MappedEntity("waitlist_entries")
public record WaitlistEntry(
        UUID id,
        UUID courseId,
        UUID userId,
        long place,
        State state,
        long position,
        Instant createdAt,
        @Nullable Instant offeredAt,
        @Nullable Instant offerExpiresAt) {

    /// As in the contract, without prefix.
    public enum State {
        WAITING,
        OFFERED,
        ACCEPTED,
        DECLINED,
        LAPSED,
        LEFT
    }

    /// The state as it is at a moment: past its time an offer has lapsed, also before anybody has written
    /// so.
    public State stateAt(Instant now) {
        var isOver = state == State.OFFERED && offerExpiresAt != null && !offerExpiresAt.isAfter(now);
        return isOver ? State.LAPSED : state;
    }
}
