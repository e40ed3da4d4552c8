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
import org.aula.kernel.postgres.TextArray;

/// Rows of `quiz_draws`.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface DrawRepository extends GenericRepository<Draw, UUID> {

    /// All draws of a quiz, in order.
    default List<Draw> ofQuiz(UUID quizId) {
        return Sql.of("SELECT * FROM quiz_draws WHERE quiz_id = ? ORDER BY sort_order, id", quizId)
                .list(DrawRepository::draw);
    }

    default Optional<Draw> find(UUID id) {
        return Sql.of("SELECT * FROM quiz_draws WHERE id = ?", id).find(DrawRepository::draw);
    }

    @Query("SELECT count(*) FROM quiz_draws WHERE quiz_id = :quizId")
    int count(UUID quizId);

    default void insert(Draw draw) {
        insert(
                draw.id(),
                draw.quizId(),
                draw.bankId(),
                draw.count(),
                draw.pointsEach(),
                draw.tags(),
                draw.difficulty().name(),
                draw.sortOrder());
    }

    @Query("""
            INSERT INTO quiz_draws (
                id, quiz_id, bank_id, question_count, points_each, tags, difficulty, sort_order)
            VALUES (:id, :quizId, :bankId, :count, :pointsEach, :tags, :difficulty, :sortOrder)
            """)
    void insert(
            UUID id,
            UUID quizId,
            UUID bankId,
            int count,
            int pointsEach,
            @TextArray List<String> tags,
            String difficulty,
            int sortOrder);

    default void update(Draw draw) {
        update(
                draw.id(),
                draw.count(),
                draw.pointsEach(),
                draw.tags(),
                draw.difficulty().name(),
                draw.version());
    }

    @Query("""
            UPDATE quiz_draws
            SET question_count = :count, points_each = :pointsEach, tags = :tags, difficulty = :difficulty,
                version = :version
            WHERE id = :id
            """)
    void update(UUID id, int count, int pointsEach, @TextArray List<String> tags, String difficulty, long version);

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
