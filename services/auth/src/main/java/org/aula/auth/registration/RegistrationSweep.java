package org.aula.auth.registration;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Transactions;

/// Forgets how old registrations ended.
@Singleton
final class RegistrationSweep implements RecurringJob {

    private static final Duration KEPT = Duration.ofDays(30);

    private final RegistrationSagaRepository sagas;
    private final Transactions transactions;
    private final Clock clock;

    RegistrationSweep(RegistrationSagaRepository sagas, Transactions transactions, Clock clock) {
        this.sagas = sagas;
        this.transactions = transactions;
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
        transactions.writeVoid(
                handle -> sagas.deleteEnded(handle, clock.instant().minus(KEPT)));
    }
}
