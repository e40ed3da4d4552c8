package org.aula.kernel.operation;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.Message;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.common.v1.OperationChanged;
import org.aula.api.operations.v1.Operation;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.ErrorMapping;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.postgres.Database;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Long work that goes on after the answer: written with what asked for it, run by a job that survives
/// crashes, told to its owner, ended when the owner asks.
@Singleton
public final class Operations {

    /// Issues that are kept of one operation.
    public static final int KEPT_ISSUES = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Operations.class);

    private final OperationRepository repository;
    private final Database database;
    private final Collection<OperationWorker> workers;
    private final OperationSignal signal;
    private final Outbox outbox;
    private final Audit audit;
    private final Clock clock;

    Operations(
            OperationRepository repository,
            Database database,
            Collection<OperationWorker> workers,
            OperationSignal signal,
            Outbox outbox,
            Audit audit,
            Clock clock) {
        this.repository = repository;
        this.database = database;
        this.workers = workers;
        this.signal = signal;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /// Begins an operation in the caller's transaction; it runs after the commit.
    ///
    /// @param kind of a worker of this service
    /// @param ownerId who may ask about it and cancel it
    /// @param input what the worker needs to know
    public Operation start(String kind, UUID ownerId, Message input) {
        var id = UuidCreator.getTimeOrderedEpoch();
        repository.insert(id, kind, ownerId, input.toByteArray());
        signal.scheduleAfterCommit(id);
        return repository.find(id).orElseThrow().toMessage(clock.instant());
    }

    /// Gives an operation to its owner, or to who may read all.
    ///
    /// @throws ServiceException NOT_FOUND with OPERATION_NOT_FOUND, also when it is somebody else's
    public Operation get(UUID id) {
        return database.query(() -> owned(id)).toMessage(clock.instant());
    }

    /// Asks an operation to end.
    ///
    /// @throws ServiceException NOT_FOUND with OPERATION_NOT_FOUND, also when it is somebody else's
    public Operation cancel(UUID id) {
        return database.transact(() -> {
                    owned(id);
                    repository.requestCancel(id);
                    audit.recordAction("operation", id);
                    return repository.find(id).orElseThrow();
                })
                .toMessage(clock.instant());
    }

    private OperationRow owned(UUID id) {
        var operation = repository.find(id).orElseThrow(Operations::notFound);
        var scope = CallScope.current();
        if (!scope.seesAll() && !scope.caller().is(operation.ownerId())) {
            throw notFound();
        }
        scope.requireOwner(operation.ownerId());
        return operation;
    }

    /// Runs an operation from its start to its end. Called by the job, again after a crash.
    void run(UUID id) throws Exception {
        var operation = begin(id);
        if (operation == null || operation.isEnded()) {
            return;
        }
        var worker = workers.stream()
                .filter(candidate -> candidate.kind().equals(operation.kind()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no worker for operation " + operation.kind()));
        var run = new OperationRun(operation, repository, database, outbox);
        if (run.resourceId() != null) {
            worker.undo(run);
            run.reset();
        }
        try {
            run.write();
            run.checkCancelled();
            worker.run(run);
            run.write();
            end(id, "SUCCEEDED", "");
        } catch (CancellationException cancelled) {
            undo(worker, run);
            end(id, "CANCELLED", "");
        } catch (Exception failure) {
            if (ErrorMapping.isPassing(failure)) {
                throw failure;
            }
            LOG.warn("operation {} {} failed", operation.kind(), id, failure);
            undo(worker, run);
            end(id, "FAILED", messageOf(failure));
        }
    }

    private @Nullable OperationRow begin(UUID id) {
        return database.transact(() -> {
                    repository.begin(id);
                    outbox.append(changed(id));
                    return repository.find(id);
                })
                .orElse(null);
    }

    private void end(UUID id, String state, String failure) {
        database.transact(() -> {
            repository.end(id, state, failure);
            outbox.append(changed(id));
        });
    }

    static OperationChanged changed(UUID id) {
        return OperationChanged.newBuilder().setOperationId(id.toString()).build();
    }

    private static void undo(OperationWorker worker, OperationRun run) throws Exception {
        run.write();
        if (run.resourceId() != null) {
            worker.undo(run);
        }
    }

    private static String messageOf(Exception failure) {
        return ErrorMapping.map(failure).status().getMessage();
    }

    private static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_OPERATION_NOT_FOUND, "operation not found");
    }
}
