package org.aula.assignments.question;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;
import org.jspecify.annotations.Nullable;

/// Rows of `quiz_questions`.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface QuestionRepository extends GenericRepository<Question, UUID> {

    /// Which questions of a bank a list shows.
    ///
    /// @param tags only those that have all of these
    /// @param difficulty only those so hard; UNSPECIFIED for all
    /// @param type only those of this kind; null for all
    /// @param after the last one that was read; null for the first page
    /// @param limit questions at most
    record BankQuery(
            UUID bankId,
            List<String> tags,
            Difficulty difficulty,
            @Nullable QuestionType type,
            @Nullable UUID after,
            int limit) {
        public BankQuery {
            tags = List.copyOf(tags);
        }
    }

    /// A question that a draw may draw.
    record Pooled(UUID drawId, Question question) {}

    String COLUMNS = """
            question.id, question.quiz_id, question.bank_id, question.text, question.type, question.form,
            question.points, question.explanation, question.tags, question.difficulty, question.sort_order,
            question.version
            """;

    String SELECT = "SELECT " + COLUMNS + " FROM quiz_questions question ";

    default Optional<Question> find(UUID id) {
        return Sql.of(SELECT + "WHERE question.id = ?", id).find(QuestionRepository::question);
    }

    /// All questions of a quiz, in order.
    default List<Question> ofQuiz(UUID quizId) {
        return Sql.of(SELECT + "WHERE question.quiz_id = ? ORDER BY question.sort_order, question.id", quizId)
                .list(QuestionRepository::question);
    }

    /// What the draws of a quiz find in their banks, by draw and id.
    default List<Pooled> pools(UUID quizId) {
        return Sql.of("SELECT draw.id AS draw_id, " + COLUMNS + """
                        FROM quiz_draws draw
                        JOIN quiz_questions question ON question.bank_id = draw.bank_id
                            AND question.tags @> draw.tags
                            AND draw.difficulty IN ('UNSPECIFIED', question.difficulty)
                        WHERE draw.quiz_id = ? ORDER BY draw.sort_order, draw.id, question.id
                        """, quizId)
                .list(row -> new Pooled(row.getObject("draw_id", UUID.class), question(row)));
    }

    default List<Question> list(BankQuery query) {
        var type = query.type();
        var sql = Sql.of(
                SELECT + """
                WHERE question.bank_id = ? AND question.tags @> CAST(? AS text[])
                  AND CAST(? AS text) IN ('UNSPECIFIED', question.difficulty)
                  AND coalesce(CAST(? AS text), question.type) = question.type
                """,
                query.bankId(),
                query.tags().toArray(String[]::new),
                query.difficulty().name(),
                type == null ? null : type.name());
        if (query.after() != null) {
            sql.add(" AND question.id > ?", query.after());
        }
        return sql.add(" ORDER BY question.id LIMIT ?", query.limit()).list(QuestionRepository::question);
    }

    /// How many a quiz or a bank has.
    default int count(Question like) {
        var column = like.quizId() != null ? "quiz_id" : "bank_id";
        return Sql.of("SELECT count(*) FROM quiz_questions WHERE " + column + " = ?", like.parentId())
                .find(row -> row.getInt(1))
                .orElseThrow();
    }

    default void insert(Question question) {
        insertAll(List.of(question));
    }

    /// Writes many in one batch.
    default void insertAll(List<Question> questions) {
        Sql.batch("""
                INSERT INTO quiz_questions (
                    id, quiz_id, bank_id, text, type, form, points, explanation, tags, difficulty, sort_order)
                VALUES (?, ?, ?, ?, ?, CAST(? AS json), ?, ?, ?, ?, ?)
                """, questions.stream().map(QuestionRepository::values).toList());
    }

    default void update(Question question) {
        Sql.of(
                        """
                        UPDATE quiz_questions
                        SET text = ?, type = ?, form = CAST(? AS json), points = ?, explanation = ?, tags = ?,
                            difficulty = ?, version = ?
                        WHERE id = ?
                        """,
                        question.text(),
                        question.type().name(),
                        question.form(),
                        question.points(),
                        question.explanation(),
                        question.tags().toArray(String[]::new),
                        question.difficulty().name(),
                        question.version(),
                        question.id())
                .update();
    }

    @Query("DELETE FROM quiz_questions WHERE id = :id")
    void delete(UUID id);

    private static @Nullable Object[] values(Question question) {
        return new @Nullable Object[] {
            question.id(),
            question.quizId(),
            question.bankId(),
            question.text(),
            question.type().name(),
            question.form(),
            question.points(),
            question.explanation(),
            question.tags().toArray(String[]::new),
            question.difficulty().name(),
            question.sortOrder()
        };
    }

    private static Question question(ResultSet row) throws SQLException {
        return new Question(
                row.getObject("id", UUID.class),
                row.getObject("quiz_id", UUID.class),
                row.getObject("bank_id", UUID.class),
                row.getString("text"),
                QuestionType.valueOf(row.getString("type")),
                row.getString("form"),
                row.getInt("points"),
                row.getString("explanation"),
                List.of((String[]) row.getArray("tags").getArray()),
                Difficulty.valueOf(row.getString("difficulty")),
                row.getInt("sort_order"),
                row.getLong("version"));
    }
}
