package org.aula.grades.submission;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// What `assignments` publishes of file assignments in `assignments_api`.
@Singleton
final class FileAssignmentVersionRepository {

    /// A file assignment that was published.
    ///
    /// @param offered whether work is handed in, as it was not withdrawn since
    record Offer(UUID id, UUID courseId, boolean offered, int version) {}

    Optional<Offer> find(Handle handle, UUID id) {
        return handle.createQuery("""
                        SELECT id, course_id, status, published_version FROM assignments_api.file_assignments
                        WHERE id = :id
                        """)
                .bind("id", id)
                .map((row, context) -> new Offer(
                        row.getObject("id", UUID.class),
                        row.getObject("course_id", UUID.class),
                        row.getString("status").equals("PUBLISHED"),
                        row.getInt("published_version")))
                .findOne();
    }

    /// A version that exists.
    FileAssignmentVersion get(Handle handle, UUID id, int version) {
        return handle.createQuery("""
                        SELECT document FROM assignments_api.file_assignment_versions
                        WHERE file_assignment_id = :id AND version = :version
                        """)
                .bind("id", id)
                .bind("version", version)
                .map((row, context) -> row.getBytes("document"))
                .findOne()
                .map(FileAssignmentVersionMapper::fromBytes)
                .orElseThrow(() -> new IllegalStateException("no version " + version + " of assignment " + id));
    }
}
