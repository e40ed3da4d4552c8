package org.aula.auth.registration;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.aula.auth.registration.RegistrationSagaRepository.Saga;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes registrations back that took too long. It claims them by a lease of a minute: what a process
/// that died has left undone the next one finds when that is over.
@Singleton
final class RegistrationTimeout implements RecurringJob {

    private static final Logger LOG = LoggerFactory.getLogger(RegistrationTimeout.class);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final int AT_ONCE = 50;

    private final Registrations registrations;
    private final RegistrationSagaRepository sagas;
    private final Database database;
    private final Clock clock;

    RegistrationTimeout(Registrations registrations, RegistrationSagaRepository sagas, Database database, Clock clock) {
        this.registrations = registrations;
        this.sagas = sagas;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "registration-timeout";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void run() {
        var claimed = claim();
        while (!claimed.isEmpty()) {
            claimed.forEach(this::workOn);
            claimed = claim();
        }
    }

    /// Registrations that are this process's own for a minute.
    List<Saga> claim() {
        var now = clock.instant();
        return database.transact(() -> sagas.claimOverdue(now, now.plus(LEASE), AT_ONCE));
    }

    /// One that fails does not keep the others waiting; its turn comes again when its lease is over.
    private void workOn(Saga overdue) {
        try {
            database.transact(() -> {
                switch (overdue.state()) {
                    case RUNNING -> registrations.rollback(overdue.accountId());
                    case COMPENSATING -> registrations.askAgain(overdue.accountId());
                    case COMPLETED, FAILED -> throw new IllegalStateException("ended registrations wait for nothing");
                }
            });
        } catch (RuntimeException failure) {
            LOG.warn("the registration {} could not be taken back yet", overdue.accountId(), failure);
        }
    }
}
