package org.aula.courses.tag;

import com.google.rpc.Code;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Rows of `tags` and `course_tags`.
@Singleton
public final class TagRepository {

    private static final String COUNTED = """
            SELECT tag.id, tag.name, tag.color, (
                SELECT count(*) FROM course_tags link JOIN courses course ON course.id = link.course_id
                WHERE link.tag_id = tag.id AND course.status = 'PUBLISHED' AND course.deleted_at IS NULL
            ) AS course_count
            FROM tags tag
            """;

    /// Lets one caller at a time give names, until the end of its transaction, so that none is given twice.
    void lockNames(Handle handle) {
        handle.execute("SELECT pg_advisory_xact_lock(hashtextextended('courses.tag-names', 0))");
    }

    /// Whether another tag has this name.
    boolean isNameTaken(Handle handle, Tag tag) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT 1 FROM tags WHERE name = CAST(:name AS citext) AND id <> :id)
                        """).bindMethods(tag).mapTo(Boolean.class).one();
    }

    void insert(Handle handle, Tag tag) {
        handle.createUpdate("INSERT INTO tags (id, name, color) VALUES (:id, :name, :color)")
                .bindMethods(tag)
                .execute();
    }

    void update(Handle handle, Tag tag) {
        handle.createUpdate("UPDATE tags SET name = :name, color = :color WHERE id = :id")
                .bindMethods(tag)
                .execute();
    }

    /// Deletes a tag and takes it from every course.
    void delete(Handle handle, UUID id) {
        handle.createUpdate("DELETE FROM tags WHERE id = :id").bind("id", id).execute();
    }

    Optional<Tag> find(Handle handle, UUID id) {
        return handle.createQuery(COUNTED + "WHERE tag.id = :id")
                .bind("id", id)
                .map((row, context) -> tag(row))
                .findOne();
    }

    List<Tag> findAll(Handle handle, List<UUID> ids) {
        return handle.createQuery(COUNTED + "WHERE tag.id = ANY(:ids)")
                .bindArray("ids", UUID.class, ids)
                .map((row, context) -> tag(row))
                .list();
    }

    /// Tags by name.
    ///
    /// @param prefix only those that begin so; empty for all
    /// @param afterName name of the last tag that was read; null for the first page
    List<Tag> list(Handle handle, String prefix, @Nullable String afterName, int limit) {
        return handle.createQuery(COUNTED + """
                        WHERE lower(tag.name::text) COLLATE "C" LIKE lower(:prefix) || '%'
                          AND (CAST(:afterName AS text) IS NULL
                            OR lower(tag.name::text) COLLATE "C" > lower(CAST(:afterName AS text)))
                        ORDER BY lower(tag.name::text) COLLATE "C" LIMIT :limit
                        """)
                .bind("prefix", prefix.replaceAll("([\\\\%_])", "\\\\$1"))
                .bind("afterName", afterName)
                .bind("limit", limit)
                .map((row, context) -> tag(row))
                .list();
    }

    /// Tags of these words, however they are written.
    public List<Tag> findByNames(Handle handle, List<String> names) {
        return handle.createQuery("""
                        SELECT id, name, color, 0 AS course_count FROM tags
                        WHERE lower(name::text) COLLATE "C" = ANY(SELECT lower(word) FROM unnest(:names) AS word)
                        """)
                .bindArray("names", String.class, names)
                .map((row, context) -> tag(row))
                .list();
    }

    /// Gives a course these tags and no others.
    ///
    /// @return the tags, by name, not counted
    /// @throws ServiceException NOT_FOUND with TAG_NOT_FOUND
    public List<Tag> set(Handle handle, UUID courseId, List<UUID> tagIds) {
        var tags = handle.createQuery("""
                        SELECT id, name, color, 0 AS course_count FROM tags WHERE id = ANY(:tagIds)
                        ORDER BY lower(name::text) COLLATE "C" FOR KEY SHARE
                        """)
                .bindArray("tagIds", UUID.class, tagIds)
                .map((row, context) -> tag(row))
                .list();
        var known = tags.stream().map(Tag::id).toList();
        tagIds.stream().filter(id -> !known.contains(id)).findFirst().ifPresent(id -> {
            throw notFound(id);
        });
        handle.createUpdate("DELETE FROM course_tags WHERE course_id = :courseId AND tag_id <> ALL(:tagIds)")
                .bind("courseId", courseId)
                .bindArray("tagIds", UUID.class, tagIds)
                .execute();
        handle.createUpdate("""
                        INSERT INTO course_tags (course_id, tag_id)
                        SELECT :courseId, tag_id FROM unnest(CAST(:tagIds AS uuid[])) AS wanted (tag_id)
                        ON CONFLICT DO NOTHING
                        """)
                .bind("courseId", courseId)
                .bindArray("tagIds", UUID.class, tagIds)
                .execute();
        return tags;
    }

    /// NOT_FOUND with TAG_NOT_FOUND.
    static ServiceException notFound(UUID id) {
        return Errors.of(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_TAG_NOT_FOUND,
                "tag not found",
                Map.of("tag_id", id.toString()));
    }

    private static Tag tag(ResultSet row) throws SQLException {
        return new Tag(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("color"),
                row.getLong("course_count"));
    }
}
