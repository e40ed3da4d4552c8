package org.aula.assignments.file;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Handles;
import org.jspecify.annotations.Nullable;

/// Rows of `file_assignment_versions`, which never change.
@Singleton
final class FileVersionRepository {

    /// What learners see of an assignment that is offered.
    ///
    /// @param document the contract's FileAssignmentVersion
    record Offered(UUID id, UUID courseId, byte[] document) {}

    private static final String OFFERED = """
            SELECT assignment.id, assignment.course_id, version.document
            FROM file_assignments assignment
            JOIN file_assignment_versions version
                ON version.file_assignment_id = assignment.id AND version.version = assignment.published_version
            """;

    void insert(FileVersionRow version) {
        Handles.current().createUpdate("""
                        INSERT INTO file_assignment_versions (
                            file_assignment_id, version, course_id, lesson_id, title, points, mandatory, document,
                            published_at)
                        VALUES (
                            :fileAssignmentId, :number, :courseId, :lessonId, :title, :points, :mandatory, :document,
                            :publishedAt)
                        """).bindMethods(version).execute();
    }

    /// The document of a version.
    Optional<byte[]> find(UUID id, int number) {
        return Handles.current().createQuery("""
                        SELECT document FROM file_assignment_versions
                        WHERE file_assignment_id = :id AND version = :number
                        """)
                .bind("id", id)
                .bind("number", number)
                .mapTo(byte[].class)
                .findOne();
    }

    Optional<Offered> findOffered(UUID id) {
        return Handles.current().createQuery(OFFERED + "WHERE assignment.id = :id AND assignment.status = 'PUBLISHED'")
                .bind("id", id)
                .map((row, context) -> new Offered(
                        row.getObject("id", UUID.class),
                        row.getObject("course_id", UUID.class),
                        row.getBytes("document")))
                .findOne();
    }

    /// The assignments of a course that are offered, in the order in which they were made.
    ///
    /// @param lessonId only those in this lesson; null for all
    /// @param after the last one that was read; null for the first page
    List<Offered> listOffered(UUID courseId, @Nullable UUID lessonId, @Nullable UUID after, int limit) {
        return Handles.current().createQuery(OFFERED + """
                        WHERE assignment.course_id = :courseId AND assignment.status = 'PUBLISHED'
                          AND (CAST(:lessonId AS uuid) IS NULL OR version.lesson_id = :lessonId)
                          AND (CAST(:after AS uuid) IS NULL OR assignment.id > :after)
                        ORDER BY assignment.id LIMIT :limit
                        """)
                .bind("courseId", courseId)
                .bind("lessonId", lessonId)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new Offered(
                        row.getObject("id", UUID.class),
                        row.getObject("course_id", UUID.class),
                        row.getBytes("document")))
                .list();
    }
}
