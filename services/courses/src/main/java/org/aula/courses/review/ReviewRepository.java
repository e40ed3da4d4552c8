package org.aula.courses.review;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.aula.kernel.postgres.Handles;

/// Rows of `course_reviews`, their votes in `review_votes`, and what they come to in `course_stats`.
///
/// Whoever changes a review locks its row first and the row of the counts last, so that two never wait for
/// each other.
@Singleton
final class ReviewRepository {

    private static final String SELECT = """
            SELECT review.*, vote.user_id IS NOT NULL AS helpful_to_me
            FROM course_reviews review
            LEFT JOIN review_votes vote ON vote.review_id = review.id AND vote.user_id = :viewer.id
            """;

    /// Inserts a review, unless its writer has one of the course already.
    ///
    /// @return false when there is one
    boolean insert(Review review) {
        return Handles.current().createUpdate("""
                                INSERT INTO course_reviews (
                                    id, course_id, user_id, rating, title, text, visible, verified, created_at,
                                    updated_at, version)
                                VALUES (
                                    :id, :courseId, :userId, :rating, :title, :text, :visible, :verified, :createdAt,
                                    :updatedAt, :version)
                                ON CONFLICT (course_id, user_id) DO NOTHING
                                """).bindMethods(review).execute() == 1;
    }

    Optional<Review> find(UUID id, ReviewViewer viewer) {
        return Handles.current().createQuery(SELECT + "WHERE review.id = :id")
                .bind("id", id)
                .bindMethods("viewer", viewer)
                .map((row, context) -> review(row))
                .findOne();
    }

    /// What the viewer has written of these courses.
    List<Review> findOwn(List<UUID> courseIds, ReviewViewer viewer) {
        return Handles.current().createQuery(SELECT + "WHERE review.course_id = ANY(:courseIds) AND review.user_id = :viewer.id")
                .bindArray("courseIds", UUID.class, courseIds)
                .bindMethods("viewer", viewer)
                .map((row, context) -> review(row))
                .list();
    }

    /// Reads a review and keeps others from changing it until the end of the transaction.
    Optional<Review> lock(UUID id, ReviewViewer viewer) {
        var locked = Handles.current().createQuery("SELECT id FROM course_reviews WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne();
        // The vote is read after the lock is there: before it, another call of the same user may be at work.
        return locked.flatMap(known -> find(known, viewer));
    }

    void update(Review review) {
        Handles.current().createUpdate("""
                        UPDATE course_reviews
                        SET rating = :rating, title = :title, text = :text, visible = :visible,
                            updated_at = :updatedAt, version = :version
                        WHERE id = :id
                        """).bindMethods(review).execute();
    }

    void delete(UUID id) {
        Handles.current().createUpdate("DELETE FROM course_reviews WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    /// Writes a vote of the review's viewer, who has none yet, or takes it away, and the count with it.
    void vote(Review voted, UUID userId) {
        var vote = voted.helpfulToMe()
                ? "INSERT INTO review_votes (review_id, user_id) VALUES (:id, :userId)"
                : "DELETE FROM review_votes WHERE review_id = :id AND user_id = :userId";
        Handles.current().createUpdate(vote).bind("id", voted.id()).bind("userId", userId).execute();
        Handles.current().createUpdate("UPDATE course_reviews SET helpful_count = :count WHERE id = :id")
                .bind("count", voted.helpfulCount())
                .bind("id", voted.id())
                .execute();
    }

    /// Adds to what is counted of a course. The database adds, so that writers who do so at once lose
    /// nothing.
    void count(UUID courseId, int rating, int reviews) {
        if (rating == 0 && reviews == 0) {
            return;
        }
        Handles.current().createUpdate("""
                        UPDATE course_stats
                        SET rating_sum = rating_sum + :rating, review_count = review_count + :reviews,
                            updated_at = now()
                        WHERE course_id = :courseId
                        """)
                .bind("rating", rating)
                .bind("reviews", reviews)
                .bind("courseId", courseId)
                .execute();
    }

    List<Review> list(ReviewQuery query) {
        var order = query.order();
        var column = order.column();
        var direction = order.isDescending() ? " DESC" : "";
        var sql = new StringBuilder(SELECT)
                .append("WHERE review.course_id = :courseId AND ")
                .append(ReviewViewer.VISIBLE);
        if (query.rating() != 0) {
            sql.append(" AND review.rating = :rating");
        }
        if (!query.after().isEmpty()) {
            var sign = order.isDescending() ? "<" : ">";
            sql.append(
                    column.isEmpty()
                            ? " AND review.id %s :afterId".formatted(sign)
                            : " AND (%s, review.id) %s (:after, :afterId)".formatted(column, sign));
        }
        sql.append(" ORDER BY ")
                .append(column.isEmpty() ? "" : column + direction + ", ")
                .append("review.id")
                .append(direction)
                .append(" LIMIT :limit");
        var statement = Handles.current().createQuery(sql.toString())
                .bind("courseId", query.courseId())
                .bindMethods("viewer", query.viewer())
                .bind("limit", query.limit());
        if (query.rating() != 0) {
            statement.bind("rating", query.rating());
        }
        if (!query.after().isEmpty()) {
            statement.bind("afterId", UUID.fromString(query.after().getLast()));
            if (!column.isEmpty()) {
                statement.bind("after", Long.parseLong(query.after().getFirst()));
            }
        }
        return statement.map((row, context) -> review(row)).list();
    }

    /// Courses whose counts are not what their reviews come to. Changes under way may be among them.
    List<UUID> findMiscounted() {
        return Handles.current().createQuery("""
                        SELECT stats.course_id FROM course_stats stats
                        LEFT JOIN (
                            SELECT course_id, sum(rating) AS rating_sum, count(*) AS review_count
                            FROM course_reviews WHERE visible GROUP BY course_id) counted USING (course_id)
                        WHERE stats.rating_sum <> coalesce(counted.rating_sum, 0)
                           OR stats.review_count <> coalesce(counted.review_count, 0)
                        """).mapTo(UUID.class).list();
    }

    /// Counts the reviews of a course anew. The counts are locked in a statement before: so what is read
    /// are the changes that are in the counts, and those that are not yet add theirs afterwards.
    ///
    /// @return whether the counts were wrong
    boolean recount(UUID courseId) {
        Handles.current().createQuery("SELECT course_id FROM course_stats WHERE course_id = :courseId FOR UPDATE")
                .bind("courseId", courseId)
                .mapTo(UUID.class)
                .findOne();
        return Handles.current().createUpdate("""
                                UPDATE course_stats stats
                                SET rating_sum = counted.rating_sum, review_count = counted.review_count,
                                    updated_at = now()
                                FROM (
                                    SELECT coalesce(sum(rating), 0) AS rating_sum, count(*) AS review_count
                                    FROM course_reviews WHERE course_id = :courseId AND visible) counted
                                WHERE stats.course_id = :courseId
                                  AND (stats.rating_sum, stats.review_count)
                                      IS DISTINCT FROM (counted.rating_sum, counted.review_count)
                                """).bind("courseId", courseId).execute() == 1;
    }

    private static Review review(ResultSet row) throws SQLException {
        return new Review(
                row.getObject("id", UUID.class),
                row.getObject("course_id", UUID.class),
                row.getObject("user_id", UUID.class),
                row.getInt("rating"),
                row.getString("title"),
                row.getString("text"),
                row.getBoolean("visible"),
                row.getBoolean("verified"),
                row.getLong("helpful_count"),
                row.getBoolean("helpful_to_me"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"),
                row.getLong("version"));
    }
}
