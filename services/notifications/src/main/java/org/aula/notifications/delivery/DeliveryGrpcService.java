package org.aula.notifications.delivery;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.api.notifications.v1.DeliveryServiceHandler;
import org.aula.api.notifications.v1.ErrorReason;
import org.aula.api.notifications.v1.GetDeliveryRequest;
import org.aula.api.notifications.v1.GetDeliveryResponse;
import org.aula.api.notifications.v1.ListDeliveriesRequest;
import org.aula.api.notifications.v1.ListDeliveriesResponse;
import org.aula.api.notifications.v1.RetryDeliveryRequest;
import org.aula.api.notifications.v1.RetryDeliveryResponse;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.postgres.Session;
import org.jspecify.annotations.Nullable;

/// `aula.notifications.v1.DeliveryService`.
@Singleton
final class DeliveryGrpcService extends DeliveryServiceHandler {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;

    private final DeliveryStore queue;
    private final Database database;
    private final Audit audit;
    private final PageTokens tokens;
    private final EmailWorker emailWorker;
    private final Clock clock;

    DeliveryGrpcService(
            DeliveryStore queue,
            Database database,
            Audit audit,
            PageTokens tokens,
            EmailWorker emailWorker,
            Clock clock) {
        this.queue = queue;
        this.database = database;
        this.audit = audit;
        this.tokens = tokens;
        this.emailWorker = emailWorker;
        this.clock = clock;
    }

    @Override
    protected ListDeliveriesResponse listDeliveries(ListDeliveriesRequest request) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var before =
                tokens.open(request, request.getPageToken()).map(List::getFirst).orElse("");
        var rows = queue.list(
                DeliveryMapper.fromProto(request.getState()),
                idOrNull(request.getUserId()),
                idOrNull(before),
                size + 1);
        var page =
                Page.of(rows, size, tokens, request, row -> List.of(row.id().toString()), request.getWithItemTokens());
        return ListDeliveriesResponse.newBuilder()
                .addAllDeliveries(
                        page.items().stream().map(DeliveryMapper::toProto).toList())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }

    @Override
    protected GetDeliveryResponse getDelivery(GetDeliveryRequest request) {
        var delivery = find(request.getDeliveryId());
        return GetDeliveryResponse.newBuilder()
                .setDelivery(DeliveryMapper.toProto(delivery))
                .build();
    }

    @Override
    protected RetryDeliveryResponse retryDelivery(RetryDeliveryRequest request) {
        var before = find(request.getDeliveryId());
        var after = isRepeated(before) ? unchanged(before) : retry(before);
        return RetryDeliveryResponse.newBuilder()
                .setDelivery(DeliveryMapper.toProto(after))
                .build();
    }

    private Delivery retry(Delivery before) {
        if (before.state() != Delivery.State.FAILED) {
            throw stateForbids(before);
        }
        var after = before.retried(clock.instant());
        database.transact(() -> {
            audit.record("delivery", before.id(), DeliveryMapper.toProto(before), DeliveryMapper.toProto(after));
            // Last: what is written to MongoDB is not taken back with the transaction.
            if (!queue.replaceFailed(before, after)) {
                throw stateForbids(find(before.id().toString()));
            }
            Session.current().afterCommit(emailWorker::wake);
        });
        return after;
    }

    /// Somebody, perhaps this caller whose answer was lost, has asked for the same, and it is not over yet.
    private static boolean isRepeated(Delivery delivery) {
        return switch (delivery.state()) {
            case QUEUED, SENDING -> delivery.retries() > 0;
            case SENT, FAILED, DROPPED -> false;
        };
    }

    private Delivery unchanged(Delivery delivery) {
        audit.nothing();
        return delivery;
    }

    private Delivery find(String id) {
        return queue.find(UUID.fromString(id))
                .orElseThrow(() -> Errors.notFound(ErrorReason.ERROR_REASON_DELIVERY_NOT_FOUND, "email not found"));
    }

    private static ServiceException stateForbids(Delivery delivery) {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_DELIVERY_STATE_FORBIDS,
                "only a failed email can be retried",
                Map.of("state", delivery.state().name()));
    }

    private static @Nullable UUID idOrNull(String text) {
        return text.isEmpty() ? null : UUID.fromString(text);
    }
}
