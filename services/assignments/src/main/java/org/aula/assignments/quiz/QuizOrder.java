package org.aula.assignments.quiz;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.kernel.error.Errors;

/// Checks orders that authors ask for.
final class QuizOrder {

    private QuizOrder() {}

    /// Refuses an order that leaves an item out, or names one that is not there.
    ///
    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT with ORDER_INCOMPLETE
    static void requireComplete(Collection<UUID> present, List<UUID> wanted) {
        var missing = new HashSet<>(present);
        var unknown = wanted.stream().filter(id -> !missing.remove(id)).count();
        if (!missing.isEmpty() || unknown > 0) {
            throw Errors.invalid(
                    ErrorReason.ERROR_REASON_ORDER_INCOMPLETE,
                    "an order names every item exactly once",
                    List.of(Errors.violation("item_ids", "must name every item exactly once")),
                    Map.of("missing", Integer.toString(missing.size()), "unknown", Long.toString(unknown)));
        }
    }
}
