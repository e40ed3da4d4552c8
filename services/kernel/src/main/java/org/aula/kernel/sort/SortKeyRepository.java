package org.aula.kernel.sort;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.kernel.postgres.Sql;

/// Keys of rows that another version has made, or that were written by whoever knows no keys.
@Singleton
final class SortKeyRepository {

    private record Named(UUID id, List<String> names) {}

    /// Makes the keys of some rows anew, which nobody else is changing.
    ///
    /// @return how many
    int recompute(SortedTable table, int limit) {
        var rows = outdated(table, limit);
        Sql.batch(
                "UPDATE " + table.table() + " SET sort_key = ? WHERE id = ?",
                rows.stream()
                        .map(row -> new Object[] {table.key(row.names()), row.id()})
                        .toList());
        return rows.size();
    }

    private static List<Named> outdated(SortedTable table, int limit) {
        var names = table.columns().stream()
                .map(column -> ", CAST(" + column + " AS text)")
                .collect(Collectors.joining());
        return Sql.of("SELECT id" + names + " FROM " + table.table())
                .add(" WHERE sort_key < ? OR sort_key >= ?", SortKeys.first(), SortKeys.end())
                .add(" LIMIT ? FOR NO KEY UPDATE SKIP LOCKED", limit)
                .list(row -> {
                    var values = new ArrayList<String>();
                    for (var index = 0; index < table.columns().size(); index++) {
                        values.add(row.getString(index + 2));
                    }
                    return new Named(row.getObject(1, UUID.class), values);
                });
    }
}
