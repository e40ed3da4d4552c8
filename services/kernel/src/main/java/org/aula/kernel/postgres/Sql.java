package org.aula.kernel.postgres;

import io.micronaut.data.exceptions.DataAccessException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A statement that is put together from parts, such as conditions that may be left out; and one whose rows
/// are read often enough for the price of its mapping to show. All others are methods of a Micronaut Data
/// repository.
///
/// ```java
/// var sql = Sql.of("SELECT id, name FROM tags WHERE true");
/// if (prefix != null) {
///     sql.add(" AND starts_with(name, ?)", prefix);
/// }
/// return sql.list(Tag.class);
/// ```
///
/// Runs on the session of the work in progress. Refusals of PostgreSQL are thrown as [DataAccessException]
/// with the [SQLException] as their cause, as those of repositories are.
public final class Sql {

    private final StringBuilder text = new StringBuilder();
    private final List<@Nullable Object> values = new ArrayList<>();

    private interface Work<T> {
        T run(PreparedStatement statement) throws SQLException;
    }

    private Sql() {}

    /// A statement that begins so.
    ///
    /// @param part with a question mark for each value
    /// @param partValues as the driver takes them, and instants; arrays of text and of ids too
    public static Sql of(String part, @Nullable Object... partValues) {
        return new Sql().add(part, partValues);
    }

    /// Adds a part with its values.
    public Sql add(String part, @Nullable Object... partValues) {
        text.append(part);
        for (var value : partValues) {
            values.add(value);
        }
        return this;
    }

    /// Adds another statement's text and values.
    public Sql add(Sql other) {
        text.append(other.text);
        values.addAll(other.values);
        return this;
    }

    /// All rows, as records of this type; see [RecordReader] for how columns become components.
    public <T> List<T> list(Class<T> type) {
        return run(statement -> {
            try (var result = statement.executeQuery()) {
                return all(result, RecordReader.of(type).on(result));
            }
        });
    }

    /// All rows, each read by this reader.
    public <T> List<T> list(RowReader<T> reader) {
        return run(statement -> {
            try (var result = statement.executeQuery()) {
                return all(result, reader);
            }
        });
    }

    /// The first row, as a record of this type.
    public <T> Optional<T> find(Class<T> type) {
        return list(type).stream().findFirst();
    }

    /// The first row, read by this reader.
    public <T> Optional<T> find(RowReader<T> reader) {
        return list(reader).stream().findFirst();
    }

    /// Runs a statement that writes.
    ///
    /// @return how many rows it changed
    public int update() {
        return run(PreparedStatement::executeUpdate);
    }

    /// Runs a statement that writes once for each row, all in one batch.
    ///
    /// @param text with a question mark for each value
    public static void batch(String text, List<@Nullable Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        try (var statement = Session.current().connection().prepareStatement(text)) {
            for (var row : rows) {
                for (var index = 0; index < row.length; index++) {
                    Session.bind(statement, index + 1, row[index]);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException refused) {
            throw new DataAccessException("the batch failed: " + refused.getMessage(), refused);
        }
    }

    private <T> T run(Work<T> work) {
        try (var statement = Session.current().connection().prepareStatement(text.toString())) {
            for (var index = 0; index < values.size(); index++) {
                Session.bind(statement, index + 1, values.get(index));
            }
            return work.run(statement);
        } catch (SQLException refused) {
            throw new DataAccessException("the statement failed: " + refused.getMessage(), refused);
        }
    }

    private static <T> List<T> all(ResultSet result, RowReader<T> reader) throws SQLException {
        var rows = new ArrayList<T>();
        while (result.next()) {
            rows.add(reader.read(result));
        }
        return rows;
    }
}
