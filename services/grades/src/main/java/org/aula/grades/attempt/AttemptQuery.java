package org.aula.grades.attempt;

import java.util.UUID;
import org.aula.kernel.postgres.Sql;
import org.jspecify.annotations.Nullable;

/// Which attempts are asked for.
///
/// @param before the last id of the page before; null for the first page
/// @param limit rows at most
record AttemptQuery(
        @Nullable UUID userId,
        @Nullable UUID quizId,
        @Nullable UUID courseId,
        Attempt.@Nullable Status status,
        @Nullable UUID before,
        int limit) {

    /// What rows have to meet, each condition behind an AND.
    Sql conditions() {
        var conditions = Sql.of("");
        if (userId != null) {
            conditions.add(" AND user_id = ?", userId);
        }
        if (quizId != null) {
            conditions.add(" AND quiz_id = ?", quizId);
        }
        if (courseId != null) {
            conditions.add(" AND course_id = ?", courseId);
        }
        if (status != null) {
            conditions.add(" AND status = ?", status.name());
        }
        if (before != null) {
            conditions.add(" AND id < ?", before);
        }
        return conditions;
    }
}
