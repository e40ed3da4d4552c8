package org.aula.kernel.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.aula.api.operations.v1.OperationIssue;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.postgres.Database;
import org.jspecify.annotations.Nullable;

/// One run of an operation, as its worker sees it. Progress and issues are written at most every 300 ms.
public final class OperationRun {

    private static final long WRITE_EVERY_NANOS = 300_000_000;
    private static final long TELL_EVERY_NANOS = 1_000_000_000;

    private final OperationRow operation;
    private final OperationRepository repository;
    private final Database database;
    private final Outbox outbox;
    private final List<OperationIssue> issues = new ArrayList<>();
    private long issueCount;
    private long done;
    private long total;
    private @Nullable UUID resourceId;
    private long written = System.nanoTime();
    private long told = System.nanoTime();
    private volatile boolean cancelled;

    OperationRun(OperationRow operation, OperationRepository repository, Database database, Outbox outbox) {
        this.operation = operation;
        this.repository = repository;
        this.database = database;
        this.outbox = outbox;
        this.resourceId = operation.resourceId();
    }

    /// The operation's id.
    public UUID id() {
        return operation.id();
    }

    /// The user who asked for it.
    public UUID ownerId() {
        return operation.ownerId();
    }

    /// What was asked for, as [Operations#start] was told.
    public byte[] input() {
        return operation.input();
    }

    /// What it made, also by a run before this one; null while there is nothing.
    public @Nullable UUID resourceId() {
        return resourceId;
    }

    /// Says how far it is.
    ///
    /// @throws CancellationException when the owner asked for an end
    public void progress(long done, long total) {
        this.done = done;
        this.total = total;
        if (System.nanoTime() - written > WRITE_EVERY_NANOS) {
            write();
        }
        checkCancelled();
    }

    /// Notes something that could not be done and is gone on without.
    public void issue(String location, String element, String reason) {
        issueCount++;
        if (issues.size() < Operations.KEPT_ISSUES) {
            issues.add(OperationIssue.newBuilder()
                    .setLocation(location)
                    .setElement(element)
                    .setReason(reason)
                    .build());
        }
    }

    /// Says what it is making, before it is made, so that a run after a crash can find it.
    public void registerResource(UUID resource) {
        resourceId = resource;
        write();
    }

    /// Ends the run when the owner asked for it.
    ///
    /// @throws CancellationException then
    public void checkCancelled() {
        if (cancelled) {
            throw new CancellationException("cancelled by the owner");
        }
    }

    void write() {
        written = System.nanoTime();
        var kept = OperationRow.json(issues);
        cancelled = database.transact(() -> {
            if (written - told > TELL_EVERY_NANOS) {
                told = written;
                outbox.append(Operations.changed(id()));
            }
            return repository.writeProgress(id(), done, total, resourceId, kept, issueCount);
        });
    }

    void reset() {
        resourceId = null;
        done = 0;
        total = 0;
        issues.clear();
        issueCount = 0;
        write();
    }
}
