package org.aula.courses.slug;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Predicate;
import org.aula.kernel.postgres.Sql;

/// Gives rows names in addresses that no other row of their table has.
@Singleton
public final class SlugRepository {

    /// Tables whose rows have such names.
    public enum Table {
        COURSES("courses", "deleted_at IS NULL", "course"),
        CATEGORIES("course_categories", "true", "category");

        private final String tableName;
        private final String living;
        private final String fallback;

        Table(String tableName, String living, String fallback) {
            this.tableName = tableName;
            this.living = living;
            this.fallback = fallback;
        }
    }

    /// Inserts a row under the first free name of its title.
    ///
    /// Two who insert at once may choose the same name. The index lets only one have it, so `insert` must
    /// say `ON CONFLICT DO NOTHING` for the name, which waits for the other's commit; then the next free
    /// name is tried.
    ///
    /// @param insert inserts with the given name and tells whether it did
    /// @return the name
    public String insert(Table table, String title, Predicate<String> insert) {
        var slug = Slug.of(title, table.fallback);
        for (var round = 0; ; ) {
            var free = firstFree(table, slug, round);
            if (free.isEmpty()) {
                round++;
            } else if (insert.test(free.get())) {
                return free.get();
            }
        }
    }

    private static Optional<String> firstFree(Table table, Slug slug, int round) {
        return Sql.of("""
                        SELECT candidate
                        FROM unnest(CAST(? AS text[])) WITH ORDINALITY AS candidates (candidate, ordinal)
                        WHERE NOT EXISTS (SELECT 1 FROM %s WHERE slug = candidate AND %s)
                        ORDER BY ordinal LIMIT 1
                        """.formatted(table.tableName, table.living), (Object)
                        slug.candidates(round).toArray(String[]::new))
                .find(row -> row.getString("candidate"));
    }
}
