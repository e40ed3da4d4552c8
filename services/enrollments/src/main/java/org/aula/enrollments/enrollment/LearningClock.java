package org.aula.enrollments.enrollment;

import io.micronaut.data.annotation.MappedEntity;
import java.time.Duration;
import java.time.Instant;

/// Up to when a learner's time is accounted for. Time between heartbeats is the server's, and one learner
/// has one clock: lessons and devices at the same time do not add up.
///
/// @param accountedUntil no second before it counts again
@MappedEntity("learning_clocks")
public record LearningClock(Instant accountedUntil) {

    /// The longest span that one heartbeat may tell of, as in the contract.
    private static final Duration MAX_INTERVAL = Duration.ofMinutes(5);

    /// What a heartbeat comes to.
    ///
    /// @param counted whole seconds
    /// @param clock after it
    public record Tick(Duration counted, LearningClock clock) {}

    /// Of a learner who was never heard of: the first heartbeat is taken as sent.
    public static LearningClock of(Instant now) {
        return new LearningClock(now.minus(MAX_INTERVAL));
    }

    /// Counts time that a learner says was spent until now: no more than has passed. Parts of a second are
    /// not lost: they count as not yet accounted for, so that heartbeats that arrive a little early add up.
    public Tick tick(Duration spent, Instant now) {
        var elapsed = Duration.between(accountedUntil, now);
        var passed = whole(elapsed.isNegative() ? Duration.ZERO : elapsed);
        var fillsTheTime = whole(spent).compareTo(passed) >= 0;
        return fillsTheTime
                ? new Tick(passed, new LearningClock(accountedUntil.plus(passed)))
                : new Tick(whole(spent), new LearningClock(now));
    }

    static Duration whole(Duration duration) {
        return Duration.ofSeconds(duration.toSeconds());
    }
}
