package org.aula.enrollments.seat;

import jakarta.inject.Singleton;
import java.time.Duration;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks once a day whether every course's counts are what its enrollments and its waitlist come to, and
/// mends what is not. There should never be anything to mend: what is found is logged as an error.
@Singleton
public final class SeatRecount implements RecurringJob {

    private static final Logger LOG = LoggerFactory.getLogger(SeatRecount.class);

    private final SeatRepository seats;
    private final Transactions transactions;

    SeatRecount(SeatRepository seats, Transactions transactions) {
        this.seats = seats;
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "seat-recount";
    }

    @Override
    public Duration every() {
        return Duration.ofDays(1);
    }

    @Override
    public void run() {
        for (var courseId : transactions.read(seats::findMiscounted)) {
            var mended = transactions.write(handle -> {
                seats.ensure(handle, courseId);
                seats.lock(handle, courseId);
                return seats.recount(handle, courseId);
            });
            if (mended) {
                LOG.error("the seats of course {} were not what its enrollments come to", courseId);
            }
        }
    }
}
