package org.aula.enrollments.bulk;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;

/// Rows of `enrollment_list_runs` and `enrollment_list_issues`: how far an operation is with its list, and
/// what it could not do.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface BulkRunRepository extends GenericRepository<BulkRunRepository.Progress, UUID> {

    /// How far an operation is.
    ///
    /// @param records of the CSV that are done
    /// @param issueCount those of them that came to nothing, also beyond the kept ones
    @MappedEntity("enrollment_list_runs")
    record Progress(long records, long issueCount) {

        static final Progress NONE = new Progress(0, 0);
    }

    @Query("INSERT INTO enrollment_list_runs (operation_id, list_id) VALUES (:operationId, :listId)")
    void insert(UUID operationId, UUID listId);

    /// How far an operation is; empty when it has no row.
    @Query("SELECT records, issue_count FROM enrollment_list_runs WHERE operation_id = :operationId")
    Optional<Progress> find(UUID operationId);

    @Query("""
            SELECT line, element, reason FROM enrollment_list_issues WHERE operation_id = :operationId ORDER BY line
            """)
    List<Issue> findIssues(UUID operationId);

    /// Writes that a batch is done.
    @Query("""
            UPDATE enrollment_list_runs
            SET records = records + :records, enrolled = enrolled + :enrolled, issue_count = issue_count + :issues
            WHERE operation_id = :operationId
            """)
    void advance(UUID operationId, long records, long enrolled, long issues);

    /// Keeps issues of a batch.
    default void insertIssues(UUID operationId, List<Issue> issues) {
        Sql.of(
                        """
                        INSERT INTO enrollment_list_issues (operation_id, line, element, reason)
                        SELECT ?, line, element, reason
                        FROM unnest(CAST(? AS bigint[]), CAST(? AS text[]), CAST(? AS text[]))
                            AS issue (line, element, reason)
                        """,
                        operationId,
                        issues.stream().map(Issue::line).toArray(Long[]::new),
                        issues.stream().map(Issue::element).toArray(String[]::new),
                        issues.stream().map(Issue::reason).toArray(String[]::new))
                .update();
    }
}
