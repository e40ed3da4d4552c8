package org.aula.grades.gradebook;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.aula.api.grades.v1.ErrorReason;
import org.aula.courseaccess.CourseGuard;
import org.aula.courseaccess.KnownCourse;
import org.aula.grades.course.CourseErrors;
import org.aula.grades.quiz.QuizVersions;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.jspecify.annotations.Nullable;

/// Grades for their learners and for who teaches the course. They are worked out when they are read, so that
/// nobody reads an old one.
@Singleton
final class GradeReader {

    /// What a learner has.
    ///
    /// @param row null before the gradebook knows the learner
    record LearnerGrade(Grade grade, @Nullable GradebookRow row) {}

    /// What learners of a course have.
    ///
    /// @param sheet by which the grades were worked out
    record Grades(GradeSheet sheet, List<LearnerGrade> learners) {}

    /// How learners did with a quiz.
    ///
    /// @param learners of whom an attempt counts
    record QuizAnalysis(List<ItemAnalysis> questions, int learners) {}

    private final Gradebook gradebook;
    private final GradebookRepository rows;
    private final AnalysisRepository analyses;
    private final QuizVersions quizVersions;
    private final CourseGuard guard;
    private final Database database;

    GradeReader(
            Gradebook gradebook,
            GradebookRepository rows,
            AnalysisRepository analyses,
            QuizVersions quizVersions,
            CourseGuard guard,
            Database database) {
        this.gradebook = gradebook;
        this.rows = rows;
        this.analyses = analyses;
        this.quizVersions = quizVersions;
        this.guard = guard;
        this.database = database;
    }

    /// The caller's own grade.
    ///
    /// @throws ServiceException COURSE_NOT_FOUND, ENROLLMENT_REQUIRED
    LearnerGrade getOwn(UUID courseId) {
        var userId = CallScope.current().requireUser();
        return database.query(() -> {
            guard.requireEnrolled(courseId, CourseErrors::notFound, CourseErrors::enrollmentRequired);
            return grade(courseId, userId);
        });
    }

    /// A learner's grade, for who teaches the course.
    ///
    /// @throws ServiceException COURSE_NOT_FOUND, NOT_OWNER, LEARNER_NOT_FOUND
    LearnerGrade get(UUID courseId, UUID userId) {
        return database.query(() -> {
            guard.requireTeacher(courseId, CourseErrors::notFound);
            if (!isLearner(userId, courseId)) {
                throw Errors.notFound(
                        ErrorReason.ERROR_REASON_LEARNER_NOT_FOUND, "the course has no learner " + userId);
            }
            return grade(courseId, userId);
        });
    }

    /// Grades of a course's learners, one page and the first of the next, for who teaches it.
    ///
    /// @param after the last learner that was read; null for the first page
    /// @throws ServiceException COURSE_NOT_FOUND, NOT_OWNER
    Grades list(UUID courseId, @Nullable UUID after, int limit) {
        return database.query(() -> {
            guard.requireTeacher(courseId, CourseErrors::notFound);
            var found = rows.list(courseId, after, limit);
            var sheet = gradebook.sheet(courseId);
            var grades = gradebook.grades(
                    courseId, sheet, found.stream().map(GradebookRow::userId).toList());
            var learners = IntStream.range(0, found.size())
                    .mapToObj(index -> new LearnerGrade(grades.get(index), found.get(index)))
                    .toList();
            return new Grades(sheet, learners);
        });
    }

    /// How learners did with each question of a quiz, for who teaches its course.
    ///
    /// @throws ServiceException QUIZ_NOT_FOUND, NOT_OWNER
    QuizAnalysis analyze(UUID quizId) {
        return database.query(() -> {
            var quiz = quizVersions.require(quizId);
            guard.requireTeacher(quiz.courseId(), QuizVersions::notFound);
            return new QuizAnalysis(analyses.list(quizId), analyses.countLearners(quizId));
        });
    }

    private LearnerGrade grade(UUID courseId, UUID userId) {
        var sheet = gradebook.sheet(courseId);
        var grade = gradebook.grades(courseId, sheet, List.of(userId)).getFirst();
        return new LearnerGrade(grade, rows.find(courseId, userId).orElse(null));
    }

    /// Whether somebody is or was enrolled in a course.
    private boolean isLearner(UUID userId, UUID courseId) {
        return guard.find(courseId, userId).map(KnownCourse::enrollmentId).isPresent();
    }
}
