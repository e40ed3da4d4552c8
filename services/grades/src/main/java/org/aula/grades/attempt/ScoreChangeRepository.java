package org.aula.grades.attempt;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.aula.kernel.postgres.Handles;
import org.aula.kernel.postgres.Session;
import org.jspecify.annotations.Nullable;

/// `score_changes`: written, never changed.
@Singleton
public final class ScoreChangeRepository {

    /// Writes a change when the transaction ends.
    void insert(ScoreChange change) {
        Session.current().defer("""
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
                change.from(),
                change.to(),
                change.maxScore(),
                change.quizVersion(),
                change.changedAt());
    }

    /// One page, the latest first.
    public List<ScoreChange> list(UUID attemptId, @Nullable UUID before, int limit) {
        return Handles.current().createQuery("""
                        SELECT id, submission_id, question_id, kind, actor, from_score, to_score, max_score, quiz_version,
                               changed_at
                        FROM score_changes
                        WHERE submission_id = :attemptId AND (CAST(:before AS uuid) IS NULL OR id < CAST(:before AS uuid))
                        ORDER BY id DESC LIMIT :limit
                        """)
                .bind("attemptId", attemptId)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> new ScoreChange(
                        row.getObject("id", UUID.class),
                        row.getObject("submission_id", UUID.class),
                        row.getObject("question_id", UUID.class),
                        ScoreChange.Kind.valueOf(row.getString("kind")),
                        row.getString("actor"),
                        row.getBigDecimal("from_score"),
                        row.getBigDecimal("to_score"),
                        row.getBigDecimal("max_score"),
                        row.getInt("quiz_version"),
                        Columns.instant(row, "changed_at")))
                .list();
    }
}
