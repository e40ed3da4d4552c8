package org.aula.courses.lesson;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Database;

/// Deletes the documents of lessons that were deleted. Whoever deletes a lesson needs no document store for
/// it, and nothing is left when a process dies between both stores.
///
/// It waits longer than any call lasts, so that a document which is being written at the time of the
/// deletion is there to be deleted.
@Singleton
public final class RemovedContentJob implements RecurringJob {

    private static final Duration LONGER_THAN_A_CALL = Duration.ofSeconds(30);
    private static final int AT_ONCE = 500;

    private final LessonRepository lessons;
    private final LessonContents contents;
    private final Database database;
    private final Clock clock;

    RemovedContentJob(LessonRepository lessons, LessonContents contents, Database database, Clock clock) {
        this.lessons = lessons;
        this.contents = contents;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "courses.removed-content";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        var before = clock.instant().minus(LONGER_THAN_A_CALL);
        for (var full = true; full; ) {
            var ids = database.query(() -> lessons.removedContents(before, AT_ONCE));
            if (!ids.isEmpty()) {
                contents.delete(ids);
                database.transact(() -> lessons.forgetRemovals(ids));
            }
            full = ids.size() == AT_ONCE;
        }
    }
}
