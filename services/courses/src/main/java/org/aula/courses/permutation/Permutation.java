package org.aula.courses.permutation;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.kernel.error.Errors;

/// Checks orders that callers ask for.
public final class Permutation {

    private Permutation() {}

    /// Refuses an order that leaves an item out, or names one that is not there or that it has named before.
    ///
    /// @param field of the request, for the refusal
    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT with ORDER_INCOMPLETE
    public static void requireComplete(String field, Collection<UUID> present, List<UUID> wanted) {
        requireComplete(field, present, wanted, 0);
    }

    /// As above, for orders that name something else besides.
    ///
    /// @param otherUnknown what else the order names that is not there
    public static void requireComplete(String field, Collection<UUID> present, List<UUID> wanted, int otherUnknown) {
        var missing = new HashSet<>(present);
        var unknown = otherUnknown;
        for (var id : wanted) {
            if (!missing.remove(id)) {
                unknown++;
            }
        }
        if (!missing.isEmpty() || unknown > 0) {
            throw Errors.invalid(
                    ErrorReason.ERROR_REASON_ORDER_INCOMPLETE,
                    "an order names every item exactly once",
                    List.of(Errors.violation(field, "must name every item exactly once")),
                    Map.of("missing", Integer.toString(missing.size()), "unknown", Integer.toString(unknown)));
        }
    }
}
