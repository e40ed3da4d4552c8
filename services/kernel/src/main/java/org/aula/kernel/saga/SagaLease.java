package org.aula.kernel.saga;

import io.grpc.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.aula.kernel.postgres.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a saga this replica's own while a step runs, for as long as it takes. Whoever loses it all the
/// same, since the database was unavailable for longer, writes nothing: the version has changed.
final class SagaLease implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SagaLease.class);

    private final Database database;
    private final SagaRepository repository;
    private final Clock clock;
    private final Duration lease;
    private final SagaRow row;
    /// Instead of an interrupt, which would close the connection of a renewal that is under way.
    private final CountDownLatch over = new CountDownLatch(1);

    private SagaLease(Database database, SagaRepository repository, Clock clock, Duration lease, SagaRow row) {
        this.database = database;
        this.repository = repository;
        this.clock = clock;
        this.lease = lease;
        this.row = row;
    }

    static SagaLease keep(Database database, SagaRepository repository, Clock clock, Duration lease, SagaRow row) {
        var kept = new SagaLease(database, repository, clock, lease, row);
        Thread.ofVirtual().start(Context.current().wrap(kept::renew));
        return kept;
    }

    @Override
    public void close() {
        over.countDown();
    }

    private void renew() {
        try {
            while (!over.await(lease.toMillis() / 3, TimeUnit.MILLISECONDS)) {
                renewOnce();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void renewOnce() {
        try {
            var until = clock.instant().plus(lease);
            database.transact(() -> repository.renew(row.kind(), row.id(), row.version(), until));
        } catch (RuntimeException failure) {
            LOG.warn("the lease of saga {} {} was not renewed", row.kind(), row.id(), failure);
        }
    }
}
