package org.aula.kernel.operation;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.Message;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.operations.v1.Operation;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.ErrorMapping;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Transactions;
import org.jdbi.v3.core.Handle;
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
    private final Transactions transactions;
    private final Collection<OperationWorker> workers;
    private final OperationSignal signal;
    private final Audit audit;
    private final Clock clock;

    Operations(
            OperationRepository repository,
            Transactions transactions,
            Collection<OperationWorker> workers,
            OperationSignal signal,
            Audit audit,
            Clock clock) {
        this.repository = repository;
        this.transactions = transactions;
        this.workers = workers;
        this.signal = signal;
        this.audit = audit;
        this.clock = clock;
    }

    /// Begins an operation in the caller's transaction; it runs after the commit.
    ///
    /// @param kind of a worker of this service
    /// @param ownerId who may ask about it and cancel it
    /// @param input what the worker needs to know
    public Operation start(Handle handle, String kind, UUID ownerId, Message input) {
        var id = UuidCreator.getTimeOrderedEpoch();
        repository.insert(handle, id, kind, ownerId, input.toByteArray());
        signal.scheduleAfterCommit(handle, id);
        return repository.find(handle, id).orElseThrow().toMessage(clock.instant());
    }

    /// Gives an operation to its owner, or to who may read all.
    ///
    /// @throws ServiceException NOT_FOUND with OPERATION_NOT_FOUND, also when it is somebody else's
    public Operation get(UUID id) {
        return transactions.read(handle -> owned(handle, id)).toMessage(clock.instant());
    }

    /// Asks an operation to end.
    ///
    /// @throws ServiceException NOT_FOUND with OPERATION_NOT_FOUND, also when it is somebody else's
    public Operation cancel(UUID id) {
        return transactions
                .write(handle -> {
                    owned(handle, id);
                    repository.requestCancel(handle, id);
                    audit.record(handle, "operation", id, null, null);
                    return repository.find(handle, id).orElseThrow();
                })
                .toMessage(clock.instant());
    }

    private OperationRow owned(Handle handle, UUID id) {
        var operation = repository.find(handle, id).orElseThrow(Operations::notFound);
        var scope = CallScope.current();
        if (!scope.seesAll() && !scope.caller().is(operation.ownerId())) {
            throw notFound();
        }
        scope.requireOwner(operation.ownerId());
        return operation;
    }

    /// Runs an operation from its start to its end. Called by the job, again after a crash.
    void run(UUID id) throws Exception {
        var operation = repository.begin(id).orElse(null);
        if (operation == null || operation.isEnded()) {
            return;
        }
        var worker = workers.stream()
                .filter(candidate -> candidate.kind().equals(operation.kind()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody does " + operation.kind()));
        var run = new OperationRun(operation, repository);
        if (run.resourceId() != null) {
            worker.undo(run);
            run.reset();
        }
        try {
            run.write();
            run.checkCancelled();
            worker.run(run);
            run.write();
            repository.end(id, "SUCCEEDED", "");
        } catch (CancellationException cancelled) {
            undo(worker, run);
            repository.end(id, "CANCELLED", "");
        } catch (Exception failure) {
            if (ErrorMapping.isPassing(failure)) {
                throw failure;
            }
            LOG.warn("operation {} {} failed", operation.kind(), id, failure);
            undo(worker, run);
            repository.end(id, "FAILED", messageOf(failure));
        }
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
        return Errors.notFound(ErrorReason.ERROR_REASON_OPERATION_NOT_FOUND, "no such operation");
    }
}
