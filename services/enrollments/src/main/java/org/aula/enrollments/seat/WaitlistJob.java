package org.aula.enrollments.seat;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.time.Times;

/// Passes offers on whose time is over, and offers seats that came by a higher limit.
@Singleton
final class WaitlistJob implements RecurringJob {

    private static final int COURSES_A_RUN = 200;

    private final SeatRepository seats;
    private final Waitlist waitlist;
    private final Transactions transactions;
    private final Clock clock;

    WaitlistJob(SeatRepository seats, Waitlist waitlist, Transactions transactions, Clock clock) {
        this.seats = seats;
        this.waitlist = waitlist;
        this.transactions = transactions;
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
        for (var courseId : transactions.read(handle -> seats.findUnsettled(handle, now, COURSES_A_RUN))) {
            transactions.writeVoid(handle -> waitlist.settle(handle, courseId));
        }
    }
}
