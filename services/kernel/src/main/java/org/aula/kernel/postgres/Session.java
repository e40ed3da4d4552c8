package org.aula.kernel.postgres;

import io.micronaut.data.exceptions.DataAccessException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection for the time of one [Database#query] or [Database#transact]. It stands below Micronaut Data
/// as an ordinary JDBC connection, and puts the [Preamble] into the texts of statements.
///
/// What ends and begins transactions belongs to [Database] alone: those methods of the connection do
/// nothing.
public final class Session implements InvocationHandler {

    private enum Mode {
        NEW,
        QUERY,
        TRANSACTION
    }

    private record Deferred(String sql, @Nullable Object[] values) {}

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final ScopedValue<Session> CURRENT = ScopedValue.newInstance();
    private static final Class<?>[] CONNECTION = {Connection.class};
    private static final Class<?>[] STATEMENT = {PreparedStatement.class};

    private final Connection target;
    private final Connection connection;
    private final Collection<StatementObserver> observers;
    private final List<Deferred> deferred = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private Mode mode = Mode.NEW;
    private boolean opened;
    private boolean hasEffectsOutside;

    private Session(Connection target, Collection<StatementObserver> observers) {
        this.target = target;
        this.observers = observers;
        this.connection = (Connection) Proxy.newProxyInstance(Session.class.getClassLoader(), CONNECTION, this);
    }

    static Connection around(Connection target, Collection<StatementObserver> observers) {
        return new Session(target, observers).connection;
    }

    static Session of(Connection connection) {
        return (Session) Proxy.getInvocationHandler(connection);
    }

    /// The session of the work in progress.
    ///
    /// @throws IllegalStateException outside of [Database#query] and [Database#transact]
    public static Session current() {
        if (!CURRENT.isBound()) {
            throw new IllegalStateException("no session: call this inside of Database.query or Database.transact");
        }
        return CURRENT.get();
    }

    /// Whether work of [Database] is in progress.
    public static boolean isOpen() {
        return CURRENT.isBound();
    }

    /// The connection, for a statement that Micronaut Data cannot say. Nobody but the session closes it.
    public Connection connection() {
        return connection;
    }

    /// Puts a statement off to the end of the transaction, behind those that were put off before: all of
    /// them make one round trip together with COMMIT, and locks taken before are held for that much
    /// shorter. If one is refused then, nothing of the transaction stays.
    ///
    /// For statements whose result nobody looks at, and that write what the transaction does not read again.
    ///
    /// @param sql with a question mark for each value
    /// @param values as the driver takes them, and instants; arrays of text, of ids and of bytes too
    /// @throws IllegalStateException outside of [Database#transact]
    public void defer(String sql, @Nullable Object... values) {
        requireTransaction();
        deferred.add(new Deferred(sql, values));
    }

    /// Runs this once the transaction is committed, before [Database#transact] returns; never when it is
    /// rolled back. The change stays if it throws.
    ///
    /// @throws IllegalStateException outside of [Database#transact]
    public void afterCommit(Runnable action) {
        requireTransaction();
        afterCommit.add(action);
    }

    /// Tells the work in progress, if any, that something was done which its rollback does not undo.
    public static void noteEffectOutside() {
        if (CURRENT.isBound()) {
            CURRENT.get().hasEffectsOutside = true;
        }
    }

    <T> T query(Supplier<T> work) {
        mode = Mode.QUERY;
        return ScopedValue.where(CURRENT, this).call(work::get);
    }

    /// Work that a migration overtook is run again, once: see [Database#transact].
    ///
    /// @param committed takes what is to be run after the commit
    <T> T transact(Supplier<T> work, List<Runnable> committed) {
        mode = Mode.TRANSACTION;
        try {
            return transactOnce(work, committed);
        } catch (RuntimeException failure) {
            if (hasEffectsOutside || !SqlFailures.isPlanOutdated(failure)) {
                throw failure;
            }
            LOG.info("a table has changed under a transaction, which is run again");
            opened = false;
            deferred.clear();
            afterCommit.clear();
        }
        try {
            forgetPlans();
        } catch (SQLException broken) {
            throw new DataAccessException("the transaction was not run again: " + broken.getMessage(), broken);
        }
        return transactOnce(work, committed);
    }

    private <T> T transactOnce(Supplier<T> work, List<Runnable> committed) {
        try {
            target.setAutoCommit(false);
            var result = ScopedValue.where(CURRENT, this).<T, RuntimeException>call(work::get);
            commit();
            noteEffectOutside();
            committed.addAll(afterCommit);
            return result;
        } catch (SQLException refused) {
            rollBack();
            throw new DataAccessException("the transaction was not committed: " + refused.getMessage(), refused);
        } catch (RuntimeException | Error failure) {
            rollBack();
            throw failure;
        }
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        return switch (method.getName()) {
            case "prepareStatement" -> prepare(method, Objects.requireNonNull(arguments));
            case "setAutoCommit", "setReadOnly", "setTransactionIsolation", "commit" -> null;
            case "setSavepoint" -> {
                open();
                yield call(target, method, arguments);
            }
            case "rollback" -> arguments == null ? null : call(target, method, arguments);
            case "createStatement", "prepareCall" ->
                throw new UnsupportedOperationException("statements of a session are prepared");
            default -> call(target, method, arguments);
        };
    }

    private PreparedStatement prepare(Method method, @Nullable Object[] arguments) throws Throwable {
        var sql = (String) Objects.requireNonNull(arguments[0]);
        var handler = switch (mode) {
            case QUERY -> {
                arguments[0] = Preamble.aroundQuery(sql);
                yield new SessionStatement(this, sql, prepared(method, arguments), 2);
            }
            case TRANSACTION -> {
                if (opened) {
                    yield new SessionStatement(this, sql, prepared(method, arguments), 0);
                }
                arguments[0] = Preamble.beforeFirst(sql);
                yield new SessionStatement(this, sql, prepared(method, arguments), 1);
            }
            case NEW -> throw new IllegalStateException("only Database opens sessions");
        };
        return (PreparedStatement) Proxy.newProxyInstance(Session.class.getClassLoader(), STATEMENT, handler);
    }

    private PreparedStatement prepared(Method method, @Nullable Object[] arguments) throws Throwable {
        return (PreparedStatement) Objects.requireNonNull(call(target, method, arguments));
    }

    /// A statement is about to be sent.
    void sending(String sql) {
        observers.forEach(observer -> observer.sending(sql));
    }

    /// The preamble went with the statement that was sent.
    void opened() {
        opened = true;
    }

    /// Sends the preamble by itself, before what cannot carry it: a savepoint, a batch.
    void open() throws SQLException {
        if (mode != Mode.TRANSACTION || opened) {
            return;
        }
        try (var statement = target.prepareStatement(Preamble.alone())) {
            Preamble.bind(statement);
            statement.execute();
        }
        opened = true;
    }

    /// Prepares a statement without the preamble.
    PreparedStatement prepareBare(String sql) throws SQLException {
        return target.prepareStatement(sql);
    }

    /// Ends the transaction of a query that failed: its COMMIT was not reached.
    void endFailedQuery() {
        if (mode != Mode.QUERY) {
            return;
        }
        try {
            if (target.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE) {
                try (var statement = target.createStatement()) {
                    statement.execute("ROLLBACK");
                }
            }
        } catch (SQLException broken) {
            LOG.debug("the transaction was not rolled back; its connection is of no use any more", broken);
        }
    }

    /// Has the driver prepare every statement of the connection anew, which it does when it sees this one.
    void forgetPlans() throws SQLException {
        if (mode == Mode.TRANSACTION) {
            target.rollback();
        }
        try (var statement = target.createStatement()) {
            statement.execute("DEALLOCATE ALL");
        }
    }

    private void commit() throws SQLException {
        if (!deferred.isEmpty()) {
            commitDeferred();
        }
        target.commit();
    }

    private void commitDeferred() throws SQLException {
        var statements = deferred.stream().map(Deferred::sql).collect(Collectors.joining(";\n", "", ";\nCOMMIT"));
        deferred.forEach(statement -> sending(statement.sql()));
        try (var statement = target.prepareStatement(opened ? statements : Preamble.beforeFirst(statements))) {
            var position = 1;
            if (!opened) {
                Preamble.bind(statement);
                position += Preamble.PARAMETERS;
            }
            for (var write : deferred) {
                for (var value : write.values()) {
                    bind(statement, position++, value);
                }
            }
            statement.execute();
        }
    }

    private void rollBack() {
        try {
            target.rollback();
        } catch (SQLException broken) {
            LOG.debug("the transaction was not rolled back; its connection is of no use any more", broken);
        }
    }

    private void requireTransaction() {
        if (mode != Mode.TRANSACTION) {
            throw new IllegalStateException("only Database.transact has an end that could be waited for");
        }
    }

    static void bind(PreparedStatement statement, int position, @Nullable Object value) throws SQLException {
        statement.setObject(position, value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value);
    }

    static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause() == null ? failed : failed.getCause();
        }
    }
}
