package org.aula.courses.review;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;
import org.aula.kernel.postgres.UuidArray;
import org.jspecify.annotations.Nullable;

/// Rows of `course_reviews`, their votes in `review_votes`, and what they come to in `course_stats`.
///
/// Whoever changes a review locks its row first and the row of the counts last, so that two never wait for
/// each other.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ReviewRepository extends GenericRepository<Review, UUID> {

    /// Reads whole reviews; the id of the viewer, whose vote it is, and conditions follow.
    String SELECT = """
            SELECT review.id, review.course_id, review.user_id, review.rating, review.title, review.text,
                   review.visible, review.verified, review.helpful_count, review.created_at, review.updated_at,
                   review.version, vote.user_id IS NOT NULL AS helpful_to_me
            FROM course_reviews review
            LEFT JOIN review_votes vote ON vote.review_id = review.id AND vote.user_id =
            """;

    /// Inserts a review, unless its writer has one of the course already.
    ///
    /// @return false when there is one
    default boolean insert(Review review) {
        return Sql.of(
                                """
                                INSERT INTO course_reviews (
                                    id, course_id, user_id, rating, title, text, visible, verified, created_at,
                                    updated_at, version)
                                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                                ON CONFLICT (course_id, user_id) DO NOTHING
                                """,
                                review.id(),
                                review.courseId(),
                                review.userId(),
                                review.rating(),
                                review.title(),
                                review.text(),
                                review.visible(),
                                review.verified(),
                                review.createdAt(),
                                review.updatedAt(),
                                review.version())
                        .update()
                == 1;
    }

    @Query(SELECT + ":viewerId WHERE review.id = :id")
    Optional<Review> find(UUID id, @Nullable UUID viewerId);

    /// What the viewer has written of these courses.
    @Query(SELECT + ":viewerId WHERE review.course_id = ANY(:courseIds) AND review.user_id = :viewerId")
    List<Review> findOwn(@UuidArray List<UUID> courseIds, @Nullable UUID viewerId);

    /// Keeps others from changing a review until the end of the transaction; empty when there is none.
    @Query("SELECT id FROM course_reviews WHERE id = :id FOR UPDATE")
    Optional<UUID> lock(UUID id);

    @Query("""
            UPDATE course_reviews
            SET rating = :rating, title = :title, text = :text, visible = :visible, updated_at = :updatedAt,
                version = :version
            WHERE id = :id
            """)
    void update(Review review);

    @Query("DELETE FROM course_reviews WHERE id = :id")
    void delete(UUID id);

    @Query("INSERT INTO review_votes (review_id, user_id) VALUES (:id, :userId)")
    void insertVote(UUID id, UUID userId);

    @Query("DELETE FROM review_votes WHERE review_id = :id AND user_id = :userId")
    void deleteVote(UUID id, UUID userId);

    @Query("UPDATE course_reviews SET helpful_count = :helpfulCount WHERE id = :id")
    void updateHelpfulCount(Review review);

    /// Adds to what is counted of a course. The database adds, so that writers who do so at once lose
    /// nothing.
    @Query("""
            UPDATE course_stats
            SET rating_sum = rating_sum + :rating, review_count = review_count + :reviews, updated_at = now()
            WHERE course_id = :courseId
            """)
    void count(UUID courseId, int rating, int reviews);

    default List<Review> list(ReviewQuery query) {
        var order = query.order();
        var column = order.column();
        var direction = order.isDescending() ? " DESC" : "";
        var sql = Sql.of(
                        SELECT + "? WHERE review.course_id = ? AND ",
                        query.viewer().id(),
                        query.courseId())
                .add(query.viewer().visible());
        if (query.rating() != 0) {
            sql.add(" AND review.rating = ?", query.rating());
        }
        if (!query.after().isEmpty()) {
            var sign = order.isDescending() ? "<" : ">";
            var afterId = UUID.fromString(query.after().getLast());
            if (column.isEmpty()) {
                sql.add(" AND review.id " + sign + " ?", afterId);
            } else {
                sql.add(
                        " AND (" + column + ", review.id) " + sign + " (?, ?)",
                        Long.parseLong(query.after().getFirst()),
                        afterId);
            }
        }
        return sql.add(" ORDER BY " + (column.isEmpty() ? "" : column + direction + ", ") + "review.id" + direction)
                .add(" LIMIT ?", query.limit())
                .list(Review.class);
    }

    /// Courses whose counts are not what their reviews come to. Changes under way may be among them.
    @Query("""
            SELECT stats.course_id FROM course_stats stats
            LEFT JOIN (
                SELECT course_id, sum(rating) AS rating_sum, count(*) AS review_count
                FROM course_reviews WHERE visible GROUP BY course_id) counted USING (course_id)
            WHERE stats.rating_sum <> coalesce(counted.rating_sum, 0)
               OR stats.review_count <> coalesce(counted.review_count, 0)
            """)
    List<UUID> findMiscounted();

    /// Keeps others from counting reviews of a course until the end of the transaction.
    @Query("SELECT course_id FROM course_stats WHERE course_id = :courseId FOR UPDATE")
    Optional<UUID> lockCounts(UUID courseId);

    /// Counts the reviews of a course anew.
    ///
    /// @return 0 when the counts were right
    @Query("""
            UPDATE course_stats stats
            SET rating_sum = counted.rating_sum, review_count = counted.review_count, updated_at = now()
            FROM (
                SELECT coalesce(sum(rating), 0) AS rating_sum, count(*) AS review_count
                FROM course_reviews WHERE course_id = :courseId AND visible) counted
            WHERE stats.course_id = :courseId
              AND (stats.rating_sum, stats.review_count)
                  IS DISTINCT FROM (counted.rating_sum, counted.review_count)
            """)
    int recount(UUID courseId);
}
