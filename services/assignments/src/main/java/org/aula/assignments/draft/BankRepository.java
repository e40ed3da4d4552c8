package org.aula.assignments.draft;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;
import org.jspecify.annotations.Nullable;

/// Rows of `question_banks`.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface BankRepository extends GenericRepository<Bank, UUID> {

    /// Banks with the number of their questions; conditions follow.
    String SELECT = """
            SELECT bank.id, bank.course_id, bank.title, bank.description, bank.created_at, bank.updated_at,
                   bank.version,
                   (SELECT count(*) FROM quiz_questions question WHERE question.bank_id = bank.id) AS question_count
            FROM question_banks bank
            """;

    @Query(SELECT + "WHERE bank.id = :id")
    Optional<Bank> find(UUID id);

    /// Reads a bank and keeps others from changing it until the end of the transaction.
    default Optional<Bank> lock(UUID id) {
        return Sql.of(SELECT + "WHERE bank.id = ? FOR UPDATE OF bank", id).find(Bank.class);
    }

    @Query(SELECT + """
            WHERE bank.course_id = :courseId AND (CAST(:after AS uuid) IS NULL OR bank.id > :after)
            ORDER BY bank.id LIMIT :limit
            """)
    List<Bank> list(UUID courseId, @Nullable UUID after, int limit);

    @Query("SELECT count(*) FROM question_banks WHERE course_id = :courseId")
    int count(UUID courseId);

    /// How many quizzes draw from a bank.
    @Query("SELECT count(DISTINCT quiz_id) FROM quiz_draws WHERE bank_id = :bankId")
    int quizzesOf(UUID bankId);

    @Query("""
            INSERT INTO question_banks (id, course_id, title, description, created_at, updated_at)
            VALUES (:id, :courseId, :title, :description, :createdAt, :updatedAt)
            """)
    void insert(Bank bank);

    @Query("""
            UPDATE question_banks
            SET title = :title, description = :description, updated_at = :updatedAt, version = :version
            WHERE id = :id
            """)
    void update(Bank bank);

    @Query("DELETE FROM question_banks WHERE id = :id")
    void delete(UUID id);
}
