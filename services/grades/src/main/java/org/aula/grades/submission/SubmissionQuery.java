package org.aula.grades.submission;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which submissions are asked for: a learner's, the latest first; or those that were handed in in a
/// course, in the order in which they were begun. Public because statements bind its methods by name.
///
/// @param userId null for a course's
/// @param from the last id of the page before; null for the first page
/// @param limit rows at most
public record SubmissionQuery(
        @Nullable UUID userId,
        @Nullable UUID courseId,
        @Nullable UUID fileAssignmentId,
        Submission.@Nullable Status status,
        @Nullable UUID from,
        int limit) {

    /// What rows have to meet.
    List<String> conditions() {
        var conditions = new ArrayList<String>();
        conditions.add(userId == null ? "status <> 'DRAFT'" : "user_id = :userId");
        if (courseId != null) {
            conditions.add("course_id = :courseId");
        }
        if (fileAssignmentId != null) {
            conditions.add("file_assignment_id = :fileAssignmentId");
        }
        if (status != null) {
            conditions.add("status = :status");
        }
        if (from != null) {
            conditions.add(userId == null ? "id > :from" : "id < :from");
        }
        return conditions;
    }

    String order() {
        return userId == null ? "id" : "id DESC";
    }
}
