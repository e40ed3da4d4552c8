package org.aula.grades.gradebook;

import io.micronaut.data.annotation.MappedEntity;
import java.math.BigDecimal;
import java.util.UUID;

/// What counts of a learner for an item.
///
/// @param sourceId the attempt or submission
/// @param points after what was taken off for being late
/// @param maxPoints that could be had when it was graded
@MappedEntity("gradebook_scores")
record Score(
        UUID userId,
        UUID itemId,
        UUID sourceId,
        BigDecimal points,
        BigDecimal rawPoints,
        BigDecimal maxPoints,
        BigDecimal latePenaltyPercent) {}
