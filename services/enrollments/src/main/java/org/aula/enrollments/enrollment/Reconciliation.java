package org.aula.enrollments.enrollment;

import java.math.BigDecimal;
import java.util.UUID;

/// An enrollment's percentage as it is written, and what its lessons come to now.
///
/// @param completed whether the course counts as completed
/// @param certified whether there is a certificate of it
record Reconciliation(
        UUID enrollmentId, boolean completed, BigDecimal percentage, Completion completion, boolean certified) {

    boolean hasDrifted() {
        return percentage.compareTo(completion.percentage()) != 0 || !completed && completion.isWhole();
    }
}
