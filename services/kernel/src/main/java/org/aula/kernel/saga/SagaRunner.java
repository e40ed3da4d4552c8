package org.aula.kernel.saga;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.ErrorMapping;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.settings.Settings;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes sagas that are due and does their steps, until they wait or end.
@Singleton
final class SagaRunner {

    private static final Logger LOG = LoggerFactory.getLogger(SagaRunner.class);
    private static final int AT_ONCE = 16;

    private final Collection<Saga> sagas;
    private final SagaRepository repository;
    private final SagaSettings settings;
    private final Database database;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final String service;
    private final Semaphore permits = new Semaphore(AT_ONCE);

    SagaRunner(
            Collection<Saga> sagas,
            SagaRepository repository,
            SagaSettings settings,
            Database database,
            MeterRegistry metrics,
            Clock clock,
            Settings process) {
        this.sagas = sagas;
        this.repository = repository;
        this.settings = settings;
        this.database = database;
        this.metrics = metrics;
        this.clock = clock;
        this.service = process.service();
    }

    Saga saga(String kind) {
        return sagas.stream()
                .filter(saga -> saga.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no saga " + kind));
    }

    /// Goes on with a saga, unless another replica has it. What does not get on here is found by the sweep.
    Thread wake(String kind, UUID id) {
        return Thread.ofVirtual().start(() -> {
            try {
                permits.acquire();
                try {
                    CallScope.runAsService(service, "saga " + kind + " " + id, "", () -> run(saga(kind), id));
                } finally {
                    permits.release();
                }
            } catch (Exception failure) {
                LOG.warn("saga {} {} does not get on yet", kind, id, failure);
            }
        });
    }

    /// @return whether it was due
    private boolean run(Saga saga, UUID id) {
        var now = Times.now(clock);
        var row = database.transact(() -> repository.claim(saga.kind(), id, now, now.plus(settings.lease())));
        var claimed = row != null;
        while (row != null) {
            row = work(saga, row);
        }
        return claimed;
    }

    /// @return what is to be done next here; null when it ended, waits, or is another's
    private @Nullable SagaRow work(Saga saga, SagaRow row) {
        var step = row.current(saga);
        if (row.isTooLate(step, Times.now(clock))) {
            return save(saga, row, row.compensate("not done within " + step.patience(), Times.now(clock)), () -> {});
        }
        try (var lease = SagaLease.keep(database, repository, clock, settings.lease(), row)) {
            var result = step.action(row.state()).apply(row.id());
            var now = Times.now(clock);
            return save(saga, row, result.isDone() ? row.advance(saga, now) : row.await(step, now), result.write());
        } catch (Exception failure) {
            return save(saga, row, afterFailure(row, failure), () -> {});
        }
    }

    private SagaRow afterFailure(SagaRow row, Exception failure) {
        LOG.warn("saga {} {}: \"{}\" failed while {}", row.kind(), row.id(), row.step(), row.state(), failure);
        var reason = ErrorMapping.map(failure).status().getMessage();
        var now = Times.now(clock);
        if (!ErrorMapping.isRefusal(failure)) {
            return row.retry(reason, now);
        }
        return row.state() == SagaState.RUNNING ? row.compensate(reason, now) : row.stick(reason, now);
    }

    /// Notes what became of it, with what belongs to that, unless another replica has it by now.
    private @Nullable SagaRow save(Saga saga, SagaRow row, SagaRow next, Runnable write) {
        var now = Times.now(clock);
        var goesOn = next.isDue(now);
        var noted = next.held(goesOn ? now.plus(settings.lease()) : next.dueAt());
        var saved = database.transact(() -> {
            if (!repository.save(noted, now)) {
                return false;
            }
            write.run();
            end(saga, noted);
            return true;
        });
        if (saved && noted.state() == SagaState.STUCK && row.state() != SagaState.STUCK) {
            LOG.error("saga {} {} cannot undo \"{}\": {}", row.kind(), row.id(), row.step(), noted.failure());
            metrics.counter("sagas.stuck", "kind", row.kind()).increment();
        }
        return saved && goesOn ? noted : null;
    }

    /// What its owner writes at the end, in the caller's transaction.
    static void end(Saga saga, SagaRow row) {
        if (row.state() == SagaState.COMPLETED) {
            saga.completed(row.id());
        } else if (row.state() == SagaState.FAILED) {
            saga.failed(row.id());
        }
    }
}
