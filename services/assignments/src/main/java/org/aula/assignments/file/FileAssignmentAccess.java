package org.aula.assignments.file;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.courseaccess.CourseGuard;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;

/// File assignments for who may work on them: the course's author. From others they are hidden.
@Singleton
final class FileAssignmentAccess {

    private final FileAssignmentRepository assignments;
    private final CourseGuard guard;

    FileAssignmentAccess(FileAssignmentRepository assignments, CourseGuard guard) {
        this.assignments = assignments;
        this.guard = guard;
    }

    /// @throws ServiceException NOT_FOUND with FILE_ASSIGNMENT_NOT_FOUND
    FileAssignment requireAuthor(UUID id) {
        var assignment = assignments.find(id).orElseThrow(FileAssignmentAccess::notFound);
        guard.requireTeacherElseHide(assignment.courseId(), FileAssignmentAccess::notFound);
        return assignment;
    }

    /// The same, and nobody else changes the assignment until the end of the transaction.
    FileAssignment lock(UUID id) {
        requireAuthor(id);
        return assignments.lock(id).orElseThrow(FileAssignmentAccess::notFound);
    }

    /// NOT_FOUND with FILE_ASSIGNMENT_NOT_FOUND.
    static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_FILE_ASSIGNMENT_NOT_FOUND, "file assignment not found");
    }
}
