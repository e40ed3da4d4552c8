package org.aula.auth.registration;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Database;

/// Forgets how old registrations ended.
@Singleton
final class RegistrationSweep implements RecurringJob {

    private static final Duration KEPT = Duration.ofDays(30);

    private final RegistrationSagaRepository sagas;
    private final Database database;
    private final Clock clock;

    RegistrationSweep(RegistrationSagaRepository sagas, Database database, Clock clock) {
        this.sagas = sagas;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "registration-sweep";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        database.transact(() -> sagas.deleteEnded(clock.instant().minus(KEPT)));
    }
}
