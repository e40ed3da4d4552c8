package org.aula.kernel.operation;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.settings.Retention;
import org.aula.kernel.settings.Settings;
import org.jspecify.annotations.Nullable;

/// The service's background work, kept by db-scheduler in `scheduled_tasks`: operations, every
/// [RecurringJob], and the sweep of what is no longer needed. A job that a crash ended is found by its
/// missing heartbeat and run again by whoever is there.
@Singleton
public final class Jobs {

    private static final Duration HEARTBEAT = Duration.ofSeconds(3);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final int THREADS = 4;

    private final Settings settings;
    private final Retention retention;
    private final DataSource dataSource;
    private final Operations operations;
    private final Database database;
    private final OperationRepository repository;
    private final SweepRepository technical;
    private final OperationSignal signal;
    private final Collection<RecurringJob> recurring;
    private final Clock clock;
    private @Nullable Scheduler scheduler;

    Jobs(
            Settings settings,
            Retention retention,
            DataSource dataSource,
            Operations operations,
            Database database,
            OperationRepository repository,
            SweepRepository technical,
            OperationSignal signal,
            Collection<RecurringJob> recurring,
            Clock clock) {
        this.settings = settings;
        this.retention = retention;
        this.dataSource = dataSource;
        this.operations = operations;
        this.database = database;
        this.repository = repository;
        this.technical = technical;
        this.signal = signal;
        this.recurring = recurring;
        this.clock = clock;
    }

    /// Begins to look for work.
    public void start() {
        var operation = operationTask();
        var tasks = recurring.stream().map(this::recurringTask).collect(Collectors.toCollection(ArrayList::new));
        tasks.add(Tasks.recurring("sweep", FixedDelay.ofHours(1))
                .execute((instance, context) -> inScope("sweep", this::sweep)));
        var built = Scheduler.create(pool(), List.of(operation))
                .startTasks(tasks)
                .threads(THREADS)
                .pollingInterval(lookEvery())
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(4)
                .enableImmediateExecution()
                .build();
        signal.listen(id -> built.schedule(operation.instance(id.toString()), clock.instant()));
        built.start();
        scheduler = built;
        inScopeQuietly();
    }

    /// Stops looking and waits a little for what runs.
    public void stop() {
        var running = scheduler;
        if (running != null) {
            running.stop();
        }
    }

    /// db-scheduler opens and ends its own database.
    private DataSource pool() {
        try {
            return dataSource.unwrap(HikariDataSource.class);
        } catch (SQLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// As often as the most frequent job wants to run, at least every five seconds.
    private Duration lookEvery() {
        return recurring.stream()
                .map(RecurringJob::every)
                .filter(every -> every.compareTo(LOOK_EVERY) < 0)
                .min(Comparator.naturalOrder())
                .orElse(LOOK_EVERY);
    }

    private RecurringTask<Void> recurringTask(RecurringJob job) {
        return Tasks.recurring(job.name(), FixedDelay.of(job.every()))
                .execute((instance, context) -> inScope(job.name(), job::run));
    }

    private OneTimeTask<Void> operationTask() {
        return Tasks.oneTime("operation")
                .onFailure((failure, handlers) ->
                        handlers.reschedule(failure, clock.instant().plus(Duration.ofSeconds(5))))
                .execute((instance, context) -> inScope(
                        "operation " + instance.getId(), () -> operations.run(UUID.fromString(instance.getId()))));
    }

    private void inScope(String what, Step step) {
        try {
            CallScope.runAsService(settings.service(), what, "", () -> {
                step.run();
                return true;
            });
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// Operations that were committed by a process that died before it could schedule them.
    private void inScopeQuietly() {
        Thread.ofVirtual().start(() -> inScope("orphans", this::scheduleOrphans));
    }

    private void scheduleOrphans() {
        var orphans = database.query(repository::orphans);
        var running = scheduler;
        if (running != null) {
            var operation = operationTask();
            orphans.forEach(id -> running.schedule(operation.instance(id.toString()), clock.instant()));
        }
    }

    private void sweep() {
        database.transact(technical::closeProcessedLetters);
        var inboxEnds = clock.instant().minus(retention.inboxKept());
        database.sweep(limit -> technical.deleteInboxBefore(inboxEnds, limit));
        var keysEnd = clock.instant().minus(retention.idempotencyKeysKept());
        database.sweep(limit -> technical.deleteKeysBefore(keysEnd, limit));
    }

    private interface Step {
        void run() throws Exception;
    }
}
