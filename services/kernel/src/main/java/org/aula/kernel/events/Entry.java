package org.aula.kernel.events;

import com.google.protobuf.InvalidProtocolBufferException;
import io.lettuce.core.StreamMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.aula.api.common.v1.EventEnvelope;
import org.jspecify.annotations.Nullable;

/// One entry of a stream as a listener meets it.
///
/// @param bytes what it holds; empty when it holds no envelope
/// @param envelope null when the bytes are none, or one without an event's id
@SuppressWarnings("ArrayRecordComponent")
record Entry(String id, byte[] bytes, @Nullable EventEnvelope envelope) {

    /// Reads an entry.
    ///
    /// @return empty for one that was trimmed: to the group that was given it and did not acknowledge it
    ///     Redis names it again, without its fields
    static Optional<Entry> of(StreamMessage<String, byte[]> message) {
        var fields = message.getBody();
        if (fields == null || fields.isEmpty()) {
            return Optional.empty();
        }
        var bytes = fields.getOrDefault(Streams.ENVELOPE, new byte[0]);
        return Optional.of(new Entry(message.getId(), bytes, parse(bytes)));
    }

    /// The envelope that these bytes are, null when they are none.
    static @Nullable EventEnvelope parse(byte[] bytes) {
        try {
            var envelope = EventEnvelope.parseFrom(bytes);
            UUID.fromString(envelope.getEventId());
            return envelope;
        } catch (InvalidProtocolBufferException | IllegalArgumentException broken) {
            return null;
        }
    }

    /// The event's id; for what is no event one that the entry always has.
    UUID eventId() {
        if (envelope != null) {
            return UUID.fromString(envelope.getEventId());
        }
        var position = id.getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(ByteBuffer.allocate(position.length + bytes.length)
                .put(position)
                .put(bytes)
                .array());
    }
}
