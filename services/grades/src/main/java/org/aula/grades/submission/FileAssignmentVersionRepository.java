package org.aula.grades.submission;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;

/// What `assignments` publishes of file assignments in `assignments_api`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface FileAssignmentVersionRepository extends GenericRepository<FileAssignmentVersionRepository.Offer, UUID> {

    /// A file assignment that was published.
    ///
    /// @param offered whether work is handed in, as it was not withdrawn since
    @MappedEntity("file_assignments")
    record Offer(UUID id, UUID courseId, boolean offered, int version) {}

    @Query("""
            SELECT id, course_id, status = 'PUBLISHED' AS offered, published_version AS version
            FROM assignments_api.file_assignments WHERE id = :id
            """)
    Optional<Offer> find(UUID id);

    /// A version that exists.
    default FileAssignmentVersion get(UUID id, int version) {
        return Sql.of("""
                SELECT document FROM assignments_api.file_assignment_versions
                WHERE file_assignment_id = ? AND version = ?
                """, id, version)
                .find(row -> FileAssignmentVersionMapper.fromBytes(row.getBytes("document")))
                .orElseThrow(() -> new IllegalStateException("no version " + version + " of assignment " + id));
    }
}
