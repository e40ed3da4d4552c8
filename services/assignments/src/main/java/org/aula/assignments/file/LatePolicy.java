package org.aula.assignments.file;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What becomes of work that is handed in after the due time.
///
/// @param penaltyPercentPerDay lost for each day begun, two decimals
/// @param maxPenaltyPercent lost at most, two decimals
/// @param cutOff how long after the due time nothing is taken any more, whole seconds; null for never
public record LatePolicy(
        BigDecimal penaltyPercentPerDay,
        BigDecimal maxPenaltyPercent,
        @Nullable Duration cutOff) {}
