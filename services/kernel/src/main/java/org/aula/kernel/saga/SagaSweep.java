package org.aula.kernel.saga;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.settings.Retention;

/// Forgets how old sagas ended.
@Singleton
@Requires(beans = Saga.class)
public final class SagaSweep implements RecurringJob {

    private final Collection<Saga> sagas;
    private final SagaRepository repository;
    private final Database database;
    private final Retention retention;
    private final Clock clock;

    SagaSweep(Collection<Saga> sagas, SagaRepository repository, Database database, Retention retention, Clock clock) {
        this.sagas = sagas;
        this.repository = repository;
        this.database = database;
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "saga-sweep";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        sagas.forEach(saga -> database.transact(
                () -> repository.deleteEnded(saga.kind(), clock.instant().minus(retention.sagasKept()))));
    }
}
