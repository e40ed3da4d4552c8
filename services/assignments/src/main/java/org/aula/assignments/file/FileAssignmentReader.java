package org.aula.assignments.file;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.api.assignments.v1.ErrorReason;
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

    /// What the caller may see of a version that is offered.
    ///
    /// @param document the contract's FileAssignmentVersion
    /// @param isOpen whether what is to do is told: it is part of the lesson
    @SuppressWarnings("ArrayRecordComponent")
    record Shown(byte[] document, boolean isOpen) {}

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
    Shown offered(UUID id) {
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
    List<Shown> listOffered(UUID courseId, @Nullable UUID lessonId, @Nullable UUID after, int limit) {
        return database.query(() -> {
            guard.requireReader(courseId, CourseErrors::notFound, CourseErrors::enrollmentRequired);
            return shown(versions.listOffered(courseId, lessonId, after, limit));
        });
    }

    private List<Shown> shown(List<FileVersionRepository.Offered> offered) {
        var lessons = offered.stream()
                .map(FileVersionRepository.Offered::lessonId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Map<UUID, ReadableLesson> readable = lessons.isEmpty() ? Map.of() : guard.mayRead(lessons, Person.calling());
        return offered.stream()
                .map(version -> new Shown(version.document(), isOpen(version.lessonId(), readable)))
                .toList();
    }

    /// Work stays when its lesson is deleted, and then nothing comes before it.
    private static boolean isOpen(@Nullable UUID lessonId, Map<UUID, ReadableLesson> readable) {
        var lesson = lessonId == null ? null : readable.get(lessonId);
        return lesson == null || lesson.reading().isAllowed();
    }
}
