package org.aula.users.input;

import com.google.protobuf.FieldMask;
import java.util.Set;
import java.util.function.Supplier;
import org.aula.api.common.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.jspecify.annotations.Nullable;

/// Which fields an update changes.
public final class Mask {

    private final Set<String> fields;

    private Mask(Set<String> fields) {
        this.fields = fields;
    }

    /// Reads a mask whose names the contract has checked.
    ///
    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT when it names nothing
    public static Mask of(FieldMask mask) {
        if (mask.getPathsCount() == 0) {
            throw Errors.invalid(
                    ErrorReason.ERROR_REASON_VALIDATION_FAILED, "update_mask", "must name at least one field");
        }
        return new Mask(Set.copyOf(mask.getPathsList()));
    }

    /// Whether a field changes.
    public boolean names(String field) {
        return fields.contains(field);
    }

    /// A field's new value if the mask names it, else what was there before.
    public <T extends @Nullable Object> T choose(String field, Supplier<T> changed, T before) {
        return names(field) ? changed.get() : before;
    }
}
