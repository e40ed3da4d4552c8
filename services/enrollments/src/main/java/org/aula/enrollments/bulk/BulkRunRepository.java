package org.aula.enrollments.bulk;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.postgres.Handles;

/// `enrollment_list_runs`: how far an operation is with its list, and what it could not do.
@Singleton
final class BulkRunRepository {

    /// How far an operation is.
    ///
    /// @param records of the CSV that are done
    /// @param issueCount those of them that came to nothing, also beyond the kept ones
    record Progress(long records, long issueCount) {}

    void insert(UUID operationId, UUID listId) {
        Handles.current().createUpdate("INSERT INTO enrollment_list_runs (operation_id, list_id) VALUES (:operationId, :listId)")
                .bind("operationId", operationId)
                .bind("listId", listId)
                .execute();
    }

    Progress find(UUID operationId) {
        return Handles.current().createQuery("SELECT records, issue_count FROM enrollment_list_runs WHERE operation_id = :id")
                .bind("id", operationId)
                .map((row, context) -> new Progress(row.getLong("records"), row.getLong("issue_count")))
                .findOne()
                .orElse(new Progress(0, 0));
    }

    List<Issue> findIssues(UUID operationId) {
        return Handles.current().createQuery("""
                        SELECT line, element, reason FROM enrollment_list_issues WHERE operation_id = :id ORDER BY line
                        """)
                .bind("id", operationId)
                .map((row, context) ->
                        new Issue(row.getLong("line"), row.getString("element"), row.getString("reason")))
                .list();
    }

    /// Writes that a batch is done.
    ///
    /// @param kept issues to keep
    void advance(UUID operationId, long records, long enrolled, long issues, List<Issue> kept) {
        Handles.current().createUpdate("""
                        UPDATE enrollment_list_runs
                        SET records = records + :records, enrolled = enrolled + :enrolled,
                            issue_count = issue_count + :issues
                        WHERE operation_id = :id
                        """)
                .bind("id", operationId)
                .bind("records", records)
                .bind("enrolled", enrolled)
                .bind("issues", issues)
                .execute();
        if (kept.isEmpty()) {
            return;
        }
        var batch = Handles.current().prepareBatch("""
                INSERT INTO enrollment_list_issues (operation_id, line, element, reason)
                VALUES (:id, :line, :element, :reason)
                """);
        kept.forEach(issue -> batch.bind("id", operationId)
                .bind("line", issue.line())
                .bind("element", issue.element())
                .bind("reason", issue.reason())
                .add());
        batch.execute();
    }
}
