package org.aula.grades.attempt;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// `quiz_responses`. All answers of a request are written by one statement.
@Singleton
public final class ResponseRepository {

    private static final String COLUMNS = """
            id, submission_id, question_id, answer_data, state, points_earned, max_points, instructor_feedback,
            auto_graded, claimed_by, claimed_until
            """;
    private static final String SELECT = "SELECT " + COLUMNS + "FROM quiz_responses ";

    void save(Handle handle, UUID attemptId, List<Response.Saved> answers, Instant now) {
        handle.createUpdate("""
                        INSERT INTO quiz_responses (
                            id, submission_id, question_id, answer_data, max_points, created_at, updated_at)
                        SELECT id, :attemptId, question_id, CAST(answer AS jsonb), points, :now, :now
                        FROM unnest(:ids, :questionIds, :answers, :points) AS given (id, question_id, answer, points)
                        ON CONFLICT (submission_id, question_id) DO UPDATE
                        SET answer_data = excluded.answer_data, updated_at = excluded.updated_at
                        """)
                .bind("attemptId", attemptId)
                .bind("now", now)
                .bindArray("ids", UUID.class, ids(answers))
                .bindArray(
                        "questionIds",
                        UUID.class,
                        answers.stream().map(Response.Saved::questionId).toList())
                .bindArray(
                        "answers",
                        String.class,
                        answers.stream()
                                .map(saved -> AnswerMapper.toJson(saved.questionId(), saved.answer()))
                                .toList())
                .bindArray(
                        "points",
                        Integer.class,
                        answers.stream().map(Response.Saved::maxPoints).toList())
                .execute();
    }

    /// Writes what answers are worth, with those that come only now; a question that nobody answered gets its
    /// row now.
    ///
    /// @return these questions' rows as they are then
    public List<Response> mark(Handle handle, UUID attemptId, List<Response.Marked> marked, Instant now) {
        return handle.createQuery("""
                        INSERT INTO quiz_responses AS known (
                            id, submission_id, question_id, answer_data, state, is_correct, points_earned, max_points,
                            created_at, updated_at)
                        SELECT id, :attemptId, question_id, CAST(answer AS jsonb), state,
                            CASE state WHEN 'GRADED' THEN correct END,
                            CAST(points AS numeric), CAST(max_points AS numeric), :now, :now
                        FROM unnest(:ids, :questionIds, :answers, :states, :correct, :points, :maxPoints)
                            AS marked (id, question_id, answer, state, correct, points, max_points)
                        ON CONFLICT (submission_id, question_id) DO UPDATE
                        SET answer_data = coalesce(excluded.answer_data, known.answer_data),
                            state = excluded.state, is_correct = excluded.is_correct,
                            points_earned = excluded.points_earned, max_points = excluded.max_points,
                            updated_at = excluded.updated_at
                        RETURNING
                        """ + COLUMNS)
                .bind("attemptId", attemptId)
                .bind("now", now)
                .bindArray("ids", UUID.class, ids(marked))
                .bindArray(
                        "questionIds",
                        UUID.class,
                        marked.stream().map(Response.Marked::questionId).toList())
                .bindArray(
                        "answers",
                        String.class,
                        marked.stream().map(ResponseRepository::given).toList())
                .bindArray(
                        "states",
                        String.class,
                        marked.stream().map(one -> one.state().name()).toList())
                .bindArray(
                        "correct",
                        Boolean.class,
                        marked.stream().map(one -> one.mark().correct()).toList())
                .bindArray(
                        "points",
                        String.class,
                        marked.stream()
                                .map(one -> one.mark().points().toPlainString())
                                .toList())
                .bindArray(
                        "maxPoints",
                        String.class,
                        marked.stream()
                                .map(one -> one.maxPoints().toPlainString())
                                .toList())
                .map((row, context) -> response(row))
                .list();
    }

    private static @Nullable String given(Response.Marked marked) {
        var answer = marked.given();
        return answer == null ? null : AnswerMapper.toJson(marked.questionId(), answer);
    }

    public List<Response> list(Handle handle, UUID attemptId) {
        return handle.createQuery(SELECT + "WHERE submission_id = :attemptId")
                .bind("attemptId", attemptId)
                .map((row, context) -> response(row))
                .list();
    }

    public Optional<Response> find(Handle handle, UUID id) {
        return handle.createQuery(SELECT + "WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> response(row))
                .findOne();
    }

    /// What all answers of an attempt come to.
    public Attempt.Total total(Handle handle, UUID attemptId) {
        return handle.createQuery("""
                        SELECT sum(points_earned) AS points, sum(max_points) AS max_points,
                               bool_or(state = 'PENDING') AS pending
                        FROM quiz_responses WHERE submission_id = :attemptId
                        """)
                .bind("attemptId", attemptId)
                .map((row, context) -> new Attempt.Total(
                        row.getBigDecimal("points"), row.getBigDecimal("max_points"), row.getBoolean("pending")))
                .one();
    }

    private static List<UUID> ids(List<?> rows) {
        return rows.stream().map(row -> UuidCreator.getTimeOrderedEpoch()).toList();
    }

    /// A row with the columns of this table.
    public static Response response(ResultSet row) throws SQLException {
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
