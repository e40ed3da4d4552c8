package org.aula.assignments.file;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Rows of `file_assignment_versions`, which never change.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface FileVersionRepository extends GenericRepository<FileVersionRow, UUID> {

    /// What learners see of an assignment that is offered.
    ///
    /// @param document the contract's FileAssignmentVersion
    @MappedEntity("file_assignments")
    record Offered(UUID id, UUID courseId, byte[] document) {}

    /// Offered assignments; conditions follow.
    String OFFERED = """
            SELECT assignment.id, assignment.course_id, version.document
            FROM file_assignments assignment
            JOIN file_assignment_versions version
                ON version.file_assignment_id = assignment.id AND version.version = assignment.published_version
            """;

    @Query("""
            INSERT INTO file_assignment_versions (
                file_assignment_id, version, course_id, lesson_id, title, points, mandatory, document,
                published_at)
            VALUES (
                :fileAssignmentId, :number, :courseId, :lessonId, :title, :points, :mandatory, :document,
                :publishedAt)
            """)
    void insert(FileVersionRow version);

    /// The document of a version.
    @Query("SELECT document FROM file_assignment_versions WHERE file_assignment_id = :id AND version = :number")
    Optional<byte[]> find(UUID id, int number);

    @Query(OFFERED + "WHERE assignment.id = :id AND assignment.status = 'PUBLISHED'")
    Optional<Offered> findOffered(UUID id);

    /// The assignments of a course that are offered, in the order in which they were made.
    ///
    /// @param lessonId only those in this lesson; null for all
    /// @param after the last one that was read; null for the first page
    @Query(OFFERED + """
            WHERE assignment.course_id = :courseId AND assignment.status = 'PUBLISHED'
              AND (CAST(:lessonId AS uuid) IS NULL OR version.lesson_id = :lessonId)
              AND (CAST(:after AS uuid) IS NULL OR assignment.id > :after)
            ORDER BY assignment.id LIMIT :limit
            """)
    List<Offered> listOffered(UUID courseId, @Nullable UUID lessonId, @Nullable UUID after, int limit);
}
