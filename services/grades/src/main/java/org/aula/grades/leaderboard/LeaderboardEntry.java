package org.aula.grades.leaderboard;

import io.micronaut.data.annotation.MappedEntity;
import java.math.BigDecimal;
import java.util.UUID;

/// A learner on the leaderboard.
///
/// @param rank from 1 on; who has as many points as another has the same; 0 where entries are not
///     counted
@MappedEntity("gradebook")
record LeaderboardEntry(int rank, UUID userId, BigDecimal points) {}
