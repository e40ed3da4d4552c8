package org.aula.courses.category;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;
import org.aula.kernel.postgres.UuidArray;
import org.aula.kernel.sort.SortKeys;
import org.aula.kernel.sort.SortedTable;
import org.jspecify.annotations.Nullable;

/// Rows of `course_categories`.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface CategoryRepository extends GenericRepository<Category, UUID> {

    SortedTable SORTED = SortedTable.of("course_categories", "name");

    String COLUMNS = "id, name, slug, description, parent_id, sort_order, icon_url, active, version ";

    /// A step of the path by which the tree is sorted.
    String STEP = " decode(lpad(category.sort_order::text, 6, '0'), 'escape') || category.sort_key"
            + " || decode('00', 'hex') || uuid_send(category.id) ";

    /// The id of a category, which nobody can delete until the end of the transaction.
    @Query("SELECT id FROM course_categories WHERE id = :id FOR KEY SHARE")
    Optional<UUID> lockId(UUID id);

    /// Lets one caller at a time change the tree, until the end of its transaction, so that no name is given
    /// twice and no two moves make a circle.
    @Query("SELECT CAST(pg_advisory_xact_lock(hashtextextended('courses.category-tree', 0)) AS text)")
    String lockTree();

    /// Whether the parent has another category of this name.
    @Query("""
            SELECT EXISTS (
                SELECT 1 FROM course_categories
                WHERE parent_id IS NOT DISTINCT FROM CAST(:parentId AS uuid)
                  AND name = CAST(:name AS citext) AND id <> :id)
            """)
    boolean isNameTaken(@Nullable UUID parentId, String name, UUID id);

    /// Ids from a category up to the top, itself first.
    @Query("""
            WITH RECURSIVE path AS (
                SELECT id, parent_id, 1 AS step FROM course_categories WHERE id = CAST(:id AS uuid)
                UNION ALL
                SELECT category.id, category.parent_id, step + 1
                FROM course_categories category JOIN path ON category.id = path.parent_id)
            SELECT id FROM path ORDER BY step
            """)
    List<UUID> path(@Nullable UUID id);

    /// How many levels a category has, its own counted in.
    @Query("""
            WITH RECURSIVE tree AS (
                SELECT id, 1 AS level FROM course_categories WHERE id = :id
                UNION ALL
                SELECT child.id, level + 1
                FROM course_categories child JOIN tree ON child.parent_id = tree.id)
            SELECT coalesce(max(level), 1) FROM tree
            """)
    int height(UUID id);

    /// Inserts a category.
    ///
    /// @return how many were inserted: 0 when its slug is taken
    default int insert(Category category) {
        return Sql.of(
                        """
                        INSERT INTO course_categories (id, name, slug, description, parent_id, sort_order, sort_key)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (slug) DO NOTHING
                        """,
                        category.id(),
                        category.name(),
                        category.slug(),
                        category.description(),
                        category.parentId(),
                        category.sortOrder(),
                        SortKeys.of(category.name()))
                .update();
    }

    default void update(Category category) {
        Sql.of(
                        """
                        UPDATE course_categories
                        SET name = ?, description = ?, parent_id = ?, icon_url = ?, active = ?, version = ?,
                            sort_key = ?, updated_at = now()
                        WHERE id = ?
                        """,
                        category.name(),
                        category.description(),
                        category.parentId(),
                        category.iconUrl(),
                        category.active(),
                        category.version(),
                        SortKeys.of(category.name()),
                        category.id())
                .update();
    }

    @Query("DELETE FROM course_categories WHERE id = :id")
    void delete(UUID id);

    /// Reads a category and keeps others from changing it, and from putting anything into it, until the end
    /// of the transaction.
    @Query("SELECT " + COLUMNS + "FROM course_categories WHERE id = :id FOR UPDATE")
    Optional<Category> lock(UUID id);

    /// A category by id or by slug.
    ///
    /// @param all whether also those that are not offered, by themselves or by one above
    @Query("SELECT " + COLUMNS + """
            FROM course_categories category
            WHERE (id = CAST(:id AS uuid) OR slug = :slug) AND (:all OR NOT EXISTS (
                WITH RECURSIVE path AS (
                    SELECT category.parent_id, category.active
                    UNION ALL
                    SELECT above.parent_id, above.active
                    FROM course_categories above JOIN path ON above.id = path.parent_id)
                SELECT 1 FROM path WHERE NOT active))
            """)
    Optional<Category> find(@Nullable UUID id, String slug, boolean all);

    @Query("SELECT count(*) FROM courses WHERE category_id = :id")
    long countCourses(UUID id);

    /// The children of a category, or of the top, in their order.
    @Query("SELECT " + COLUMNS + """
            FROM course_categories WHERE parent_id IS NOT DISTINCT FROM CAST(:parentId AS uuid)
            ORDER BY sort_order, sort_key, id
            """)
    List<Category> children(@Nullable UUID parentId);

    /// Gives categories the places that they have in the list, in one statement.
    @Query("""
            UPDATE course_categories category
            SET sort_order = wanted.ordinal - 1, version = category.version + 1, updated_at = now()
            FROM unnest(CAST(:ids AS uuid[])) WITH ORDINALITY AS wanted (id, ordinal)
            WHERE category.id = wanted.id AND category.sort_order <> wanted.ordinal - 1
            """)
    void reorder(@UuidArray List<UUID> ids);

    /// The tree from the top: parents before children, siblings by place, then name.
    ///
    /// @param afterId the last category that was read; null for the first page
    /// @param all whether also those that are not offered, and what is below them
    @Query("""
            WITH RECURSIVE tree AS (
                SELECT category.id,""" + STEP + """
                AS path
                FROM course_categories category WHERE parent_id IS NULL AND (active OR :all)
                UNION ALL
                SELECT category.id, tree.path ||""" + STEP + """
                FROM course_categories category JOIN tree ON category.parent_id = tree.id
                WHERE category.active OR :all)
            SELECT\s""" + COLUMNS + """
            FROM tree JOIN course_categories USING (id)
            WHERE CAST(:afterId AS uuid) IS NULL
               OR path > (SELECT path FROM tree WHERE id = :afterId)
            ORDER BY path LIMIT :limit
            """)
    List<Category> list(@Nullable UUID afterId, int limit, boolean all);
}
