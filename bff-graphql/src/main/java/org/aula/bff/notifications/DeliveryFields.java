package org.aula.bff.notifications;

import org.aula.api.notifications.v1.Delivery;
import org.aula.api.notifications.v1.DeliveryServiceGrpc;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Wiring;

/// E-mails and what became of them.
public final class DeliveryFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.page("deliveries", DeliveryServiceGrpc.getListDeliveriesMethod());
        wiring.type("Delivery", Delivery.class).load("user", Loader.USER_SUMMARIES, Delivery::getUserId);
        wiring.node("Delivery", DeliveryServiceGrpc.getGetDeliveryMethod(), "delivery_id");
    }
}
