package org.aula.enrollments.seat;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// Passes offers on whose time is over, and offers seats that came by a higher limit.
@Singleton
final class WaitlistJob implements RecurringJob {

    private static final int COURSES_A_RUN = 200;

    private final SeatRepository seats;
    private final Waitlist waitlist;
    private final Database database;
    private final Clock clock;

    WaitlistJob(SeatRepository seats, Waitlist waitlist, Database database, Clock clock) {
        this.seats = seats;
        this.waitlist = waitlist;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "waitlist-offers";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void run() {
        var now = Times.now(clock);
        for (var courseId : database.query(() -> seats.findUnsettled(now, COURSES_A_RUN))) {
            database.transact(() -> waitlist.settle(courseId));
        }
    }
}
