package org.aula.courses.lesson;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.aula.kernel.postgres.Handles;

/// Rows of `lesson_content_heads`: the documents of MongoDB count as far as these say.
@Singleton
final class ContentHeadRepository {

    ContentHead find(UUID lessonId) {
        return Handles.current().createQuery("SELECT * FROM lesson_content_heads WHERE lesson_id = :lessonId")
                .bind("lessonId", lessonId)
                .map((row, context) -> head(row))
                .findOne()
                .orElseGet(() -> ContentHead.none(lessonId));
    }

    List<ContentHead> findAll(Collection<UUID> lessonIds) {
        return Handles.current().createQuery("SELECT * FROM lesson_content_heads WHERE lesson_id = ANY(:lessonIds)")
                .bindArray("lessonIds", UUID.class, lessonIds)
                .map((row, context) -> head(row))
                .list();
    }

    /// Lets nobody else write content of a lesson until the end of the transaction; empty when there is no
    /// such lesson.
    Optional<ContentHead> lock(UUID lessonId) {
        Handles.current().createUpdate("""
                        INSERT INTO lesson_content_heads (lesson_id, latest)
                        SELECT id, 0 FROM lessons WHERE id = :lessonId AND deleted_at IS NULL
                        ON CONFLICT DO NOTHING
                        """).bind("lessonId", lessonId).execute();
        return Handles.current().createQuery("SELECT * FROM lesson_content_heads WHERE lesson_id = :lessonId FOR UPDATE")
                .bind("lessonId", lessonId)
                .map((row, context) -> head(row))
                .findOne();
    }

    void update(ContentHead head) {
        var publishedAt = head.publishedAt();
        Handles.current().createUpdate("""
                        UPDATE lesson_content_heads
                        SET latest = :latest, published = :published, published_at = :publishedAt
                        WHERE lesson_id = :lessonId
                        """)
                .bind("lessonId", head.lessonId())
                .bind("latest", head.latest())
                .bind("published", head.published() == 0 ? null : (Integer) head.published())
                .bind("publishedAt", publishedAt == null ? null : publishedAt.atOffset(ZoneOffset.UTC))
                .execute();
    }

    /// Makes the first revision of new lessons the one that counts, in one statement.
    void insertFirst(Collection<UUID> lessonIds, Instant now) {
        Handles.current().createUpdate("""
                        INSERT INTO lesson_content_heads (lesson_id, latest, published, published_at)
                        SELECT id, 1, 1, :now FROM unnest(CAST(:lessonIds AS uuid[])) AS written (id)
                        """)
                .bindArray("lessonIds", UUID.class, lessonIds)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute();
    }

    private static ContentHead head(ResultSet row) throws SQLException {
        return new ContentHead(
                row.getObject("lesson_id", UUID.class),
                row.getInt("latest"),
                row.getInt("published"),
                Columns.instantOrNull(row, "published_at"));
    }
}
