package org.aula.grades.gradebook;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Session;
import org.aula.kernel.postgres.Sql;
import org.aula.kernel.postgres.TextArray;
import org.aula.kernel.postgres.UuidArray;
import org.jspecify.annotations.Nullable;

/// Rows of `gradebook`, one for each learner of a course, and of `gradebook_items`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface GradebookRepository extends GenericRepository<GradebookRow, UUID> {

    /// As the last version calls it, when the transaction ends; an older one changes nothing. The row is
    /// not even locked when it is known in this version: a whole class hands in at once, and they share it.
    default void saveItem(Item item) {
        Session.current()
                .defer(
                        """
                INSERT INTO gradebook_items AS known (id, course_id, kind, title, max_points, item_version)
                SELECT ?, ?, ?, ?, ?, ?
                WHERE NOT EXISTS (SELECT FROM gradebook_items WHERE id = ? AND item_version >= ?)
                ON CONFLICT (id) DO UPDATE
                SET title = excluded.title, max_points = excluded.max_points,
                    item_version = excluded.item_version
                WHERE known.item_version < excluded.item_version
                """,
                        item.id(),
                        item.courseId(),
                        item.kind().name(),
                        item.title(),
                        item.maxPoints(),
                        item.version(),
                        item.id(),
                        item.version());
    }

    @Query("""
            SELECT id, kind, title, max_points, category_id FROM gradebook_items
            WHERE course_id = :courseId ORDER BY id
            """)
    List<GradedItem> items(UUID courseId);

    /// Puts items into categories; those that are not named are in none.
    @Query("""
            UPDATE gradebook_items item
            SET category_id = (
                SELECT category FROM unnest(CAST(:itemIds AS uuid[]), CAST(:categoryIds AS text[]))
                    AS given (id, category)
                WHERE given.id = item.id)
            WHERE item.course_id = :courseId
            """)
    void setCategories(UUID courseId, @UuidArray List<UUID> itemIds, @TextArray List<String> categoryIds);

    /// Deletes how the grade of a course is made.
    @Query("DELETE FROM gradebook_settings WHERE course_id = :courseId")
    void deleteSettings(UUID courseId);

    /// Deletes the items of a course for which nobody has a score.
    @Query("""
            DELETE FROM gradebook_items item WHERE course_id = :courseId
            AND NOT EXISTS (SELECT FROM gradebook_scores score WHERE score.item_id = item.id)
            """)
    void deleteItemsWithoutScore(UUID courseId);

    /// Marks a learner's grade when the transaction ends.
    default void markDirty(UUID courseId, UUID userId, Instant now) {
        Session.current().defer("""
                INSERT INTO gradebook (course_id, user_id, dirty, updated_at)
                VALUES (?, ?, true, ?)
                ON CONFLICT (course_id, user_id) DO UPDATE SET dirty = true, updated_at = excluded.updated_at
                """, courseId, userId, now);
    }

    /// Marks the grades of all learners of a course when the transaction ends.
    default void markCourseDirty(UUID courseId) {
        Session.current().defer("UPDATE gradebook SET dirty = true WHERE course_id = ? AND NOT dirty", courseId);
    }

    /// A course in which something waits.
    @Query("SELECT course_id FROM gradebook WHERE dirty LIMIT 1")
    Optional<UUID> findDirtyCourse();

    /// Takes learners of a course whose grades wait; those whose rows somebody is writing come next time.
    default List<GradebookRow> lockDirty(UUID courseId, int limit) {
        return Sql.of("""
                SELECT user_id, points, updated_at FROM gradebook WHERE course_id = ? AND dirty
                ORDER BY user_id LIMIT ? FOR UPDATE SKIP LOCKED
                """, courseId, limit).list(GradebookRow.class);
    }

    /// Writes grades, all by one statement.
    default void save(UUID courseId, List<Grade> grades) {
        Sql.of(
                        """
                        UPDATE gradebook book
                        SET percentage = CAST(given.percentage AS numeric), letter = given.letter,
                            points = CAST(given.points AS numeric), dirty = false
                        FROM unnest(CAST(? AS uuid[]), CAST(? AS text[]), CAST(? AS text[]), CAST(? AS text[]))
                            AS given (user_id, percentage, letter, points)
                        WHERE book.course_id = ? AND book.user_id = given.user_id
                        """,
                        grades.stream().map(Grade::userId).toArray(UUID[]::new),
                        grades.stream().map(GradebookRepository::percentage).toArray(String[]::new),
                        grades.stream().map(Grade::letter).toArray(String[]::new),
                        grades.stream()
                                .map(grade -> grade.points().toPlainString())
                                .toArray(String[]::new),
                        courseId)
                .update();
    }

    private static @Nullable String percentage(Grade grade) {
        var percentage = grade.percentage();
        return percentage == null ? null : percentage.toPlainString();
    }

    @Query("SELECT user_id, points, updated_at FROM gradebook WHERE course_id = :courseId AND user_id = :userId")
    Optional<GradebookRow> find(UUID courseId, UUID userId);

    /// One page of the learners of a course.
    @Query("""
            SELECT user_id, points, updated_at FROM gradebook
            WHERE course_id = :courseId AND (CAST(:after AS uuid) IS NULL OR user_id > CAST(:after AS uuid))
            ORDER BY user_id LIMIT :limit
            """)
    List<GradebookRow> list(UUID courseId, @Nullable UUID after, int limit);
}
