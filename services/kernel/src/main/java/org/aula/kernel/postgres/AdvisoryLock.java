package org.aula.kernel.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A lock that PostgreSQL keeps for as long as a connection lives, so that of several replicas one works
/// and the others wait, and a crash gives it free.
public final class AdvisoryLock implements AutoCloseable {

    private final LockConnections connections;
    private final Connection holder;
    private final String name;

    private AdvisoryLock(LockConnections connections, Connection holder, String name) {
        this.connections = connections;
        this.holder = holder;
        this.name = name;
    }

    /// Takes the lock of a name if nobody has it.
    ///
    /// @return the lock, or null when another has it
    public static @Nullable AdvisoryLock tryTake(LockConnections connections, String name) throws SQLException {
        var holder = connections.tryTake(name);
        return holder == null ? null : new AdvisoryLock(connections, holder, name);
    }

    /// Whether the connection, and so the lock, is still there.
    public boolean isHeld() {
        try {
            return ask("SELECT true");
        } catch (SQLException broken) {
            return false;
        }
    }

    /// The answer of a small yes-or-no statement on the lock's own connection: cheap enough to be asked ten
    /// times a second, and proof that the lock is still held.
    ///
    /// @throws SQLException when the connection, and so the lock, is gone
    public boolean ask(String question) throws SQLException {
        return connections.on(holder, connection -> {
            try (var statement = connection.createStatement();
                    var result = statement.executeQuery(question)) {
                return result.next() && result.getBoolean(1);
            }
        });
    }

    @Override
    public void close() {
        try {
            connections.release(holder, name);
        } catch (SQLException gone) {
            // Then the lock is gone too, which is all that was wanted.
        }
    }
}
