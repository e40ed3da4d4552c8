package org.aula.assignments.draw;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.assignments.question.Difficulty;
import org.aula.kernel.postgres.Sql;

/// Rows of `quiz_draws`.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface DrawRepository extends GenericRepository<Draw, UUID> {

    /// What [#draw] reads; conditions follow.
    String SELECT = """
            SELECT id, quiz_id, bank_id, question_count, points_each, tags, difficulty, sort_order, version
            FROM quiz_draws
            """;

    /// All draws of a quiz, in order.
    default List<Draw> ofQuiz(UUID quizId) {
        return Sql.of(SELECT + "WHERE quiz_id = ? ORDER BY sort_order, id", quizId)
                .list(DrawRepository::draw);
    }

    default Optional<Draw> find(UUID id) {
        return Sql.of(SELECT + "WHERE id = ?", id).find(DrawRepository::draw);
    }

    @Query("SELECT count(*) FROM quiz_draws WHERE quiz_id = :quizId")
    int count(UUID quizId);

    default void insert(Draw draw) {
        Sql.of(
                        """
                        INSERT INTO quiz_draws (
                            id, quiz_id, bank_id, question_count, points_each, tags, difficulty, sort_order)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                        draw.id(),
                        draw.quizId(),
                        draw.bankId(),
                        draw.count(),
                        draw.pointsEach(),
                        draw.tags().toArray(String[]::new),
                        draw.difficulty().name(),
                        draw.sortOrder())
                .update();
    }

    default void update(Draw draw) {
        Sql.of(
                        """
                        UPDATE quiz_draws
                        SET question_count = ?, points_each = ?, tags = ?, difficulty = ?, version = ?
                        WHERE id = ?
                        """,
                        draw.count(),
                        draw.pointsEach(),
                        draw.tags().toArray(String[]::new),
                        draw.difficulty().name(),
                        draw.version(),
                        draw.id())
                .update();
    }

    @Query("DELETE FROM quiz_draws WHERE id = :id")
    void delete(UUID id);

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
