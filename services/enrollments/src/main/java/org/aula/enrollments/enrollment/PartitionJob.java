package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to it that the partitions of the next ten years are there.
@Singleton
final class PartitionJob implements RecurringJob {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionJob.class);
    private static final int YEARS_AHEAD = 10;

    private final EnrollmentRepository enrollments;
    private final Database database;
    private final Clock clock;

    PartitionJob(EnrollmentRepository enrollments, Database database, Clock clock) {
        this.enrollments = enrollments;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "partitions-ahead";
    }

    @Override
    public Duration every() {
        return Duration.ofDays(1);
    }

    @Override
    public void run() {
        var lastYear = clock.instant().atZone(ZoneOffset.UTC).getYear() + YEARS_AHEAD;
        var made = database.transact(() -> enrollments.makePartitions(lastYear));
        if (made > 0) {
            LOG.info("made {} partitions, up to {}", made, lastYear);
        }
    }
}
