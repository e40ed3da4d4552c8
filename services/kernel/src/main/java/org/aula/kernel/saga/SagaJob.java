package org.aula.kernel.saga;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Database;

/// Goes on with sagas that nobody works on: whose replica died, whose pause is over, or whose outcome nobody
/// told in time.
@Singleton
@Requires(beans = Saga.class)
public final class SagaJob implements RecurringJob {

    private static final int AT_ONCE = 100;

    private final SagaRunner runner;
    private final SagaRepository repository;
    private final Database database;
    private final Clock clock;
    private final List<String> kinds;

    SagaJob(SagaRunner runner, SagaRepository repository, Database database, Clock clock, Collection<Saga> sagas) {
        this.runner = runner;
        this.repository = repository;
        this.database = database;
        this.clock = clock;
        this.kinds = sagas.stream().map(Saga::kind).toList();
    }

    @Override
    public String name() {
        return "sagas";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void run() throws InterruptedException {
        var due = findDue();
        while (!due.isEmpty()) {
            for (var worker :
                    due.stream().map(row -> runner.wake(row.kind(), row.id())).toList()) {
                worker.join();
            }
            due = due.size() < AT_ONCE ? List.of() : findDue();
        }
    }

    private List<SagaRow> findDue() {
        return database.query(() -> repository.due(kinds, clock.instant(), AT_ONCE));
    }
}
