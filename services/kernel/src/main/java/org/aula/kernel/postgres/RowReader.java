package org.aula.kernel.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;

/// Reads the row at which a result stands.
///
/// @param <T> what a row becomes
@FunctionalInterface
public interface RowReader<T> {

    /// Reads one row.
    T read(ResultSet row) throws SQLException;
}
