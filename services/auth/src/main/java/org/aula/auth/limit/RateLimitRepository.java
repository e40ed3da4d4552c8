package org.aula.auth.limit;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;

/// Rows of `rate_limits`: attempts as all replicas have seen them while Redis was unavailable.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface RateLimitRepository extends GenericRepository<RateLimitWindow, String> {

    @Query("SELECT key, count, ends_at FROM rate_limits WHERE key = :key AND ends_at > :now")
    Optional<RateLimitWindow> find(String key, Instant now);

    /// Counts one more; a window that is over begins anew.
    ///
    /// @param endsAt end of the window if it begins with this attempt
    @Query("""
            INSERT INTO rate_limits AS known (key, count, ends_at) VALUES (:key, 1, :endsAt)
            ON CONFLICT (key) DO UPDATE
            SET count = CASE WHEN known.ends_at > :now THEN known.count + 1 ELSE 1 END,
                ends_at = CASE WHEN known.ends_at > :now THEN known.ends_at ELSE excluded.ends_at END
            RETURNING key, count, ends_at
            """)
    RateLimitWindow add(String key, Instant now, Instant endsAt);

    @Query("DELETE FROM rate_limits WHERE key = :key")
    void clear(String key);

    @Query("DELETE FROM rate_limits WHERE ends_at <= :now")
    void deleteEnded(Instant now);
}
