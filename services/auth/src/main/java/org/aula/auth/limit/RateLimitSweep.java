package org.aula.auth.limit;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Database;

/// Forgets counts in PostgreSQL whose window is over; those in Redis end by themselves.
@Singleton
final class RateLimitSweep implements RecurringJob {

    private final RateLimitRepository counts;
    private final Database database;
    private final Clock clock;

    RateLimitSweep(RateLimitRepository counts, Database database, Clock clock) {
        this.counts = counts;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "rate-limit-sweep";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        database.transact(() -> counts.deleteEnded(clock.instant()));
    }
}
