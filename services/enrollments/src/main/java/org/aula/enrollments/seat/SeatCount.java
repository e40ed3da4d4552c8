package org.aula.enrollments.seat;

import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How the seats of a course stand.
///
/// @param taken by those whose enrollment is open
/// @param offered kept for those to whom one is offered
/// @param waiting how many wait for one
/// @param lastPlace the last place on the waitlist that was given out
/// @param most how many seats there are; null for no limit
/// @param open whether the course is in the catalog, so that seats can be given at all
@MappedEntity("course_seats")
public record SeatCount(
        UUID courseId,
        long taken,
        long offered,
        long waiting,
        long lastPlace,
        @Nullable Integer most,
        boolean open) {

    /// Seats for those who come now: what is promised to the waiting is not free.
    public long free() {
        return most == null ? Long.MAX_VALUE : Math.max(0, most - taken - offered - waiting);
    }

    /// How many of the waiting can be offered a seat.
    long offerable() {
        if (!open) {
            return 0;
        }
        return most == null ? waiting : Math.max(0, Math.min(waiting, most - taken - offered));
    }

    boolean hasWaitlist() {
        return offered + waiting > 0;
    }
}
