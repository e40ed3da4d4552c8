package org.aula.kernel.postgres;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.aula.kernel.settings.Settings;
import org.jspecify.annotations.Nullable;

/// The one connection beside the pool on which this process holds its [AdvisoryLock]s. Opening one costs
/// both sides a password's hash, so a replica that only waits for locks must not do it each time it asks.
///
/// Locks live as long as the connection: when it breaks, all of them are gone, and the next who asks opens
/// another.
@Singleton
public final class LockConnections {

    /// Work on the connection.
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private static final int TIMEOUT_SECONDS = 10;

    private final Settings settings;
    private final ReentrantLock turn = new ReentrantLock();
    /// PostgreSQL gives a session a lock that it has already, so who has which is known here.
    private final Set<String> held = new HashSet<>();

    private @Nullable Connection connection;

    LockConnections(Settings settings) {
        this.settings = settings;
    }

    /// Takes the lock of this name, unless somebody has it, in this process or in another.
    ///
    /// @return the connection that holds it now, or null
    @Nullable
    Connection tryTake(String name) throws SQLException {
        turn.lock();
        try {
            if (held.contains(name)) {
                return null;
            }
            var open = connection == null ? connect() : connection;
            connection = open;
            if (!on(open, holder -> ask(holder, "SELECT pg_try_advisory_lock(hashtextextended(?, 0))", name))) {
                return null;
            }
            held.add(name);
            return open;
        } finally {
            turn.unlock();
        }
    }

    /// Works on the connection that holds a lock.
    ///
    /// @throws SQLException when it broke, at this work or before
    <T> T on(Connection holder, Work<T> work) throws SQLException {
        turn.lock();
        try {
            if (holder != connection) {
                throw new SQLException("the connection that held the lock is gone", "08003");
            }
            return work.on(holder);
        } catch (SQLException failed) {
            if (holder == connection) {
                drop();
            }
            throw failed;
        } finally {
            turn.unlock();
        }
    }

    /// Gives a lock back; nothing when it is gone with its connection.
    void release(Connection holder, String name) throws SQLException {
        turn.lock();
        try {
            if (holder == connection && held.remove(name)) {
                on(holder, holding -> ask(holding, "SELECT pg_advisory_unlock(hashtextextended(?, 0))", name));
            }
        } finally {
            turn.unlock();
        }
    }

    /// Gives all locks back.
    @PreDestroy
    void close() {
        turn.lock();
        try {
            drop();
        } finally {
            turn.unlock();
        }
    }

    private void drop() {
        var broken = connection;
        connection = null;
        held.clear();
        try {
            if (broken != null) {
                broken.close();
            }
        } catch (SQLException gone) {
            // Then its locks are gone too, which is all that was wanted.
        }
    }

    private static boolean ask(Connection connection, String question, String name) throws SQLException {
        try (var statement = connection.prepareStatement(question)) {
            statement.setString(1, name);
            try (var result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    private Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", settings.service());
        properties.setProperty("password", settings.secret("postgres/" + settings.service() + ".password"));
        properties.setProperty("ApplicationName", settings.service() + "-lock");
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", Integer.toString(TIMEOUT_SECONDS));
        properties.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(settings.get("POSTGRES_URL"), properties);
    }
}
