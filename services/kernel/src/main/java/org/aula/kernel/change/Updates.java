package org.aula.kernel.change;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import com.google.protobuf.util.FieldMaskUtil;

/// Partial updates, as the contract's update masks mean them.
public final class Updates {

    /// What the mask names takes the place of what was there, also where it is empty.
    private static final FieldMaskUtil.MergeOptions REPLACE = new FieldMaskUtil.MergeOptions()
            .setReplaceMessageFields(true)
            .setReplaceRepeatedFields(true)
            .setReplacePrimitiveFields(true);

    private Updates() {}

    /// A message after an update.
    ///
    /// @param wanted the values of what changes
    /// @param mask the fields of `wanted` that count; a field that it names and `wanted` leaves out is
    /// cleared
    @SuppressWarnings("unchecked")
    public static <M extends Message> M merge(M before, M wanted, FieldMask mask) {
        var merged = before.toBuilder();
        FieldMaskUtil.merge(mask, wanted, merged, REPLACE);
        return (M) merged.build();
    }

    /// Sets the fields of a message that another one has by the same names and types.
    ///
    /// @param from whose fields are copied, those that are set
    /// @return the builder
    public static <B extends Message.Builder> B copy(Message from, B to) {
        from.getAllFields().forEach((field, value) -> {
            var same = to.getDescriptorForType().findFieldByName(field.getName());
            if (same != null) {
                to.setField(same, value);
            }
        });
        return to;
    }
}
