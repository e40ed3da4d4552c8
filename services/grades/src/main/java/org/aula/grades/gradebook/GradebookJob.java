package org.aula.grades.gradebook;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Database;

/// Works out the grades that something changed: those of up to 5,000 learners of a course at a time, by as
/// many statements as of one. Whose points are others now is told besides, for the leaderboard.
@Singleton
final class GradebookJob implements RecurringJob {

    private static final int BATCH = 5_000;

    private final Gradebook gradebook;
    private final GradebookRepository rows;
    private final Outbox outbox;
    private final Database database;

    GradebookJob(Gradebook gradebook, GradebookRepository rows, Outbox outbox, Database database) {
        this.gradebook = gradebook;
        this.rows = rows;
        this.outbox = outbox;
        this.database = database;
    }

    @Override
    public String name() {
        return "gradebook";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run() {
        while (database.transact(this::runOnce)) {
            // Until nothing waits, or only what somebody is writing just now.
        }
    }

    /// @return whether there may be more
    private boolean runOnce() {
        var courseId = rows.findDirtyCourse().orElse(null);
        return courseId != null && workOut(courseId);
    }

    private boolean workOut(UUID courseId) {
        List<GradebookRow> waiting = rows.lockDirty(courseId, BATCH);
        if (waiting.isEmpty()) {
            return false;
        }
        var userIds = waiting.stream().map(GradebookRow::userId).toList();
        var grades = gradebook.grades(courseId, gradebook.sheet(courseId), userIds);
        rows.save(courseId, grades);
        outbox.appendAll(IntStream.range(0, grades.size())
                .filter(index ->
                        grades.get(index).points().compareTo(waiting.get(index).points()) != 0)
                .mapToObj(index -> GradebookEvents.pointsChanged(courseId, userIds.get(index)))
                .toList());
        return true;
    }
}
