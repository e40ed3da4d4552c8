package org.aula.grades.leaderboard;

import io.micronaut.data.annotation.MappedEntity;
import java.math.BigDecimal;
import java.util.UUID;

/// A learner's place.
///
/// @param rank from 1 on; who has as many points as another has the same; 0 where places are not
///     counted
@MappedEntity("gradebook")
record Place(int rank, UUID userId, BigDecimal points) {}
