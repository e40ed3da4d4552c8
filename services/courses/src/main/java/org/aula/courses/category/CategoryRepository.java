package org.aula.courses.category;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.courses.slug.SlugRepository;
import org.aula.kernel.error.Errors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Rows of `course_categories`.
@Singleton
public final class CategoryRepository {

    private final SlugRepository slugs;

    CategoryRepository(SlugRepository slugs) {
        this.slugs = slugs;
    }

    /// Refuses a category that does not exist; none at all is fine.
    ///
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with CATEGORY_NOT_FOUND
    public void requireExists(Handle handle, @Nullable UUID categoryId) {
        if (categoryId != null && !exists(handle, categoryId)) {
            throw Errors.notFound(ErrorReason.ERROR_REASON_CATEGORY_NOT_FOUND, "there is no such category");
        }
    }

    private static boolean exists(Handle handle, UUID categoryId) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM course_categories WHERE id = :id)")
                .bind("id", categoryId)
                .mapTo(Boolean.class)
                .one();
    }

    /// Lets one caller at a time give names, until the end of its transaction, so that none is given twice.
    void lockNames(Handle handle) {
        handle.execute("SELECT pg_advisory_xact_lock(hashtextextended('courses.category-names', 0))");
    }

    boolean isNameTaken(Handle handle, @Nullable UUID parentId, String name) {
        return handle.createQuery("""
                        SELECT EXISTS (
                            SELECT 1 FROM course_categories
                            WHERE parent_id IS NOT DISTINCT FROM CAST(:parentId AS uuid) AND name = CAST(:name AS citext))
                        """)
                .bind("parentId", parentId)
                .bind("name", name)
                .mapTo(Boolean.class)
                .one();
    }

    /// Inserts a category whose name is free, under a slug of its own.
    ///
    /// @return the slug
    String insert(Handle handle, Category category) {
        return slugs.insert(
                handle,
                SlugRepository.Table.CATEGORIES,
                category.name(),
                slug -> handle.createUpdate("""
                                        INSERT INTO course_categories (id, name, slug, description, parent_id, sort_order)
                                        VALUES (:id, :name, :slug, :description, :parentId, :sortOrder)
                                        ON CONFLICT (slug) DO NOTHING
                                        """)
                                .bind("id", category.id())
                                .bind("name", category.name())
                                .bind("slug", slug)
                                .bind("description", category.description())
                                .bind("parentId", category.parentId())
                                .bind("sortOrder", category.sortOrder())
                                .execute()
                        == 1);
    }

    /// The tree from the top: parents before children, siblings by place, then name.
    ///
    /// @param afterId the last category that was read; null for the first page
    List<Category> list(Handle handle, @Nullable UUID afterId, int limit) {
        return handle.createQuery("""
                        WITH RECURSIVE tree AS (
                            SELECT category.*, <step> AS path
                            FROM course_categories category WHERE parent_id IS NULL AND active
                            UNION ALL
                            SELECT category.*, tree.path || chr(2) || <step>
                            FROM course_categories category JOIN tree ON category.parent_id = tree.id
                            WHERE category.active)
                        SELECT id, name, slug, description, parent_id, sort_order FROM tree
                        WHERE CAST(:afterId AS uuid) IS NULL
                           OR path COLLATE "C" > (SELECT path FROM tree WHERE id = :afterId) COLLATE "C"
                        ORDER BY path COLLATE "C" LIMIT :limit
                        """)
                .define(
                        "step",
                        "lpad(category.sort_order::text, 6, '0') || lower(category.name::text) || chr(1) || category.id")
                .bind("afterId", afterId)
                .bind("limit", limit)
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
                row.getInt("sort_order"));
    }
}
