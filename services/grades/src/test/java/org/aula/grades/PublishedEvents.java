package org.aula.grades;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.List;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.kernel.testing.TestPlatform;

/// Events that the service has written, in their order.
public final class PublishedEvents {

    private PublishedEvents() {}

    public static <E extends Message> List<E> of(TestPlatform platform, String key, Class<E> type) {
        return platform
                .superuser()
                .withHandle(
                        handle -> handle.createQuery("SELECT envelope FROM grades.outbox WHERE key = :key ORDER BY id")
                                .bind("key", key)
                                .map((row, context) -> row.getBytes("envelope"))
                                .list())
                .stream()
                .map(PublishedEvents::envelope)
                .filter(envelope -> envelope.getPayload().is(type))
                .map(envelope -> event(envelope, type))
                .toList();
    }

    private static EventEnvelope envelope(byte[] bytes) {
        try {
            return EventEnvelope.parseFrom(bytes);
        } catch (InvalidProtocolBufferException broken) {
            throw new AssertionError(broken);
        }
    }

    private static <E extends Message> E event(EventEnvelope envelope, Class<E> type) {
        try {
            return envelope.getPayload().unpack(type);
        } catch (InvalidProtocolBufferException broken) {
            throw new AssertionError(broken);
        }
    }
}
