package org.aula.assignments.draft;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Rows of `question_banks`.
@Singleton
public final class BankRepository {

    private static final String SELECT = """
            SELECT bank.*, (SELECT count(*) FROM quiz_questions question WHERE question.bank_id = bank.id) AS question_count
            FROM question_banks bank
            """;

    Optional<Bank> find(Handle handle, UUID id) {
        return handle.createQuery(SELECT + "WHERE bank.id = :id")
                .bind("id", id)
                .map((row, context) -> bank(row))
                .findOne();
    }

    Optional<Bank> lock(Handle handle, UUID id) {
        return handle.createQuery(SELECT + "WHERE bank.id = :id FOR UPDATE OF bank")
                .bind("id", id)
                .map((row, context) -> bank(row))
                .findOne();
    }

    public List<Bank> list(Handle handle, UUID courseId, @Nullable UUID after, int limit) {
        return handle.createQuery(SELECT + """
                        WHERE bank.course_id = :courseId AND (CAST(:after AS uuid) IS NULL OR bank.id > :after)
                        ORDER BY bank.id LIMIT :limit
                        """)
                .bind("courseId", courseId)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> bank(row))
                .list();
    }

    public int count(Handle handle, UUID courseId) {
        return handle.createQuery("SELECT count(*) FROM question_banks WHERE course_id = :courseId")
                .bind("courseId", courseId)
                .mapTo(Integer.class)
                .one();
    }

    /// How many quizzes draw from a bank.
    public int quizzesOf(Handle handle, UUID bankId) {
        return handle.createQuery("SELECT count(DISTINCT quiz_id) FROM quiz_draws WHERE bank_id = :bankId")
                .bind("bankId", bankId)
                .mapTo(Integer.class)
                .one();
    }

    public void insert(Handle handle, Bank bank) {
        handle.createUpdate("""
                        INSERT INTO question_banks (id, course_id, title, description, created_at, updated_at)
                        VALUES (:id, :courseId, :title, :description, :createdAt, :updatedAt)
                        """).bindMethods(bank).execute();
    }

    public void update(Handle handle, Bank bank) {
        handle.createUpdate("""
                        UPDATE question_banks
                        SET title = :title, description = :description, updated_at = :updatedAt, version = :version
                        WHERE id = :id
                        """).bindMethods(bank).execute();
    }

    public void delete(Handle handle, UUID id) {
        handle.createUpdate("DELETE FROM question_banks WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    private static Bank bank(ResultSet row) throws SQLException {
        return new Bank(
                row.getObject("id", UUID.class),
                row.getObject("course_id", UUID.class),
                row.getString("title"),
                row.getString("description"),
                row.getInt("question_count"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"),
                row.getLong("version"));
    }
}
