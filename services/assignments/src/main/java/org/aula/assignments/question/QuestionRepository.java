package org.aula.assignments.question;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Handles;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// Rows of `quiz_questions`.
@Singleton
public final class QuestionRepository {

    /// Which questions of a bank a list shows.
    ///
    /// @param tags only those that have all of these
    /// @param difficulty only those so hard; UNSPECIFIED for all
    /// @param type only those of this kind; null for all
    /// @param after the last one that was read; null for the first page
    /// @param limit questions at most
    public record BankQuery(
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
    public record Pooled(UUID drawId, Question question) {}

    private static final String COLUMNS = """
            question.id, question.quiz_id, question.bank_id, question.text, question.type, question.form,
            question.points, question.explanation, question.tags, question.difficulty, question.sort_order,
            question.version
            """;

    private static final String SELECT = "SELECT " + COLUMNS + " FROM quiz_questions question ";

    private static final String INSERT = """
            INSERT INTO quiz_questions (
                id, quiz_id, bank_id, text, type, form, points, explanation, tags, difficulty, sort_order)
            VALUES (
                :id, :quizId, :bankId, :text, :type, CAST(:form AS json), :points, :explanation, :tags,
                :difficulty, :sortOrder)
            """;

    Optional<Question> find(UUID id) {
        return Handles.current().createQuery(SELECT + "WHERE question.id = :id")
                .bind("id", id)
                .map((row, context) -> question(row))
                .findOne();
    }

    /// All questions of a quiz, in order.
    public List<Question> ofQuiz(UUID quizId) {
        return Handles.current().createQuery(SELECT + "WHERE question.quiz_id = :quizId ORDER BY question.sort_order, question.id")
                .bind("quizId", quizId)
                .map((row, context) -> question(row))
                .list();
    }

    /// What the draws of a quiz find in their banks, by draw and id.
    public List<Pooled> pools(UUID quizId) {
        return Handles.current().createQuery("SELECT draw.id AS draw_id, " + COLUMNS + """
                        FROM quiz_draws draw
                        JOIN quiz_questions question ON question.bank_id = draw.bank_id
                            AND question.tags @> draw.tags
                            AND draw.difficulty IN ('UNSPECIFIED', question.difficulty)
                        WHERE draw.quiz_id = :quizId ORDER BY draw.sort_order, draw.id, question.id
                        """)
                .bind("quizId", quizId)
                .map((row, context) -> new Pooled(row.getObject("draw_id", UUID.class), question(row)))
                .list();
    }

    public List<Question> list(BankQuery query) {
        return Handles.current().createQuery(SELECT + """
                        WHERE question.bank_id = :bankId AND question.tags @> CAST(:tags AS text[])
                          AND :difficulty IN ('UNSPECIFIED', question.difficulty)
                          AND coalesce(CAST(:type AS text), question.type) = question.type
                          AND (CAST(:after AS uuid) IS NULL OR question.id > :after)
                        ORDER BY question.id LIMIT :limit
                        """)
                .bind("bankId", query.bankId())
                .bindArray("tags", String.class, query.tags())
                .bind("difficulty", query.difficulty().name())
                .bind("type", query.type() == null ? null : query.type().name())
                .bind("after", query.after())
                .bind("limit", query.limit())
                .map((row, context) -> question(row))
                .list();
    }

    /// How many a quiz or a bank has.
    int count(Question like) {
        return Handles.current().createQuery("SELECT count(*) FROM quiz_questions WHERE " + column(like) + " = :parentId")
                .bind("parentId", like.parentId())
                .mapTo(Integer.class)
                .one();
    }

    void insert(Question question) {
        bindNew(Handles.current().createUpdate(INSERT), question).execute();
    }

    /// Writes many in one batch.
    public void insertAll(List<Question> questions) {
        var batch = Handles.current().prepareBatch(INSERT);
        questions.forEach(question -> bindNew(batch, question).add());
        batch.execute();
    }

    void update(Question question) {
        var update = Handles.current().createUpdate("""
                UPDATE quiz_questions
                SET text = :text, type = :type, form = CAST(:form AS json), points = :points,
                    explanation = :explanation, tags = :tags, difficulty = :difficulty, version = :version
                WHERE id = :id
                """);
        bind(update.bind("version", question.version()), question).execute();
    }

    void delete(UUID id) {
        Handles.current().createUpdate("DELETE FROM quiz_questions WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    private static String column(Question question) {
        return question.quizId() != null ? "quiz_id" : "bank_id";
    }

    private static <S extends SqlStatement<S>> S bindNew(S statement, Question question) {
        return bind(
                statement
                        .bind("quizId", question.quizId())
                        .bind("bankId", question.bankId())
                        .bind("sortOrder", question.sortOrder()),
                question);
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Question question) {
        return statement
                .bind("id", question.id())
                .bind("text", question.text())
                .bind("type", question.type().name())
                .bind("form", question.form())
                .bind("points", question.points())
                .bind("explanation", question.explanation())
                .bindArray("tags", String.class, question.tags())
                .bind("difficulty", question.difficulty().name());
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
