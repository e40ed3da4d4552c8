package org.aula.kernel.audit;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.aula.api.common.v1.FieldChange;
import org.aula.api.options.v1.Options;
import org.aula.api.options.v1.PersonalDataKind;
import org.jspecify.annotations.Nullable;

/// What differs between two messages of one type, by top-level field. Personal data is named and its values
/// are left out; secrets are not even named.
final class Changes {

    /// Values that are longer are cut: the log says what changed, it is no second copy of the content.
    private static final int MAX_VALUE = 2_000;

    private static final JsonFormat.Printer JSON = JsonFormat.printer().omittingInsignificantWhitespace();

    private Changes() {}

    /// The fields that differ, in the order of the message.
    ///
    /// @param before null for a resource that is new
    /// @param after null for a resource that is gone
    static List<FieldChange> between(@Nullable Message before, @Nullable Message after) {
        var known = after != null ? after : before;
        if (known == null) {
            return List.of();
        }
        var changes = new ArrayList<FieldChange>();
        for (var field : known.getDescriptorForType().getFields()) {
            var old = value(before, field);
            var now = value(after, field);
            if (!Objects.equals(old, now) && !isSecret(field)) {
                changes.add(change(field, before, after));
            }
        }
        return changes;
    }

    private static FieldChange change(FieldDescriptor field, @Nullable Message before, @Nullable Message after) {
        var change = FieldChange.newBuilder().setPath(field.getName());
        if (field.getOptions().hasExtension(Options.pii) || holdsPersonalData(field)) {
            return change.setPersonal(true).build();
        }
        return change.setBeforeJson(json(before, field))
                .setAfterJson(json(after, field))
                .build();
    }

    private static @Nullable Object value(@Nullable Message message, FieldDescriptor field) {
        if (message == null || (!field.isRepeated() && !message.hasField(field) && field.hasPresence())) {
            return null;
        }
        var value = message.getField(field);
        return value.equals(field.isRepeated() ? List.of() : defaultValue(field)) ? null : value;
    }

    private static @Nullable Object defaultValue(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE ? null : field.getDefaultValue();
    }

    private static boolean isSecret(FieldDescriptor field) {
        return field.getOptions().getExtension(Options.pii).getKind() == PersonalDataKind.PERSONAL_DATA_KIND_SECRET;
    }

    /// Whether a message in this field has personal data of its own, at any depth that the contract uses.
    private static boolean holdsPersonalData(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && field.getMessageType().getFile().getPackage().startsWith("aula.")
                && field.getMessageType().getFields().stream()
                        .anyMatch(inner -> inner.getOptions().hasExtension(Options.pii));
    }

    /// The field's value as JSON; empty when it has none.
    private static String json(@Nullable Message message, FieldDescriptor field) {
        var value = value(message, field);
        if (message == null || value == null) {
            return "";
        }
        try {
            var alone = message.newBuilderForType()
                    .setField(field, message.getField(field))
                    .build();
            var whole = JSON.print(alone);
            var text = whole.substring(whole.indexOf(':') + 1, whole.length() - 1);
            return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE) + "…";
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
