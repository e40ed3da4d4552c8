package org.aula.assignments.file;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;
import org.jspecify.annotations.Nullable;

/// Rows of `file_assignment_versions`, which never change.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface FileVersionRepository extends GenericRepository<FileVersionRow, UUID> {

    /// What learners see of an assignment that is offered.
    ///
    /// @param lessonId null for none
    /// @param document the contract's FileAssignmentVersion
    @MappedEntity("file_assignments")
    @SuppressWarnings("ArrayRecordComponent")
    record Offered(UUID id, UUID courseId, @Nullable UUID lessonId, byte[] document) {}

    /// Offered assignments; conditions follow.
    String OFFERED = """
            SELECT assignment.id, assignment.course_id, version.lesson_id, version.document
            FROM file_assignments assignment
            JOIN file_assignment_versions version
                ON version.file_assignment_id = assignment.id AND version.version = assignment.published_version
            """;

    default void insert(FileVersionRow version) {
        Sql.of(
                        """
                        INSERT INTO file_assignment_versions (
                            file_assignment_id, version, course_id, lesson_id, title, points, mandatory, document,
                            published_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                        version.fileAssignmentId(),
                        version.number(),
                        version.courseId(),
                        version.lessonId(),
                        version.title(),
                        version.points(),
                        version.mandatory(),
                        version.document(),
                        version.publishedAt())
                .update();
    }

    /// The document of a version.
    default Optional<byte[]> find(UUID id, int number) {
        return Sql.of(
                        "SELECT document FROM file_assignment_versions WHERE file_assignment_id = ? AND version = ?",
                        id,
                        number)
                .find(row -> row.getBytes(1));
    }

    default Optional<Offered> findOffered(UUID id) {
        return Sql.of(OFFERED + "WHERE assignment.id = ? AND assignment.status = 'PUBLISHED'", id)
                .find(Offered.class);
    }

    /// The assignments of a course that are offered, in the order in which they were made.
    ///
    /// @param lessonId only those in this lesson; null for all
    /// @param after the last one that was read; null for the first page
    default List<Offered> listOffered(UUID courseId, @Nullable UUID lessonId, @Nullable UUID after, int limit) {
        return Sql.of(OFFERED + """
                        WHERE assignment.course_id = ? AND assignment.status = 'PUBLISHED'
                          AND (CAST(? AS uuid) IS NULL OR version.lesson_id = ?)
                          AND (CAST(? AS uuid) IS NULL OR assignment.id > ?)
                        ORDER BY assignment.id LIMIT ?
                        """, courseId, lessonId, lessonId, after, after, limit)
                .list(Offered.class);
    }
}
