package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.jdbi.v3.core.Handle;

/// `learning_clocks`. Whoever takes one holds the row of an enrollment already: always in this order.
@Singleton
final class LearningClockRepository {

    /// A learner's clock, locked until the transaction ends; made if there is none.
    LearningClock take(Handle handle, UUID userId, Instant now) {
        return handle.createQuery("""
                        INSERT INTO learning_clocks (user_id, accounted_until) VALUES (:userId, :until)
                        ON CONFLICT (user_id) DO UPDATE SET accounted_until = learning_clocks.accounted_until
                        RETURNING accounted_until
                        """)
                .bind("userId", userId)
                .bind("until", LearningClock.of(now).accountedUntil())
                .map((row, context) -> new LearningClock(Columns.instant(row, "accounted_until")))
                .one();
    }

    void save(Handle handle, UUID userId, LearningClock clock) {
        handle.createUpdate("UPDATE learning_clocks SET accounted_until = :until WHERE user_id = :userId")
                .bind("userId", userId)
                .bind("until", clock.accountedUntil())
                .execute();
    }
}
