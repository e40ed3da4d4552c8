package org.aula.notifications.delivery;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.api.notifications.v1.ErrorReason;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.postgres.Session;
import org.jspecify.annotations.Nullable;

/// What administrators do with emails: they look where they are, and have one that failed tried again.
@Singleton
final class DeliveryService {

    private static final String RESOURCE = "delivery";

    private final DeliveryStore queue;
    private final Database database;
    private final Audit audit;
    private final EmailWorker emailWorker;
    private final Clock clock;

    DeliveryService(DeliveryStore queue, Database database, Audit audit, EmailWorker emailWorker, Clock clock) {
        this.queue = queue;
        this.database = database;
        this.audit = audit;
        this.emailWorker = emailWorker;
        this.clock = clock;
    }

    /// As [DeliveryStore#list].
    List<Delivery> list(Delivery.@Nullable State state, @Nullable UUID userId, @Nullable UUID before, int limit) {
        return queue.list(state, userId, before, limit);
    }

    /// @throws ServiceException NOT_FOUND with DELIVERY_NOT_FOUND
    Delivery get(UUID id) {
        return queue.find(id)
                .orElseThrow(() -> Errors.notFound(ErrorReason.ERROR_REASON_DELIVERY_NOT_FOUND, "email not found"));
    }

    /// Has an email that failed tried again.
    ///
    /// @return the email as it is then; as it was when somebody, perhaps this caller whose answer was lost,
    ///     has asked for the same, and it is not over yet
    /// @throws ServiceException NOT_FOUND with DELIVERY_NOT_FOUND, FAILED_PRECONDITION with
    ///     DELIVERY_STATE_FORBIDS
    Delivery retry(UUID id) {
        var before = get(id);
        if (isRepeated(before)) {
            audit.nothing();
            return before;
        }
        if (before.state() != Delivery.State.FAILED) {
            throw stateForbids(before);
        }
        var after = before.retried(clock.instant());
        database.transact(() -> {
            audit.record(RESOURCE, id, DeliveryMapper.toProto(before), DeliveryMapper.toProto(after));
            // Last: what is written to MongoDB is not taken back with the transaction.
            if (!queue.replaceFailed(before, after)) {
                throw stateForbids(get(id));
            }
            Session.current().afterCommit(emailWorker::wake);
        });
        return after;
    }

    private static boolean isRepeated(Delivery delivery) {
        return switch (delivery.state()) {
            case QUEUED, SENDING -> delivery.retries() > 0;
            case SENT, FAILED, DROPPED -> false;
        };
    }

    private static ServiceException stateForbids(Delivery delivery) {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_DELIVERY_STATE_FORBIDS,
                "only a failed email can be retried",
                Map.of("state", delivery.state().name()));
    }
}
