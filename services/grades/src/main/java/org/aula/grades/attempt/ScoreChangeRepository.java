package org.aula.grades.attempt;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.postgres.Session;
import org.jspecify.annotations.Nullable;

/// Rows of `score_changes`: written, never changed.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface ScoreChangeRepository extends GenericRepository<ScoreChange, UUID> {

    /// Writes a change when the transaction ends.
    default void insert(ScoreChange change) {
        Session.current()
                .defer(
                        """
                INSERT INTO score_changes (
                    id, submission_id, question_id, kind, actor, from_score, to_score, max_score, quiz_version,
                    changed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                        change.id(),
                        change.attemptId(),
                        change.questionId(),
                        change.kind().name(),
                        change.actor(),
                        change.fromScore(),
                        change.toScore(),
                        change.maxScore(),
                        change.quizVersion(),
                        change.changedAt());
    }

    /// One page, the latest first.
    @Query("""
            SELECT id, submission_id AS attempt_id, question_id, kind, actor, from_score, to_score, max_score,
                   quiz_version, changed_at
            FROM score_changes
            WHERE submission_id = :attemptId AND (CAST(:before AS uuid) IS NULL OR id < CAST(:before AS uuid))
            ORDER BY id DESC LIMIT :limit
            """)
    List<ScoreChange> list(UUID attemptId, @Nullable UUID before, int limit);
}
