package org.aula.grades.submission;

import java.util.UUID;
import org.aula.kernel.postgres.Sql;
import org.jspecify.annotations.Nullable;

/// Which submissions are asked for: a learner's, the latest first; or those that were handed in in a
/// course, in the order in which they were begun.
///
/// @param userId null for a course's
/// @param from the last id of the page before; null for the first page
/// @param limit rows at most
record SubmissionQuery(
        @Nullable UUID userId,
        @Nullable UUID courseId,
        @Nullable UUID fileAssignmentId,
        Submission.@Nullable Status status,
        @Nullable UUID from,
        int limit) {

    /// What rows have to meet.
    Sql conditions() {
        var conditions = userId == null ? Sql.of("status <> 'DRAFT'") : Sql.of("user_id = ?", userId);
        if (courseId != null) {
            conditions.add(" AND course_id = ?", courseId);
        }
        if (fileAssignmentId != null) {
            conditions.add(" AND file_assignment_id = ?", fileAssignmentId);
        }
        if (status != null) {
            conditions.add(" AND status = ?", status.name());
        }
        if (from != null) {
            conditions.add(userId == null ? " AND id > ?" : " AND id < ?", from);
        }
        return conditions;
    }

    String order() {
        return userId == null ? "id" : "id DESC";
    }
}
