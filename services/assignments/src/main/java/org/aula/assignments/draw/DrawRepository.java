package org.aula.assignments.draw;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.assignments.question.Difficulty;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/// Rows of `quiz_draws`.
@Singleton
public final class DrawRepository {

    /// All draws of a quiz, in order.
    public List<Draw> ofQuiz(Handle handle, UUID quizId) {
        return handle.createQuery("SELECT * FROM quiz_draws WHERE quiz_id = :quizId ORDER BY sort_order, id")
                .bind("quizId", quizId)
                .map((row, context) -> draw(row))
                .list();
    }

    Optional<Draw> find(Handle handle, UUID id) {
        return handle.createQuery("SELECT * FROM quiz_draws WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> draw(row))
                .findOne();
    }

    int count(Handle handle, UUID quizId) {
        return handle.createQuery("SELECT count(*) FROM quiz_draws WHERE quiz_id = :quizId")
                .bind("quizId", quizId)
                .mapTo(Integer.class)
                .one();
    }

    void insert(Handle handle, Draw draw) {
        var insert = handle.createUpdate("""
                INSERT INTO quiz_draws (
                    id, quiz_id, bank_id, question_count, points_each, tags, difficulty, sort_order)
                VALUES (:id, :quizId, :bankId, :count, :pointsEach, :tags, :difficulty, :sortOrder)
                """);
        bind(
                        insert.bind("quizId", draw.quizId())
                                .bind("bankId", draw.bankId())
                                .bind("sortOrder", draw.sortOrder()),
                        draw)
                .execute();
    }

    void update(Handle handle, Draw draw) {
        var update = handle.createUpdate("""
                UPDATE quiz_draws
                SET question_count = :count, points_each = :pointsEach, tags = :tags, difficulty = :difficulty,
                    version = :version
                WHERE id = :id
                """);
        bind(update.bind("version", draw.version()), draw).execute();
    }

    void delete(Handle handle, UUID id) {
        handle.createUpdate("DELETE FROM quiz_draws WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Draw draw) {
        return statement
                .bind("id", draw.id())
                .bind("count", draw.count())
                .bind("pointsEach", draw.pointsEach())
                .bindArray("tags", String.class, draw.tags())
                .bind("difficulty", draw.difficulty().name());
    }

    private static Draw draw(ResultSet row) throws SQLException {
        return new Draw(
                row.getObject("id", UUID.class),
                row.getObject("quiz_id", UUID.class),
                row.getObject("bank_id", UUID.class),
                row.getInt("question_count"),
                row.getInt("points_each"),
                List.of((String[]) row.getArray("tags").getArray()),
                Difficulty.valueOf(row.getString("difficulty")),
                row.getInt("sort_order"),
                row.getLong("version"));
    }
}
