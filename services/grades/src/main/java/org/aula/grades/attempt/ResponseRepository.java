package org.aula.grades.attempt;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.aula.kernel.postgres.Sql;
import org.jspecify.annotations.Nullable;

/// Rows of `quiz_responses`. All answers of a request are written by one statement.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface ResponseRepository extends GenericRepository<Response, UUID> {

    String COLUMNS = """
            id, submission_id, question_id, answer_data, state, points_earned, max_points, instructor_feedback,
            auto_graded, claimed_by, claimed_until
            """;

    /// Answers; conditions follow.
    String SELECT = "SELECT " + COLUMNS + "FROM quiz_responses ";

    default void save(UUID attemptId, List<Response.Saved> answers, Instant now) {
        Sql.of(
                        """
                        INSERT INTO quiz_responses (
                            id, submission_id, question_id, answer_data, max_points, created_at, updated_at)
                        SELECT id, ?, question_id, CAST(answer AS jsonb), points, ?, ?
                        FROM unnest(CAST(? AS uuid[]), CAST(? AS uuid[]), CAST(? AS text[]), CAST(? AS integer[]))
                            AS given (id, question_id, answer, points)
                        ON CONFLICT (submission_id, question_id) DO UPDATE
                        SET answer_data = excluded.answer_data, updated_at = excluded.updated_at
                        """,
                        attemptId,
                        now,
                        now,
                        ids(answers),
                        answers.stream().map(Response.Saved::questionId).toArray(UUID[]::new),
                        answers.stream()
                                .map(saved -> AnswerMapper.toJson(saved.questionId(), saved.answer()))
                                .toArray(String[]::new),
                        answers.stream().map(Response.Saved::maxPoints).toArray(Integer[]::new))
                .update();
    }

    /// Writes what answers are worth, with those that come only now; a question that nobody answered gets
    /// its row now.
    ///
    /// @return these questions' rows as they are then
    default List<Response> mark(UUID attemptId, List<Response.Marked> marked, Instant now) {
        return Sql.of(
                        """
                        INSERT INTO quiz_responses AS known (
                            id, submission_id, question_id, answer_data, state, is_correct, points_earned, max_points,
                            created_at, updated_at)
                        SELECT id, ?, question_id, CAST(answer AS jsonb), state,
                            CASE state WHEN 'GRADED' THEN correct END,
                            CAST(points AS numeric), CAST(max_points AS numeric), ?, ?
                        FROM unnest(CAST(? AS uuid[]), CAST(? AS uuid[]), CAST(? AS text[]), CAST(? AS text[]),
                                CAST(? AS boolean[]), CAST(? AS text[]), CAST(? AS text[]))
                            AS marked (id, question_id, answer, state, correct, points, max_points)
                        ON CONFLICT (submission_id, question_id) DO UPDATE
                        SET answer_data = coalesce(excluded.answer_data, known.answer_data),
                            state = excluded.state, is_correct = excluded.is_correct,
                            points_earned = excluded.points_earned, max_points = excluded.max_points,
                            updated_at = excluded.updated_at
                        RETURNING
                        """ + COLUMNS,
                        attemptId,
                        now,
                        now,
                        ids(marked),
                        marked.stream().map(Response.Marked::questionId).toArray(UUID[]::new),
                        marked.stream().map(ResponseRepository::given).toArray(String[]::new),
                        marked.stream().map(one -> one.state().name()).toArray(String[]::new),
                        marked.stream().map(one -> one.mark().correct()).toArray(Boolean[]::new),
                        marked.stream()
                                .map(one -> one.mark().points().toPlainString())
                                .toArray(String[]::new),
                        marked.stream()
                                .map(one -> one.maxPoints().toPlainString())
                                .toArray(String[]::new))
                .list(ResponseRepository::response);
    }

    private static @Nullable String given(Response.Marked marked) {
        var answer = marked.given();
        return answer == null ? null : AnswerMapper.toJson(marked.questionId(), answer);
    }

    default List<Response> list(UUID attemptId) {
        return Sql.of(SELECT + "WHERE submission_id = ?", attemptId).list(ResponseRepository::response);
    }

    default Optional<Response> find(UUID id) {
        return Sql.of(SELECT + "WHERE id = ?", id).find(ResponseRepository::response);
    }

    /// What all answers of an attempt come to.
    @Query("""
            SELECT sum(points_earned) AS points, sum(max_points) AS max_points, bool_or(state = 'PENDING') AS pending
            FROM quiz_responses WHERE submission_id = :attemptId
            """)
    Attempt.Total total(UUID attemptId);

    private static UUID[] ids(List<?> rows) {
        return rows.stream().map(row -> UuidCreator.getTimeOrderedEpoch()).toArray(UUID[]::new);
    }

    /// A row with the columns of this table.
    static Response response(ResultSet row) throws SQLException {
        var answer = row.getString("answer_data");
        return new Response(
                row.getObject("id", UUID.class),
                row.getObject("submission_id", UUID.class),
                row.getObject("question_id", UUID.class),
                answer == null ? null : AnswerMapper.fromJson(answer),
                Response.State.valueOf(row.getString("state")),
                row.getBigDecimal("points_earned"),
                row.getBigDecimal("max_points"),
                row.getString("instructor_feedback"),
                row.getBoolean("auto_graded"),
                row.getObject("claimed_by", UUID.class),
                Columns.instantOrNull(row, "claimed_until"));
    }
}
