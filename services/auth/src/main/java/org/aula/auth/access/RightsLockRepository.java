package org.aula.auth.access;

import jakarta.inject.Singleton;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

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
@Singleton
public final class RightsLockRepository {

    private static final String LOCK = "hashtextextended('auth rights', 0)";
    private static final String MILLIS = "CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS bigint)";

    RightsLockRepository() {}

    /// Until this transaction ends, rights stay as they are. Rights must be read by a later statement.
    ///
    /// @return the time that goes into the token, in milliseconds since the epoch
    public long beginReading(Handle handle) {
        return millis(handle, "SELECT " + MILLIS + " FROM pg_advisory_xact_lock_shared(" + LOCK + ")");
    }

    /// Until this transaction ends, nobody else issues tokens or changes rights. What is read by later
    /// statements stays true until then.
    public void lockExclusive(Handle handle) {
        handle.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
    }

    /// Holds back as [#holdBack] does, and tells the time of this transaction's change.
    ///
    /// @return tokens with an earlier time do not know of what this transaction changes
    Instant beginChanging(Handle handle) {
        var now = millis(handle, "SELECT " + MILLIS + " FROM pg_advisory_xact_lock(" + LOCK + ")");
        handle.execute("SELECT pg_sleep(0.001)");
        return Instant.ofEpochMilli(now + 1);
    }

    /// The first moment that is later than every token that was issued so far, for changes that no
    /// other token can come after, such as the end of a session.
    Instant afterNow(Handle handle) {
        return Instant.ofEpochMilli(millis(handle, "SELECT " + MILLIS) + 1);
    }

    private static long millis(Handle handle, String sql) {
        return handle.createQuery(sql).mapTo(Long.class).one();
    }
}
