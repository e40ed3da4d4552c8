package org.aula.kernel.postgres;

import java.sql.Array;
import java.sql.SQLException;

/// Columns that hold arrays.
final class Arrays {

    private Arrays() {}

    /// The elements of a column's array.
    static Object elements(Object column) {
        try {
            return column instanceof Array array ? array.getArray() : column;
        } catch (SQLException failed) {
            throw new IllegalStateException("the array cannot be read", failed);
        }
    }
}
