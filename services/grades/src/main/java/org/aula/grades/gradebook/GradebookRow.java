package org.aula.grades.gradebook;

import io.micronaut.data.annotation.MappedEntity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/// A learner of a course, and what was worked out last.
@MappedEntity("gradebook")
record GradebookRow(UUID userId, BigDecimal points, Instant updatedAt) {}
