package org.aula.bff.notifications;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.aula.api.notifications.v1.Delivery;
import org.aula.api.notifications.v1.DeliveryState;
import org.aula.api.notifications.v1.GetDeliveryRequest;
import org.aula.api.notifications.v1.GetDeliveryResponse;
import org.aula.api.notifications.v1.ListDeliveriesRequest;
import org.aula.api.notifications.v1.RetryDeliveryRequest;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Connections;
import org.aula.bff.engine.Filter;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;

/// Letters and what became of them.
public final class DeliveryFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.query("deliveries", DeliveryFields::deliveries);
        wiring.type("Delivery", Delivery.class)
                .value("id", delivery -> GlobalId.of("Delivery", delivery.getId()))
                .fetch("user", (delivery, environment) -> Loader.USER_SUMMARIES.load(environment, delivery.getUserId()))
                .value("kind", Delivery::getKind)
                .value("channel", delivery -> Values.name(delivery.getChannel()))
                .value("state", delivery -> Values.name(delivery.getState()))
                .value("attemptCount", Delivery::getAttemptCount)
                .value("lastError", delivery -> Values.text(delivery.getLastError()))
                .value("createTime", delivery -> Values.time(delivery.getCreateTime()))
                .value("nextAttemptTime", delivery -> Values.time(delivery.getNextAttemptTime()))
                .value("sentTime", delivery -> Values.time(delivery.getSentTime()));
        wiring.node("Delivery", (id, environment) -> {
            var request = Wiring.request(environment);
            return Wiring.orNull(request.answer(request.deliveries()
                            .getDelivery(GetDeliveryRequest.newBuilder()
                                    .setDeliveryId(id)
                                    .build()))
                    .thenApply(GetDeliveryResponse::getDelivery));
        });
        wiring.mutation(new Mutation<>(
                "retryDelivery",
                RetryDeliveryRequest.getDefaultInstance(),
                input -> RetryDeliveryRequest.newBuilder()
                        .setDeliveryId(input.id("deliveryId", "Delivery"))
                        .build(),
                (request, message) -> request.deliveries().retryDelivery(message),
                answer -> Map.of("delivery", answer.getDelivery())));
    }

    private static CompletableFuture<Map<String, Object>> deliveries(DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var after = Wiring.<String>argument(environment, "after");
        var filter = Filter.of(environment);
        var list = ListDeliveriesRequest.newBuilder()
                .setState(filter.choice("state", DeliveryState.class))
                .setUserId(filter.person("userId"))
                .setPageSize(Wiring.<Integer>required(environment, "first"))
                .setPageToken(after == null ? "" : after)
                .setWithItemTokens(true)
                .build();
        return request.answer(request.deliveries().listDeliveries(list))
                .thenApply(page -> Connections.of(
                        page.getDeliveriesList(), page.getItemTokensList(), page.getNextPageToken(), after));
    }
}
