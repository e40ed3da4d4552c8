package org.aula.assignments.draw;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.assignments.question.Difficulty;
import org.aula.kernel.postgres.Handles;
import org.jdbi.v3.core.statement.SqlStatement;

/// Rows of `quiz_draws`.
@Singleton
public final class DrawRepository {

    /// All draws of a quiz, in order.
    public List<Draw> ofQuiz(UUID quizId) {
        return Handles.current().createQuery("SELECT * FROM quiz_draws WHERE quiz_id = :quizId ORDER BY sort_order, id")
                .bind("quizId", quizId)
                .map((row, context) -> draw(row))
                .list();
    }

    Optional<Draw> find(UUID id) {
        return Handles.current().createQuery("SELECT * FROM quiz_draws WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> draw(row))
                .findOne();
    }

    int count(UUID quizId) {
        return Handles.current().createQuery("SELECT count(*) FROM quiz_draws WHERE quiz_id = :quizId")
                .bind("quizId", quizId)
                .mapTo(Integer.class)
                .one();
    }

    void insert(Draw draw) {
        var insert = Handles.current().createUpdate("""
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

    void update(Draw draw) {
        var update = Handles.current().createUpdate("""
                UPDATE quiz_draws
                SET question_count = :count, points_each = :pointsEach, tags = :tags, difficulty = :difficulty,
                    version = :version
                WHERE id = :id
                """);
        bind(update.bind("version", draw.version()), draw).execute();
    }

    void delete(UUID id) {
        Handles.current().createUpdate("DELETE FROM quiz_draws WHERE id = :id")
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
