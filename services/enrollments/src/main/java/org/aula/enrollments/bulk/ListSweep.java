package org.aula.enrollments.bulk;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Database;

/// Deletes lists, which may hold addresses, some time after they were made.
@Singleton
final class ListSweep implements RecurringJob {

    private static final int A_TIME = 10;

    private final EnrollmentListRepository lists;
    private final Database database;
    private final BulkSettings settings;
    private final Clock clock;

    ListSweep(EnrollmentListRepository lists, Database database, BulkSettings settings, Clock clock) {
        this.lists = lists;
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "enrollment-lists-sweep";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        int deleted;
        do {
            deleted = database.transact(() -> lists.deleteOlder(clock.instant().minus(settings.listsKept()), A_TIME));
        } while (deleted == A_TIME);
    }
}
