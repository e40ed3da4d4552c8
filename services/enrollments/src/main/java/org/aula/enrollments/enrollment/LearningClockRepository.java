package org.aula.enrollments.enrollment;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;

/// Rows of `learning_clocks`. Whoever takes one holds the row of an enrollment already: always in this
/// order.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface LearningClockRepository extends GenericRepository<LearningClock, UUID> {

    /// A learner's clock, locked until the transaction ends; inserted if there is none.
    default LearningClock take(UUID userId, LearningClock first) {
        return Sql.of("""
                INSERT INTO learning_clocks (user_id, accounted_until) VALUES (?, ?)
                ON CONFLICT (user_id) DO UPDATE SET accounted_until = learning_clocks.accounted_until
                RETURNING accounted_until
                """, userId, first.accountedUntil())
                .find(LearningClock.class)
                .orElseThrow();
    }

    @Query("UPDATE learning_clocks SET accounted_until = :accountedUntil WHERE user_id = :userId")
    void save(UUID userId, Instant accountedUntil);
}
