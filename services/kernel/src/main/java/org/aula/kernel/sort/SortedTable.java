package org.aula.kernel.sort;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;

/// A table whose rows are listed by names: its column `sort_key` holds the [SortKeys] of these columns, and
/// `id` decides between equals. A bean for each such table lets [SortKeyJob] keep its keys.
///
/// @param table in the service's schema
/// @param columns the names, the first one first
public record SortedTable(String table, List<String> columns) {

    /// Characters of a name in a cursor; with all of them a page's token could outgrow its bound.
    private static final int CURSOR_LENGTH = 40;

    public SortedTable {
        columns = List.copyOf(columns);
    }

    public static SortedTable of(String table, String... columns) {
        return new SortedTable(table, List.of(columns));
    }

    /// Where a list goes on behind a row.
    public List<String> cursor(String id, String... names) {
        var cursor = new ArrayList<String>();
        for (var name : names) {
            cursor.add(beginning(name));
        }
        cursor.add(id);
        return cursor;
    }

    /// The condition for what comes behind a cursor. The row itself says its place, whatever the version of
    /// its key; when it is gone or has another name by now, its old name does.
    ///
    /// @param alias what the statement calls the table
    public Sql behind(String alias, List<String> cursor) {
        var id = UUID.fromString(cursor.getLast());
        var names = cursor.subList(0, columns.size());
        var sql = Sql.of("(" + alias + ".sort_key, " + alias + ".id) > (coalesce((SELECT sort_key FROM " + table)
                .add(" WHERE id = ?", id);
        for (var index = 0; index < columns.size(); index++) {
            sql.add(" AND left(CAST(" + columns.get(index) + " AS text), " + CURSOR_LENGTH + ") = ?", names.get(index));
        }
        return sql.add("), ?), ?)", key(names), id);
    }

    /// The key of these names, one for each column.
    byte[] key(List<String> names) {
        return SortKeys.of(names.getFirst(), names.subList(1, names.size()).toArray(String[]::new));
    }

    private static String beginning(String name) {
        var characters = Math.min(CURSOR_LENGTH, name.codePointCount(0, name.length()));
        return name.substring(0, name.offsetByCodePoints(0, characters));
    }
}
