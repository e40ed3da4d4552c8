package org.aula.kernel.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.config.JdbiConfig;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jspecify.annotations.Nullable;

/// What a transaction writes last. All of it goes to the database together with COMMIT, in one trip.
///
/// For what nobody waits for: statements whose answer is not looked at, and that write what the transaction does
/// not read again. Locks that it took before are held for that much shorter.
public final class Closing implements JdbiConfig<Closing> {

    private record Write(String sql, @Nullable Object[] values) {}

    private static final String COMMIT = ";\nCOMMIT";

    private final List<Write> waiting = new ArrayList<>();
    private boolean open;

    /// Made by JDBI for each handle.
    public Closing() {}

    /// Lets a transaction put writes off.
    static void begin(Handle handle) {
        handle.getConfig(Closing.class).open = true;
    }

    /// Puts a statement off to the end of the transaction, behind those that were put off before. If it is
    /// refused then, nothing of the transaction is kept.
    ///
    /// @param handle a transaction of [Transactions#write]
    /// @param sql with a question mark for each value
    /// @param values as the driver takes them, and instants; arrays of text and of bytes too
    public static void add(Handle handle, String sql, @Nullable Object... values) {
        var closing = handle.getConfig(Closing.class);
        if (!closing.open) {
            throw new IllegalStateException("only Transactions.write has an end that could be waited for: " + sql);
        }
        closing.waiting.add(new Write(sql, values));
    }

    /// How many statements were put off.
    public int size() {
        return waiting.size();
    }

    /// Writes what was put off and commits. Without JDBI, for the same reason as [Opening#forWriting].
    static void commit(Handle handle) {
        var waiting = handle.getConfig(Closing.class).waiting;
        if (waiting.isEmpty()) {
            return;
        }
        var sql = waiting.stream().map(Write::sql).collect(Collectors.joining(";\n", "", COMMIT));
        try (var statement = handle.getConnection().prepareStatement(sql)) {
            var position = 1;
            for (var write : waiting) {
                for (var value : write.values()) {
                    bind(statement, position++, value);
                }
            }
            statement.execute();
        } catch (SQLException refused) {
            throw new TransactionException("what the transaction wrote last was refused", refused);
        }
    }

    private static void bind(PreparedStatement statement, int position, @Nullable Object value) throws SQLException {
        statement.setObject(position, value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value);
    }

    /// One for a handle and all its statements, each of which has a copy of the handle's configuration.
    @Override
    public Closing createCopy() {
        return this;
    }
}
