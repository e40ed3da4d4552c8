package org.aula.notifications.delivery;

import org.aula.api.notifications.v1.Channel;
import org.aula.api.notifications.v1.DeliveryState;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// Emails as messages.
final class DeliveryMapper {

    private DeliveryMapper() {}

    static org.aula.api.notifications.v1.Delivery toProto(Delivery delivery) {
        var message = org.aula.api.notifications.v1.Delivery.newBuilder()
                .setId(delivery.id().toString())
                .setUserId(delivery.userId().toString())
                .setKind(delivery.kind())
                .setChannel(Channel.CHANNEL_EMAIL)
                .setState(toProto(delivery.state()))
                .setAttemptCount(delivery.attempts())
                .setLastError(delivery.lastError())
                .setCreateTime(Times.timestamp(delivery.createdAt()));
        // Of an email on its way the time is when its lease ends, which is nobody's business.
        if (delivery.nextAttemptAt() != null && delivery.state() == Delivery.State.QUEUED) {
            message.setNextAttemptTime(Times.timestamp(delivery.nextAttemptAt()));
        }
        if (delivery.sentAt() != null) {
            message.setSentTime(Times.timestamp(delivery.sentAt()));
        }
        return message.build();
    }

    /// Null for all of them.
    static Delivery.@Nullable State fromProto(DeliveryState state) {
        return switch (state) {
            case DELIVERY_STATE_UNSPECIFIED, UNRECOGNIZED -> null;
            case DELIVERY_STATE_QUEUED -> Delivery.State.QUEUED;
            case DELIVERY_STATE_SENDING -> Delivery.State.SENDING;
            case DELIVERY_STATE_SENT -> Delivery.State.SENT;
            case DELIVERY_STATE_FAILED -> Delivery.State.FAILED;
            case DELIVERY_STATE_DROPPED -> Delivery.State.DROPPED;
        };
    }

    private static DeliveryState toProto(Delivery.State state) {
        return switch (state) {
            case QUEUED -> DeliveryState.DELIVERY_STATE_QUEUED;
            case SENDING -> DeliveryState.DELIVERY_STATE_SENDING;
            case SENT -> DeliveryState.DELIVERY_STATE_SENT;
            case FAILED -> DeliveryState.DELIVERY_STATE_FAILED;
            case DROPPED -> DeliveryState.DELIVERY_STATE_DROPPED;
        };
    }
}
