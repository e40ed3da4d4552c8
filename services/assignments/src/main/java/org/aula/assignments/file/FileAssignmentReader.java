package org.aula.assignments.file;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.api.assignments.v1.LearnerFileAssignment;
import org.aula.assignments.course.CourseErrors;
import org.aula.courseaccess.CourseGuard;
import org.aula.courseaccess.Person;
import org.aula.courseaccess.ReadableLesson;
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

    /// The version that learners see; closed while its lesson is.
    ///
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with FILE_ASSIGNMENT_NOT_FOUND,
    ///     PERMISSION_DENIED with ENROLLMENT_REQUIRED
    LearnerFileAssignment offered(UUID id) {
        return database.query(() -> {
            var offered = versions.findOffered(id).orElseThrow(FileAssignmentAccess::notFound);
            guard.requireReader(offered.courseId(), FileAssignmentAccess::notFound, CourseErrors::enrollmentRequired);
            return shown(List.of(offered)).getFirst();
        });
    }

    /// The same of a course.
    ///
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with COURSE_NOT_FOUND, PERMISSION_DENIED
    ///     with ENROLLMENT_REQUIRED
    List<LearnerFileAssignment> listOffered(UUID courseId, @Nullable UUID lessonId, @Nullable UUID after, int limit) {
        return database.query(() -> {
            guard.requireReader(courseId, CourseErrors::notFound, CourseErrors::enrollmentRequired);
            return shown(versions.listOffered(courseId, lessonId, after, limit));
        });
    }

    /// What the caller may see of versions that are offered: what is to do in a lesson is part of it.
    private List<LearnerFileAssignment> shown(List<FileVersionRepository.Offered> offered) {
        var versions = offered.stream()
                .map(version -> FileVersionMapper.learners(version.document()))
                .toList();
        var lessons = versions.stream()
                .filter(version -> !version.getLessonId().isEmpty())
                .map(version -> UUID.fromString(version.getLessonId()))
                .collect(Collectors.toSet());
        if (lessons.isEmpty()) {
            return versions;
        }
        var readable = guard.mayRead(lessons, Person.calling());
        return versions.stream()
                .map(version -> isOpen(version.getLessonId(), readable) ? version : FileVersionMapper.closed(version))
                .toList();
    }

    /// Work stays when its lesson is deleted, and then nothing comes before it.
    private static boolean isOpen(String lessonId, Map<UUID, ReadableLesson> readable) {
        var lesson = lessonId.isEmpty() ? null : readable.get(UUID.fromString(lessonId));
        return lesson == null || lesson.reading().isAllowed();
    }
}
