package org.aula.enrollments.seat;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.time.Times;

/// Who waits for a seat, in their order. Each step holds the lock of the course's seats, so that counts,
/// places and offers agree however many come and go at once.
///
/// A seat is kept for as long as [WaitlistSettings] says.
@Singleton
public final class Waitlist {

    private final SeatRepository seats;
    private final WaitlistRepository waitlist;
    private final Outbox outbox;
    private final Clock clock;
    private final Duration offerLife;

    Waitlist(SeatRepository seats, WaitlistRepository waitlist, Outbox outbox, Clock clock, WaitlistSettings settings) {
        this.seats = seats;
        this.waitlist = waitlist;
        this.outbox = outbox;
        this.clock = clock;
        this.offerLife = settings.waitlistOfferLife();
    }

    /// Lets nobody take or wait for a seat of a course until the end of the transaction, and refuses to go
    /// on while one is free.
    ///
    /// @throws ServiceException COURSE_NOT_FULL
    public void requireFull(UUID courseId) {
        var full = seats.lock(courseId).filter(count -> count.free() == 0);
        if (full.isEmpty()) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_COURSE_NOT_FULL, "a seat is free; enroll instead of waiting", Map.of());
        }
    }

    /// Takes the last place. To be called after [#requireFull].
    ///
    /// @throws ServiceException ALREADY_WAITING with `waitlist_entry_id`
    public WaitlistEntry join(UUID courseId, UUID userId) {
        waitlist.findLive(courseId, userId).ifPresent(live -> {
            throw Errors.alreadyExists(
                    ErrorReason.ERROR_REASON_ALREADY_WAITING,
                    "you are on this course's waitlist",
                    Map.of("waitlist_entry_id", live.id().toString()));
        });
        var count = seats.lock(courseId).orElseThrow();
        var entry = new WaitlistEntry(
                UuidCreator.getTimeOrderedEpoch(),
                courseId,
                userId,
                count.lastPlace() + 1,
                WaitlistEntry.State.WAITING,
                count.waiting() + 1,
                now(),
                null,
                null);
        waitlist.insert(entry);
        seats.addPlace(courseId);
        outbox.append(WaitlistEvents.joined(entry));
        return entry;
    }

    /// Gives a place up; one that was given up stays so.
    ///
    /// @throws ServiceException WAITLIST_ENTRY_NOT_FOUND, WAITLIST_STATE_FORBIDS
    public WaitlistEntry leave(UUID entryId) {
        var entry = lock(entryId);
        return switch (entry.state()) {
            case LEFT -> entry;
            case WAITING -> end(entry, WaitlistEntry.State.LEFT);
            case OFFERED -> endOffer(entry, WaitlistEntry.State.LEFT);
            case ACCEPTED, DECLINED, LAPSED -> throw forbidden(entry.state());
        };
    }

    /// Lets the next have the seat; an offer that was declined stays so.
    ///
    /// @throws ServiceException WAITLIST_ENTRY_NOT_FOUND, WAITLIST_STATE_FORBIDS
    public WaitlistEntry decline(UUID entryId) {
        var entry = lock(entryId);
        return switch (entry.state()) {
            case DECLINED -> entry;
            case OFFERED -> endOffer(entry, WaitlistEntry.State.DECLINED);
            case WAITING, ACCEPTED, LAPSED, LEFT -> throw forbidden(entry.state());
        };
    }

    /// Ends the offers of a course whose time is over, and offers what is free.
    public void settle(UUID courseId) {
        if (seats.lock(courseId).isEmpty()) {
            return;
        }
        var lapsed = waitlist.lapse(courseId, now());
        if (!lapsed.isEmpty()) {
            seats.add(courseId, 0, -lapsed.size(), 0);
            outbox.appendAll(lapsed.stream()
                    .map(entry -> WaitlistEvents.ended(entry, WaitlistEntry.State.LAPSED))
                    .toList());
        }
        offer(courseId);
    }

    /// A place of the caller's, or of anybody's for those who see all.
    ///
    /// @throws ServiceException WAITLIST_ENTRY_NOT_FOUND
    public WaitlistEntry require(UUID entryId) {
        var scope = CallScope.current();
        var entry = waitlist.find(entryId)
                .filter(found -> scope.seesAll() || scope.caller().is(found.userId()))
                .orElseThrow(() -> Errors.notFound(
                        ErrorReason.ERROR_REASON_WAITLIST_ENTRY_NOT_FOUND,
                        "there is no place " + entryId + " of yours on a waitlist"));
        scope.requireOwner(entry.userId());
        return entry;
    }

    /// FAILED_PRECONDITION with WAITLIST_STATE_FORBIDS.
    public static ServiceException forbidden(WaitlistEntry.State state) {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_WAITLIST_STATE_FORBIDS,
                "the place on the waitlist does not allow this",
                Map.of("state", state.name()));
    }

    /// Offers what is free to the first.
    void offer(UUID courseId) {
        var count = seats.lock(courseId).orElseThrow().offerable();
        if (count == 0) {
            return;
        }
        var now = now();
        var until = now.plus(offerLife);
        var offers = waitlist.offer(courseId, count, now, until);
        seats.add(courseId, 0, offers.size(), -offers.size());
        outbox.appendAll(offers.stream()
                .map(entry -> WaitlistEvents.offered(entry, until))
                .toList());
    }

    /// Reads the place again behind the lock: it may have changed while we waited.
    private WaitlistEntry lock(UUID entryId) {
        var entry = require(entryId);
        seats.lock(entry.courseId());
        return require(entryId);
    }

    private WaitlistEntry endOffer(WaitlistEntry entry, WaitlistEntry.State state) {
        if (entry.stateAt(now()) == WaitlistEntry.State.LAPSED) {
            throw forbidden(WaitlistEntry.State.LAPSED);
        }
        var ended = end(entry, state);
        offer(entry.courseId());
        return ended;
    }

    private WaitlistEntry end(WaitlistEntry entry, WaitlistEntry.State state) {
        var offered = entry.state() == WaitlistEntry.State.OFFERED;
        seats.add(entry.courseId(), 0, offered ? -1 : 0, offered ? 0 : -1);
        waitlist.end(entry.id(), state, now());
        outbox.append(WaitlistEvents.ended(entry, state));
        return waitlist.find(entry.id()).orElseThrow();
    }

    private Instant now() {
        return Times.now(clock);
    }
}
