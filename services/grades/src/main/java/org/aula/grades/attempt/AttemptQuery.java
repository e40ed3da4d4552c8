package org.aula.grades.attempt;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which attempts are asked for. Public because statements bind its methods by name.
///
/// @param before the last id of the page before; null for the first page
/// @param limit rows at most
public record AttemptQuery(
        @Nullable UUID userId,
        @Nullable UUID quizId,
        @Nullable UUID courseId,
        Attempt.@Nullable Status status,
        @Nullable UUID before,
        int limit) {

    /// What rows have to meet.
    List<String> conditions() {
        var conditions = new ArrayList<String>();
        if (userId != null) {
            conditions.add("user_id = :userId");
        }
        if (quizId != null) {
            conditions.add("quiz_id = :quizId");
        }
        if (courseId != null) {
            conditions.add("course_id = :courseId");
        }
        if (status != null) {
            conditions.add("status = :status");
        }
        if (before != null) {
            conditions.add("id < :before");
        }
        return conditions;
    }
}
