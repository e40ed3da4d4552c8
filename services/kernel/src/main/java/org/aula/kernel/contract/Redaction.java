package org.aula.kernel.contract;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import org.aula.api.options.v1.Options;

/// Leaves fields that the contract marks as personal data out of a message, so that it may be logged.
public final class Redaction {

    private Redaction() {}

    /// A copy without any field marked `pii`, at any depth.
    public static Message redact(Message message) {
        var copy = message.toBuilder();
        for (var entry : message.getAllFields().entrySet()) {
            var field = entry.getKey();
            if (field.getOptions().hasExtension(Options.pii)) {
                copy.clearField(field);
            } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isMapField()) {
                copy.setField(
                        field,
                        field.isRepeated()
                                ? ((List<?>) entry.getValue())
                                        .stream()
                                                .map(item -> redact((Message) item))
                                                .toList()
                                : redact((Message) entry.getValue()));
            }
        }
        return copy.build();
    }
}
