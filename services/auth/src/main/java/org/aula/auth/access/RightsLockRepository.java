package org.aula.auth.access;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.UUID;

/// Puts every reading of rights for a token either before or behind every change of rights, so that the
/// time in a token tells exactly whether it knows of a change.
///
/// Who issues tokens takes one advisory lock shared, who changes rights takes it alone, both until
/// their transaction ends, and PostgreSQL gives locks free only when the commit can be seen by others.
/// So there are two cases for a token and a change:
///
/// - The token's transaction had ended when the change got the lock. Its time was read from the same
///   clock before the change's, so it is at most the same millisecond. The change takes the next one:
///   the token is older.
/// - The token's transaction got the lock when the change was committed. The change has slept into its
///   own millisecond before it went on, so the token's time is that one or later, and its rights, which
///   are read by a later statement, are the new ones.
///
/// Both times are the database's `clock_timestamp()`. Its clock has to run forward: where it is set
/// back by some seconds, tokens of those seconds pass for newer than they are until they end.
///
/// Nobody deadlocks as long as all keep to one order: the account's row, this lock, sessions,
/// everything else.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface RightsLockRepository extends GenericRepository<UserAccessRepository.Rights, UUID> {

    String LOCK = "hashtextextended('auth rights', 0)";
    String MILLIS = "SELECT CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS bigint)";

    /// Until this transaction ends, rights stay as they are. Rights must be read by a later statement.
    ///
    /// @return the time that goes into the token, in milliseconds since the epoch
    @Query(MILLIS + " FROM pg_advisory_xact_lock_shared(" + LOCK + ")")
    long beginReading();

    /// Until this transaction ends, nobody else issues tokens or changes rights. What is read by later
    /// statements stays true until then.
    ///
    /// @return the time since when, in milliseconds since the epoch
    @Query(MILLIS + " FROM pg_advisory_xact_lock(" + LOCK + ")")
    long lockExclusive();

    /// Locks as [#lockExclusive] does, and tells the time of this transaction's change.
    ///
    /// @return tokens with an earlier time do not know of what this transaction changes
    default Instant beginChanging() {
        var now = lockExclusive();
        sleepOneMillisecond();
        return Instant.ofEpochMilli(now + 1);
    }

    /// The first moment that is later than every token that was issued so far, for changes that no other
    /// token can come after, such as the end of a session.
    default Instant afterNow() {
        return Instant.ofEpochMilli(now() + 1);
    }

    /// The database's clock, in milliseconds since the epoch.
    @Query(MILLIS)
    long now();

    @Query("SELECT CAST(pg_sleep(0.001) AS text)")
    String sleepOneMillisecond();
}
