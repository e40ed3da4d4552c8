package org.aula.enrollments.seat;

import jakarta.inject.Singleton;
import java.time.Duration;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks once a day whether every course's counts are what its enrollments and its waitlist come to, and
/// fixes what is not. There should never be anything to fix: what is found is logged as an error.
@Singleton
public final class SeatRecount implements RecurringJob {

    private static final Logger LOG = LoggerFactory.getLogger(SeatRecount.class);

    private final SeatRepository seats;
    private final Database database;

    SeatRecount(SeatRepository seats, Database database) {
        this.seats = seats;
        this.database = database;
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
        for (var courseId : database.query(seats::findMiscounted)) {
            var fixed = database.transact(() -> {
                seats.ensure(courseId);
                seats.lock(courseId);
                return seats.recount(courseId) > 0;
            });
            if (fixed) {
                LOG.error("the seats of course {} were not what its enrollments come to", courseId);
            }
        }
    }
}
