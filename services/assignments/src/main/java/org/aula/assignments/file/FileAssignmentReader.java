package org.aula.assignments.file;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.assignments.course.CourseErrors;
import org.aula.courseaccess.CourseGuard;
import org.aula.kernel.error.Errors;
import org.aula.kernel.postgres.Database;
import org.jspecify.annotations.Nullable;

/// File assignments for their authors, and as they are offered to learners.
@Singleton
final class FileAssignmentReader {

    private final FileAssignmentRepository assignments;
    private final FileAssignmentAccess access;
    private final FileVersionRepository versions;
    private final CourseGuard guard;
    private final Database database;

    FileAssignmentReader(
            FileAssignmentRepository assignments,
            FileAssignmentAccess access,
            FileVersionRepository versions,
            CourseGuard guard,
            Database database) {
        this.assignments = assignments;
        this.access = access;
        this.versions = versions;
        this.guard = guard;
        this.database = database;
    }

    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with FILE_ASSIGNMENT_NOT_FOUND
    FileAssignment find(UUID id) {
        return database.query(() -> access.requireAuthor(id));
    }

    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with COURSE_NOT_FOUND, PERMISSION_DENIED
    ///     with NOT_OWNER
    List<FileAssignment> list(UUID courseId, @Nullable UUID after, int limit) {
        return database.query(() -> {
            guard.requireTeacher(courseId, CourseErrors::notFound);
            return assignments.list(courseId, after, limit);
        });
    }

    /// The document of a version.
    ///
    /// @param number 0 for the last
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with FILE_ASSIGNMENT_NOT_FOUND or
    ///     VERSION_NOT_FOUND
    byte[] version(UUID id, int number) {
        return database.query(() -> {
            var assignment = access.requireAuthor(id);
            return versions.find(id, number == 0 ? assignment.publishedVersion() : number)
                    .orElseThrow(() -> Errors.notFound(
                            ErrorReason.ERROR_REASON_VERSION_NOT_FOUND, "the assignment has no such version"));
        });
    }

    /// The version that learners see.
    ///
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with FILE_ASSIGNMENT_NOT_FOUND,
    ///     PERMISSION_DENIED with ENROLLMENT_REQUIRED
    byte[] offered(UUID id) {
        return database.query(() -> {
            var offered = versions.findOffered(id).orElseThrow(FileAssignmentAccess::notFound);
            guard.requireReader(offered.courseId(), FileAssignmentAccess::notFound, CourseErrors::enrollmentRequired);
            return offered.document();
        });
    }

    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with COURSE_NOT_FOUND, PERMISSION_DENIED
    ///     with ENROLLMENT_REQUIRED
    List<FileVersionRepository.Offered> listOffered(
            UUID courseId, @Nullable UUID lessonId, @Nullable UUID after, int limit) {
        return database.query(() -> {
            guard.requireReader(courseId, CourseErrors::notFound, CourseErrors::enrollmentRequired);
            return versions.listOffered(courseId, lessonId, after, limit);
        });
    }
}
