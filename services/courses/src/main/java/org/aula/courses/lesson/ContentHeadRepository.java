package org.aula.courses.lesson;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.UuidArray;

/// Rows of `lesson_content_heads`: the documents of MongoDB count as far as these say.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ContentHeadRepository extends GenericRepository<ContentHead, UUID> {

    String SELECT = """
            SELECT lesson_id, latest, coalesce(published, 0) AS published, published_at FROM lesson_content_heads
            """;

    @Query(SELECT + "WHERE lesson_id = :lessonId")
    Optional<ContentHead> find(UUID lessonId);

    /// Makes the head of a lesson for which nothing was written, unless it is there or there is no such
    /// lesson.
    @Query("""
            INSERT INTO lesson_content_heads (lesson_id, latest)
            SELECT id, 0 FROM lessons WHERE id = :lessonId AND deleted_at IS NULL
            ON CONFLICT DO NOTHING
            """)
    void insert(UUID lessonId);

    /// As [#find], and nobody else can write content of the lesson until the end of the transaction.
    @Query(SELECT + "WHERE lesson_id = :lessonId FOR UPDATE")
    Optional<ContentHead> lock(UUID lessonId);

    @Query("""
            UPDATE lesson_content_heads
            SET latest = :latest, published = nullif(:published, 0), published_at = :publishedAt
            WHERE lesson_id = :lessonId
            """)
    void update(ContentHead head);

    /// Makes the first revision of new lessons the one that counts.
    @Query("""
            INSERT INTO lesson_content_heads (lesson_id, latest, published, published_at)
            SELECT id, 1, 1, CAST(:now AS timestamptz) FROM unnest(CAST(:lessonIds AS uuid[])) AS written (id)
            """)
    void insertFirst(@UuidArray Collection<UUID> lessonIds, Instant now);
}
