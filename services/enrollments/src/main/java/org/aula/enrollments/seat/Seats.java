package org.aula.enrollments.seat;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.time.Times;

/// The seats of courses. Every open enrollment holds one, whether its course has a limit or not, so that a
/// limit can be set at any time.
///
/// Everything here holds the lock of the course's row until the end of the transaction. Whoever needs other
/// locks takes them before, and those of several courses in the order of their ids, so that nobody waits in
/// a circle: first the place of a learner in a course (`enrollment_keys`, the enrollment), then seats.
@Singleton
public final class Seats {

    private final SeatRepository seats;
    private final WaitlistRepository entries;
    private final Waitlist waitlist;
    private final Outbox outbox;
    private final Clock clock;

    Seats(SeatRepository seats, WaitlistRepository entries, Waitlist waitlist, Outbox outbox, Clock clock) {
        this.seats = seats;
        this.entries = entries;
        this.waitlist = waitlist;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// Takes a seat for a learner: the one that is offered to them, or one that is free. Then they wait no
    /// more.
    ///
    /// @return whether there was one
    public boolean tryTake(UUID courseId, UUID userId) {
        var count = seats.tryTake(courseId);
        if (count.isEmpty()) {
            return takeOffered(courseId, userId);
        }
        if (count.get().hasWaitlist()) {
            entries.findLive(courseId, userId).ifPresent(entry -> {
                var offered = entry.state() == WaitlistEntry.State.OFFERED;
                seats.add(courseId, 0, offered ? -1 : 0, offered ? 0 : -1);
                accept(entry);
            });
        }
        return true;
    }

    private boolean takeOffered(UUID courseId, UUID userId) {
        var offer = entries.findLive(courseId, userId)
                .filter(live -> live.stateAt(Times.now(clock)) == WaitlistEntry.State.OFFERED);
        offer.ifPresent(entry -> {
            seats.add(courseId, 1, -1, 0);
            accept(entry);
        });
        return offer.isPresent();
    }

    /// FAILED_PRECONDITION with COURSE_FULL.
    public static ServiceException full() {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_COURSE_FULL, "no seat is free; join the waitlist", Map.of());
    }

    private void accept(WaitlistEntry entry) {
        entries.end(entry.id(), WaitlistEntry.State.ACCEPTED, Times.now(clock));
        outbox.append(WaitlistEvents.ended(entry, WaitlistEntry.State.ACCEPTED));
    }

    /// Lets nobody else take a seat or wait for one until the end of the transaction.
    public void hold(UUID courseId) {
        seats.ensure(courseId);
        seats.lock(courseId);
    }

    /// Takes as many seats as are free, for learners who do not wait for one. To be called after [#hold].
    ///
    /// @return how many, at most as many as were asked for
    public int takeUpTo(UUID courseId, int wanted) {
        var free = seats.lock(courseId).orElseThrow().free();
        var taken = (int) Math.min(free, wanted);
        seats.add(courseId, taken, 0, 0);
        return taken;
    }

    /// How many seats are free for those who come now. Nobody is kept from taking them.
    public long free(UUID courseId) {
        return seats.find(courseId).map(SeatCount::free).orElseGet(() -> seats.findCapacity(courseId));
    }

    /// How the seats of those of many courses stand that are in the catalog. Nobody is kept from taking
    /// them.
    public Map<UUID, SeatCount> inCatalog(Collection<UUID> courseIds) {
        return seats.findOpen(courseIds).stream()
                .collect(Collectors.toMap(count -> count.courseId(), Function.identity()));
    }

    /// Those of many learners who wait for a seat or are offered one.
    public Set<UUID> waiting(UUID courseId, Collection<UUID> userIds) {
        return Set.copyOf(entries.findLiveUsers(courseId, userIds));
    }

    /// Those of many learners to whom a seat is offered.
    public Set<UUID> offered(UUID courseId, Collection<UUID> userIds) {
        return Set.copyOf(entries.findOfferedUsers(courseId, userIds, Times.now(clock)));
    }

    /// Gives seats back and offers them to those who wait.
    public void release(UUID courseId, int count) {
        seats.ensure(courseId);
        seats.add(courseId, -count, 0, 0);
        waitlist.offer(courseId);
    }
}
