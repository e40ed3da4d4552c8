package org.aula.grades.gradebook;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.aula.kernel.postgres.Handles;
import org.aula.kernel.postgres.Session;
import org.jspecify.annotations.Nullable;

/// `gradebook`, a row for each learner of a course, and `gradebook_items`.
@Singleton
public final class GradebookRepository {

    /// As the last version calls it, when the transaction ends; an older one changes nothing. The row is not even
    /// locked when it is known in this version: a whole class hands in at once, and they share it.
    void saveItem(Item item) {
        Session.current().defer("""
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

    List<GradedItem> items(UUID courseId) {
        return Handles.current().createQuery("""
                        SELECT id, kind, title, max_points, category_id FROM gradebook_items
                        WHERE course_id = :courseId ORDER BY id
                        """)
                .bind("courseId", courseId)
                .map((row, context) -> new GradedItem(
                        row.getObject("id", UUID.class),
                        Item.Kind.valueOf(row.getString("kind")),
                        row.getString("title"),
                        row.getBigDecimal("max_points"),
                        row.getString("category_id")))
                .list();
    }

    /// Puts items into categories; those that are not named are in none.
    void setCategories(UUID courseId, List<UUID> itemIds, List<String> categoryIds) {
        Handles.current().createUpdate("""
                        UPDATE gradebook_items item
                        SET category_id = (
                            SELECT category FROM unnest(:itemIds, :categoryIds) AS given (id, category)
                            WHERE given.id = item.id)
                        WHERE item.course_id = :courseId
                        """)
                .bind("courseId", courseId)
                .bindArray("itemIds", UUID.class, itemIds)
                .bindArray("categoryIds", String.class, categoryIds)
                .execute();
    }

    void forget(UUID courseId) {
        Handles.current().execute("DELETE FROM gradebook_settings WHERE course_id = ?", courseId);
        Handles.current().execute("""
                DELETE FROM gradebook_items item WHERE course_id = ?
                AND NOT EXISTS (SELECT FROM gradebook_scores score WHERE score.item_id = item.id)
                """, courseId);
    }

    /// Marks a learner's grade when the transaction ends.
    void markDirty(UUID courseId, UUID userId, Instant now) {
        Session.current().defer("""
                INSERT INTO gradebook (course_id, user_id, dirty, updated_at)
                VALUES (?, ?, true, ?)
                ON CONFLICT (course_id, user_id) DO UPDATE SET dirty = true, updated_at = excluded.updated_at
                """, courseId, userId, now);
    }

    /// Marks the grades of all learners of a course when the transaction ends.
    void markCourseDirty(UUID courseId) {
        Session.current().defer("UPDATE gradebook SET dirty = true WHERE course_id = ? AND NOT dirty", courseId);
    }

    /// A course in which something waits.
    Optional<UUID> findDirtyCourse() {
        return Handles.current().createQuery("SELECT course_id FROM gradebook WHERE dirty LIMIT 1")
                .mapTo(UUID.class)
                .findOne();
    }

    /// Takes learners of a course whose grades wait; those whose rows somebody is writing come next time.
    List<GradebookRow> lockDirty(UUID courseId, int limit) {
        return Handles.current().createQuery("""
                        SELECT user_id, points, updated_at FROM gradebook WHERE course_id = :courseId AND dirty
                        ORDER BY user_id LIMIT :limit FOR UPDATE SKIP LOCKED
                        """)
                .bind("courseId", courseId)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list();
    }

    /// Writes grades, all by one statement.
    void save(UUID courseId, List<Grade> grades) {
        Handles.current().createUpdate("""
                        UPDATE gradebook book
                        SET percentage = CAST(given.percentage AS numeric), letter = given.letter,
                            points = CAST(given.points AS numeric), dirty = false
                        FROM unnest(:userIds, :percentages, :letters, :points)
                            AS given (user_id, percentage, letter, points)
                        WHERE book.course_id = :courseId AND book.user_id = given.user_id
                        """)
                .bind("courseId", courseId)
                .bindArray(
                        "userIds",
                        UUID.class,
                        grades.stream().map(Grade::userId).toList())
                .bindArray(
                        "percentages",
                        String.class,
                        grades.stream().map(GradebookRepository::text).toArray())
                .bindArray(
                        "letters",
                        String.class,
                        grades.stream().map(Grade::letter).toList())
                .bindArray(
                        "points",
                        String.class,
                        grades.stream()
                                .map(grade -> grade.points().toPlainString())
                                .toList())
                .execute();
    }

    private static @Nullable String text(Grade grade) {
        var percentage = grade.percentage();
        return percentage == null ? null : percentage.toPlainString();
    }

    Optional<GradebookRow> find(UUID courseId, UUID userId) {
        return Handles.current().createQuery("""
                        SELECT user_id, points, updated_at FROM gradebook
                        WHERE course_id = :courseId AND user_id = :userId
                        """)
                .bind("courseId", courseId)
                .bind("userId", userId)
                .map((row, context) -> row(row))
                .findOne();
    }

    /// One page of the learners of a course.
    List<GradebookRow> list(UUID courseId, @Nullable UUID after, int limit) {
        return Handles.current().createQuery("""
                        SELECT user_id, points, updated_at FROM gradebook
                        WHERE course_id = :courseId
                            AND (CAST(:after AS uuid) IS NULL OR user_id > CAST(:after AS uuid))
                        ORDER BY user_id LIMIT :limit
                        """)
                .bind("courseId", courseId)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list();
    }

    private static GradebookRow row(ResultSet row) throws SQLException {
        return new GradebookRow(
                row.getObject("user_id", UUID.class), row.getBigDecimal("points"), Columns.instant(row, "updated_at"));
    }
}
