package org.aula.courses.category;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.courses.slug.SlugRepository;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Handles;
import org.jspecify.annotations.Nullable;

/// Rows of `course_categories`.
@Singleton
public final class CategoryRepository {

    private static final String COLUMNS =
            "id, name, slug, description, parent_id, sort_order, icon_url, active, version ";

    private final SlugRepository slugs;

    CategoryRepository(SlugRepository slugs) {
        this.slugs = slugs;
    }

    /// Refuses a category that does not exist, and keeps one that does from being deleted until the end of
    /// the transaction; none at all is fine.
    ///
    /// @throws ServiceException NOT_FOUND with CATEGORY_NOT_FOUND
    public void requireExists(@Nullable UUID categoryId) {
        if (categoryId != null && !exists(categoryId)) {
            throw notFound();
        }
    }

    /// Whether there is such a category; it stays until the end of the transaction.
    public boolean exists(UUID categoryId) {
        return Handles.current().createQuery("SELECT true FROM course_categories WHERE id = :id FOR KEY SHARE")
                .bind("id", categoryId)
                .mapTo(Boolean.class)
                .findOne()
                .isPresent();
    }

    /// NOT_FOUND with CATEGORY_NOT_FOUND.
    static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_CATEGORY_NOT_FOUND, "category not found");
    }

    /// Lets one caller at a time change the tree, until the end of its transaction, so that no name is given
    /// twice and no two moves make a circle.
    void lockTree() {
        Handles.current().execute("SELECT pg_advisory_xact_lock(hashtextextended('courses.category-tree', 0))");
    }

    /// Whether the parent has another category of this name.
    boolean isNameTaken(Category category) {
        return Handles.current().createQuery("""
                        SELECT EXISTS (
                            SELECT 1 FROM course_categories
                            WHERE parent_id IS NOT DISTINCT FROM CAST(:parentId AS uuid)
                              AND name = CAST(:name AS citext) AND id <> :id)
                        """)
                .bindMethods(category)
                .mapTo(Boolean.class)
                .one();
    }

    /// Ids from a category up to the top, itself first.
    List<UUID> path(@Nullable UUID id) {
        return Handles.current().createQuery("""
                        WITH RECURSIVE path AS (
                            SELECT id, parent_id, 1 AS step FROM course_categories WHERE id = CAST(:id AS uuid)
                            UNION ALL
                            SELECT category.id, category.parent_id, step + 1
                            FROM course_categories category JOIN path ON category.id = path.parent_id)
                        SELECT id FROM path ORDER BY step
                        """).bind("id", id).mapTo(UUID.class).list();
    }

    /// How many levels a category has, its own counted in.
    int height(UUID id) {
        return Handles.current().createQuery("""
                        WITH RECURSIVE tree AS (
                            SELECT id, 1 AS level FROM course_categories WHERE id = :id
                            UNION ALL
                            SELECT child.id, level + 1
                            FROM course_categories child JOIN tree ON child.parent_id = tree.id)
                        SELECT coalesce(max(level), 1) FROM tree
                        """).bind("id", id).mapTo(Integer.class).one();
    }

    /// Inserts a category whose name is free, under a slug of its own.
    ///
    /// @return the slug
    String insert(Category category) {
        return slugs.insert(
                SlugRepository.Table.CATEGORIES,
                category.name(),
                slug -> Handles.current().createUpdate("""
                                        INSERT INTO course_categories (id, name, slug, description, parent_id, sort_order)
                                        VALUES (:id, :name, :newSlug, :description, :parentId, :sortOrder)
                                        ON CONFLICT (slug) DO NOTHING
                                        """)
                                .bindMethods(category)
                                .bind("newSlug", slug)
                                .execute()
                        == 1);
    }

    void update(Category category) {
        Handles.current().createUpdate("""
                        UPDATE course_categories
                        SET name = :name, description = :description, parent_id = :parentId, icon_url = :iconUrl,
                            active = :active, version = :version, updated_at = now()
                        WHERE id = :id
                        """).bindMethods(category).execute();
    }

    void delete(UUID id) {
        Handles.current().createUpdate("DELETE FROM course_categories WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    /// Reads a category and keeps others from changing it, and from putting anything into it, until the end
    /// of the transaction.
    Optional<Category> lock(UUID id) {
        return Handles.current().createQuery("SELECT " + COLUMNS + "FROM course_categories WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .map((row, context) -> category(row))
                .findOne();
    }

    /// A category by id or by slug.
    ///
    /// @param all whether also those that are not offered, by themselves or by one above
    Optional<Category> find(@Nullable UUID id, String slug, boolean all) {
        return Handles.current().createQuery("SELECT " + COLUMNS + """
                        FROM course_categories category
                        WHERE (id = CAST(:id AS uuid) OR slug = :slug) AND (:all OR NOT EXISTS (
                            WITH RECURSIVE path AS (
                                SELECT category.parent_id, category.active
                                UNION ALL
                                SELECT above.parent_id, above.active
                                FROM course_categories above JOIN path ON above.id = path.parent_id)
                            SELECT 1 FROM path WHERE NOT active))
                        """)
                .bind("id", id)
                .bind("slug", slug)
                .bind("all", all)
                .map((row, context) -> category(row))
                .findOne();
    }

    long countCourses(UUID id) {
        return Handles.current().createQuery("SELECT count(*) FROM courses WHERE category_id = :id")
                .bind("id", id)
                .mapTo(Long.class)
                .one();
    }

    /// The children of a category, or of the top, in their order.
    List<Category> children(@Nullable UUID parentId) {
        return Handles.current().createQuery("SELECT " + COLUMNS + """
                        FROM course_categories WHERE parent_id IS NOT DISTINCT FROM CAST(:parentId AS uuid)
                        ORDER BY sort_order, lower(name::text), id
                        """)
                .bind("parentId", parentId)
                .map((row, context) -> category(row))
                .list();
    }

    /// Gives categories the places that they have in the list, in one statement.
    void reorder(List<UUID> ids) {
        Handles.current().createUpdate("""
                        UPDATE course_categories category
                        SET sort_order = wanted.place - 1, version = category.version + 1, updated_at = now()
                        FROM unnest(CAST(:ids AS uuid[])) WITH ORDINALITY AS wanted (id, place)
                        WHERE category.id = wanted.id AND category.sort_order <> wanted.place - 1
                        """).bindArray("ids", UUID.class, ids).execute();
    }

    /// The tree from the top: parents before children, siblings by place, then name.
    ///
    /// @param afterId the last category that was read; null for the first page
    /// @param all whether also those that are not offered, and what is below them
    List<Category> list(@Nullable UUID afterId, int limit, boolean all) {
        return Handles.current().createQuery("""
                        WITH RECURSIVE tree AS (
                            SELECT category.*, <step> AS path
                            FROM course_categories category WHERE parent_id IS NULL AND (active OR :all)
                            UNION ALL
                            SELECT category.*, tree.path || chr(2) || <step>
                            FROM course_categories category JOIN tree ON category.parent_id = tree.id
                            WHERE category.active OR :all)
                        SELECT <columns> FROM tree
                        WHERE CAST(:afterId AS uuid) IS NULL
                           OR path COLLATE "C" > (SELECT path FROM tree WHERE id = :afterId) COLLATE "C"
                        ORDER BY path COLLATE "C" LIMIT :limit
                        """)
                .define("columns", COLUMNS)
                .define(
                        "step",
                        "lpad(category.sort_order::text, 6, '0') || lower(category.name::text) || chr(1) || category.id")
                .bind("afterId", afterId)
                .bind("limit", limit)
                .bind("all", all)
                .map((row, context) -> category(row))
                .list();
    }

    private static Category category(ResultSet row) throws SQLException {
        return new Category(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("slug"),
                row.getString("description"),
                row.getObject("parent_id", UUID.class),
                row.getInt("sort_order"),
                row.getString("icon_url"),
                row.getBoolean("active"),
                row.getLong("version"));
    }
}
