package org.aula.notifications.delivery;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.notifications.v1.DeliveryServiceHandler;
import org.aula.api.notifications.v1.GetDeliveryRequest;
import org.aula.api.notifications.v1.GetDeliveryResponse;
import org.aula.api.notifications.v1.ListDeliveriesRequest;
import org.aula.api.notifications.v1.ListDeliveriesResponse;
import org.aula.api.notifications.v1.RetryDeliveryRequest;
import org.aula.api.notifications.v1.RetryDeliveryResponse;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.jspecify.annotations.Nullable;

/// `aula.notifications.v1.DeliveryService`.
@Singleton
final class DeliveryGrpcService extends DeliveryServiceHandler {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;

    private final DeliveryService deliveries;
    private final PageTokens tokens;

    DeliveryGrpcService(DeliveryService deliveries, PageTokens tokens) {
        this.deliveries = deliveries;
        this.tokens = tokens;
    }

    @Override
    protected ListDeliveriesResponse listDeliveries(ListDeliveriesRequest request) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var before =
                tokens.open(request, request.getPageToken()).map(List::getFirst).orElse("");
        var rows = deliveries.list(
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
        var delivery = deliveries.get(UUID.fromString(request.getDeliveryId()));
        return GetDeliveryResponse.newBuilder()
                .setDelivery(DeliveryMapper.toProto(delivery))
                .build();
    }

    @Override
    protected RetryDeliveryResponse retryDelivery(RetryDeliveryRequest request) {
        var delivery = deliveries.retry(UUID.fromString(request.getDeliveryId()));
        return RetryDeliveryResponse.newBuilder()
                .setDelivery(DeliveryMapper.toProto(delivery))
                .build();
    }

    private static @Nullable UUID idOrNull(String text) {
        return text.isEmpty() ? null : UUID.fromString(text);
    }
}
