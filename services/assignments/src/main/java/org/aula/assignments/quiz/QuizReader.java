package org.aula.assignments.quiz;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.assignments.course.CourseErrors;
import org.aula.assignments.draft.Quiz;
import org.aula.assignments.draft.QuizAccess;
import org.aula.assignments.draft.QuizRepository;
import org.aula.assignments.quiz.QuizContents.Whole;
import org.aula.courseaccess.CourseGuard;
import org.aula.kernel.error.Errors;
import org.aula.kernel.postgres.Database;
import org.jspecify.annotations.Nullable;

/// Quizzes for their authors, and as they are offered to learners.
@Singleton
final class QuizReader {

    private final QuizRepository quizzes;
    private final QuizAccess access;
    private final QuizContents contents;
    private final VersionRepository versions;
    private final CourseGuard guard;
    private final Database database;

    QuizReader(
            QuizRepository quizzes,
            QuizAccess access,
            QuizContents contents,
            VersionRepository versions,
            CourseGuard guard,
            Database database) {
        this.quizzes = quizzes;
        this.access = access;
        this.contents = contents;
        this.versions = versions;
        this.guard = guard;
        this.database = database;
    }

    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with QUIZ_NOT_FOUND
    Whole whole(UUID id) {
        return database.query(() -> contents.of(access.requireAuthor(id)));
    }

    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with COURSE_NOT_FOUND, PERMISSION_DENIED
    ///     with NOT_OWNER
    List<Quiz> list(UUID courseId, @Nullable UUID after, int limit) {
        return database.query(() -> {
            guard.requireTeacher(courseId, CourseErrors::notFound);
            return quizzes.list(courseId, after, limit);
        });
    }

    /// The document of a version.
    ///
    /// @param number 0 for the last
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with QUIZ_NOT_FOUND or VERSION_NOT_FOUND
    byte[] version(UUID id, int number) {
        return database.query(() -> {
            var quiz = access.requireAuthor(id);
            return versions.find(id, number == 0 ? quiz.publishedVersion() : number)
                    .orElseThrow(() -> Errors.notFound(
                            ErrorReason.ERROR_REASON_VERSION_NOT_FOUND, "the quiz has no such version"));
        });
    }

    /// What learners see of a quiz.
    ///
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with QUIZ_NOT_FOUND, PERMISSION_DENIED with
    ///     ENROLLMENT_REQUIRED
    byte[] offered(UUID id) {
        return database.query(() -> {
            var offered = versions.findOffered(id).orElseThrow(QuizAccess::notFound);
            guard.requireReader(offered.courseId(), QuizAccess::notFound, CourseErrors::enrollmentRequired);
            return offered.summary();
        });
    }

    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with COURSE_NOT_FOUND, PERMISSION_DENIED
    ///     with ENROLLMENT_REQUIRED
    List<VersionRepository.Offered> listOffered(
            UUID courseId, @Nullable UUID lessonId, @Nullable UUID after, int limit) {
        return database.query(() -> {
            guard.requireReader(courseId, CourseErrors::notFound, CourseErrors::enrollmentRequired);
            return versions.listOffered(courseId, lessonId, after, limit);
        });
    }
}
