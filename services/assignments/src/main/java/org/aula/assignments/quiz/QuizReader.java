package org.aula.assignments.quiz;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.assignments.course.CourseAccess;
import org.aula.assignments.draft.Quiz;
import org.aula.assignments.draft.QuizAccess;
import org.aula.assignments.draft.QuizRepository;
import org.aula.assignments.quiz.QuizContents.Whole;
import org.aula.kernel.error.Errors;
import org.aula.kernel.postgres.Transactions;
import org.jspecify.annotations.Nullable;

/// Quizzes for their authors, and as they are offered to learners. No transaction is open while another
/// service is asked.
@Singleton
final class QuizReader {

    private final QuizRepository quizzes;
    private final QuizAccess access;
    private final QuizContents contents;
    private final VersionRepository versions;
    private final CourseAccess courses;
    private final Transactions transactions;

    QuizReader(
            QuizRepository quizzes,
            QuizAccess access,
            QuizContents contents,
            VersionRepository versions,
            CourseAccess courses,
            Transactions transactions) {
        this.quizzes = quizzes;
        this.access = access;
        this.contents = contents;
        this.versions = versions;
        this.courses = courses;
        this.transactions = transactions;
    }

    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with QUIZ_NOT_FOUND
    Whole whole(UUID id) {
        return transactions.read(handle -> contents.of(handle, access.requireAuthor(handle, id)));
    }

    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with COURSE_NOT_FOUND, PERMISSION_DENIED
    ///     with NOT_OWNER
    List<Quiz> list(UUID courseId, @Nullable UUID after, int limit) {
        return transactions.read(handle -> {
            courses.requireAuthor(handle, courseId);
            return quizzes.list(handle, courseId, after, limit);
        });
    }

    /// The document of a version.
    ///
    /// @param number 0 for the last
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with QUIZ_NOT_FOUND or VERSION_NOT_FOUND
    byte[] version(UUID id, int number) {
        return transactions.read(handle -> {
            var quiz = access.requireAuthor(handle, id);
            return versions.find(handle, id, number == 0 ? quiz.publishedVersion() : number)
                    .orElseThrow(() -> Errors.notFound(
                            ErrorReason.ERROR_REASON_VERSION_NOT_FOUND, "the quiz has no such version"));
        });
    }

    /// What learners see of a quiz.
    ///
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with QUIZ_NOT_FOUND, PERMISSION_DENIED with
    ///     ENROLLMENT_REQUIRED
    byte[] offered(UUID id) {
        var offered =
                transactions.read(handle -> versions.findOffered(handle, id)).orElseThrow(QuizAccess::notFound);
        courses.requireReader(offered.courseId(), QuizAccess::notFound);
        return offered.summary();
    }

    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with COURSE_NOT_FOUND, PERMISSION_DENIED
    ///     with
    ///     ENROLLMENT_REQUIRED
    List<VersionRepository.Offered> listOffered(
            UUID courseId, @Nullable UUID lessonId, @Nullable UUID after, int limit) {
        courses.requireReader(courseId, CourseAccess::notFound);
        return transactions.read(handle -> versions.listOffered(handle, courseId, lessonId, after, limit));
    }
}
