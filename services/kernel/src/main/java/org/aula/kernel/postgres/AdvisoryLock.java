package org.aula.kernel.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/// A lock that PostgreSQL keeps for as long as a connection lives, so that of several replicas one works
/// and the others wait, and a crash gives it free.
public final class AdvisoryLock implements AutoCloseable {

    private final Connection connection;

    private AdvisoryLock(Connection connection) {
        this.connection = connection;
    }

    /// Takes the lock of a name if nobody has it.
    ///
    /// @return the lock, or null when another has it
    @org.jspecify.annotations.Nullable
    public static AdvisoryLock tryTake(LockConnections connections, String name) throws SQLException {
        var connection = connections.open();
        try (var statement = connection.prepareStatement("SELECT pg_try_advisory_lock(hashtextextended(?, 0))")) {
            statement.setString(1, name);
            try (var result = statement.executeQuery()) {
                result.next();
                if (result.getBoolean(1)) {
                    return new AdvisoryLock(connection);
                }
            }
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
        connection.close();
        return null;
    }

    /// Whether the connection, and so the lock, is still there.
    public boolean isHeld() {
        try {
            return connection.isValid(1);
        } catch (SQLException broken) {
            return false;
        }
    }

    /// The answer of a small yes-or-no statement on the lock's own connection: cheap enough to be asked ten
    /// times a second, and proof that the lock is still held.
    ///
    /// @throws SQLException when the connection, and so the lock, is gone
    public boolean ask(String question) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(question)) {
            return result.next() && result.getBoolean(1);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException gone) {
            // Then the lock is gone too, which is all that was wanted.
        }
    }
}
