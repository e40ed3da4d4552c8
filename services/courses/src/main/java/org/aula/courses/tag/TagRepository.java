package org.aula.courses.tag;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;
import org.aula.kernel.postgres.TextArray;
import org.aula.kernel.postgres.UuidArray;
import org.aula.kernel.sort.SortKeys;
import org.aula.kernel.sort.SortedTable;

/// Rows of `tags` and `course_tags`.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface TagRepository extends GenericRepository<Tag, UUID> {

    SortedTable SORTED = SortedTable.of("tags", "name");

    /// Tags with the published courses that carry them; conditions follow.
    String COUNTED = """
            SELECT tag.id, tag.name, tag.color, (
                SELECT count(*) FROM course_tags link JOIN courses course ON course.id = link.course_id
                WHERE link.tag_id = tag.id AND course.status = 'PUBLISHED' AND course.deleted_at IS NULL
            ) AS course_count
            FROM tags tag
            """;

    /// Lets one caller at a time give names, until the end of its transaction, so that none is given twice.
    @Query("SELECT CAST(pg_advisory_xact_lock(hashtextextended('courses.tag-names', 0)) AS text)")
    String lockNames();

    /// Whether another tag has this name.
    @Query("SELECT EXISTS (SELECT 1 FROM tags WHERE name = CAST(:name AS citext) AND id <> :id)")
    boolean isNameTaken(String name, UUID id);

    default void insert(Tag tag) {
        Sql.of(
                        "INSERT INTO tags (id, name, color, sort_key) VALUES (?, ?, ?, ?)",
                        tag.id(),
                        tag.name(),
                        tag.color(),
                        SortKeys.of(tag.name()))
                .update();
    }

    default void update(Tag tag) {
        Sql.of(
                        "UPDATE tags SET name = ?, color = ?, sort_key = ? WHERE id = ?",
                        tag.name(),
                        tag.color(),
                        SortKeys.of(tag.name()),
                        tag.id())
                .update();
    }

    /// Deletes a tag and takes it from every course.
    @Query("DELETE FROM tags WHERE id = :id")
    void delete(UUID id);

    @Query(COUNTED + "WHERE tag.id = :id")
    Optional<Tag> find(UUID id);

    @Query(COUNTED + "WHERE tag.id = ANY(:ids)")
    List<Tag> findAll(@UuidArray List<UUID> ids);

    /// Tags by name.
    ///
    /// @param prefix only those that begin so; empty for all
    /// @param after cursor of the last tag that was read; empty for the first page
    default List<Tag> list(String prefix, List<String> after, int limit) {
        var sql = Sql.of(COUNTED + "WHERE starts_with(lower(tag.name::text) COLLATE \"C\", lower(?))", prefix);
        if (!after.isEmpty()) {
            sql.add(" AND ").add(SORTED.behind("tag", after));
        }
        return sql.add(" ORDER BY tag.sort_key, tag.id LIMIT ?", limit).list(Tag.class);
    }

    /// Tags of these words, however they are written.
    @Query("""
            SELECT id, name, color, 0 AS course_count FROM tags
            WHERE lower(name::text) COLLATE "C" = ANY(SELECT lower(word) FROM unnest(:names) AS word)
            """)
    List<Tag> findByNames(@TextArray List<String> names);

    /// These tags by name, not counted. They can be deleted by nobody until the end of the transaction.
    @Query("""
            SELECT id, name, color, 0 AS course_count FROM tags WHERE id = ANY(:ids)
            ORDER BY sort_key, id FOR KEY SHARE
            """)
    List<Tag> lockAll(@UuidArray List<UUID> ids);

    /// Takes all other tags from a course.
    @Query("DELETE FROM course_tags WHERE course_id = :courseId AND tag_id <> ALL(:tagIds)")
    void unlinkOthers(UUID courseId, @UuidArray List<UUID> tagIds);

    /// Gives a course these tags, those that it has aside.
    @Query("""
            INSERT INTO course_tags (course_id, tag_id)
            SELECT :courseId, tag_id FROM unnest(CAST(:tagIds AS uuid[])) AS wanted (tag_id)
            ON CONFLICT DO NOTHING
            """)
    void link(UUID courseId, @UuidArray List<UUID> tagIds);
}
