package org.aula.kernel.sort;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the keys of names anew that are of another version: after an update of ICU, and for rows that a
/// migration or an older version of the service wrote. `make recompute-sort-keys` does it at once.
@Singleton
@Requires(beans = SortedTable.class)
public final class SortKeyJob implements RecurringJob {

    private static final Logger LOG = LoggerFactory.getLogger(SortKeyJob.class);
    private static final int BATCH = 500;

    private final Collection<SortedTable> tables;
    private final SortKeyRepository keys;
    private final Database database;

    SortKeyJob(Collection<SortedTable> tables, SortKeyRepository keys, Database database) {
        this.tables = tables;
        this.keys = keys;
        this.database = database;
    }

    @Override
    public String name() {
        return "sort-keys";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run() {
        recompute().forEach((table, rows) -> {
            if (rows > 0) {
                LOG.info("made {} sort keys of {} anew", rows, table);
            }
        });
    }

    /// How many keys were made anew, by table.
    Map<String, Integer> recompute() {
        var done = new LinkedHashMap<String, Integer>();
        for (var table : tables) {
            int rows;
            do {
                rows = database.transact(() -> keys.recompute(table, BATCH));
                done.merge(table.table(), rows, Integer::sum);
            } while (rows == BATCH);
        }
        return done;
    }
}
