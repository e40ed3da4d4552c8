package org.aula.grades.grading;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.aula.api.grades.v1.ErrorReason;
import org.aula.courseaccess.CourseGuard;
import org.aula.grades.attempt.Attempt;
import org.aula.grades.attempt.AttemptMapper;
import org.aula.grades.attempt.AttemptRepository;
import org.aula.grades.attempt.Response;
import org.aula.grades.attempt.ResponseRepository;
import org.aula.grades.attempt.ScoreChange;
import org.aula.grades.attempt.ScoreChangeRepository;
import org.aula.grades.attempt.ScoreUpdate;
import org.aula.grades.attempt.ScoreUpdate.Cause;
import org.aula.grades.course.CourseErrors;
import org.aula.grades.grading.GradingRepository.Filter;
import org.aula.grades.quiz.Question;
import org.aula.grades.quiz.QuizVersions;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.change.Change;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// What persons do with answers, each in a transaction; grades and words for a learner have their entry in
/// the audit log. Each step locks the attempt first, so that it follows the learner's, other graders' and a
/// regrading's.
@Singleton
final class GradingService {

    private static final Duration CLAIM = Duration.ofMinutes(30);

    private final GradingRepository grading;
    private final AttemptRepository attempts;
    private final ResponseRepository responses;
    private final ScoreUpdate scoreUpdate;
    private final ScoreChangeRepository scoreChanges;
    private final QuizVersions quizVersions;
    private final CourseGuard guard;
    private final Database database;
    private final Audit audit;
    private final Clock clock;

    GradingService(
            GradingRepository grading,
            AttemptRepository attempts,
            ResponseRepository responses,
            ScoreUpdate scoreUpdate,
            ScoreChangeRepository scoreChanges,
            QuizVersions quizVersions,
            CourseGuard guard,
            Database database,
            Audit audit,
            Clock clock) {
        this.grading = grading;
        this.attempts = attempts;
        this.responses = responses;
        this.scoreUpdate = scoreUpdate;
        this.scoreChanges = scoreChanges;
        this.quizVersions = quizVersions;
        this.guard = guard;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /// An answer with its attempt, which is locked.
    private record Work(Attempt attempt, Response response) {}

    /// A response that waits for a grader, and its question as the attempt's version asks it.
    record Pending(PendingRow row, Question question) {}

    /// Responses of a course that wait for a grader, one page and the first of the next.
    ///
    /// @throws ServiceException COURSE_NOT_FOUND, NOT_OWNER
    List<Pending> listPending(Filter filter) {
        return database.query(() -> {
            guard.requireTeacher(filter.courseId(), CourseErrors::notFound);
            return grading.list(filter, clock.instant()).stream()
                    .map(row -> new Pending(row, question(row)))
                    .toList();
        });
    }

    private Question question(PendingRow row) {
        return quizVersions
                .get(row.quizId(), row.quizVersion())
                .question(row.response().questionId())
                .orElseThrow();
    }

    /// @return until when it is the caller's
    /// @throws ServiceException RESPONSE_NOT_FOUND, CLAIMED_BY_ANOTHER, STATUS_FORBIDS
    Instant claim(UUID responseId, UUID grader) {
        return database.transact(() -> {
            var response = lock(responseId, grader).response();
            if (response.state() != Response.State.PENDING) {
                throw statusForbids(
                        "this does not wait for a person", response.state().name());
            }
            var until = Times.now(clock).plus(CLAIM);
            grading.claim(responseId, grader, until);
            return until;
        });
    }

    /// @throws ServiceException RESPONSE_NOT_FOUND, CLAIMED_BY_ANOTHER
    void release(UUID responseId, UUID grader) {
        database.transact(() -> {
            lock(responseId, grader);
            grading.claim(responseId, null, null);
        });
    }

    /// @return the answer's attempt as it is then
    /// @throws ServiceException RESPONSE_NOT_FOUND, CLAIMED_BY_ANOTHER, STATUS_FORBIDS,
    ///     POINTS_OUT_OF_RANGE
    Attempt grade(UUID responseId, BigDecimal points, String feedback, UUID grader) {
        return database.transact(() -> {
            var work = lock(responseId, grader);
            requirePossible(points, work);
            var now = Times.now(clock);
            grading.grade(responseId, points, feedback, grader, now);
            var before = work.attempt();
            var quizVersion = quizVersions.get(before.quizId(), before.keyVersion());
            var cause = new Cause(ScoreChange.Kind.HAND, work.response().questionId(), now);
            var total = responses.total(before.id());
            return recorded(before, scoreUpdate.apply(before, before, total, quizVersion, cause));
        });
    }

    private static void requirePossible(BigDecimal points, Work work) {
        var response = work.response();
        if (response.state() == Response.State.SAVED) {
            throw statusForbids(
                    "the attempt is not handed in", work.attempt().status().name());
        }
        if (points.compareTo(response.maxPoints()) > 0) {
            throw Errors.invalid(
                    ErrorReason.ERROR_REASON_POINTS_OUT_OF_RANGE,
                    "there are no more than %s points".formatted(response.maxPoints()),
                    List.of(Errors.violation("points", "more than the question has")),
                    Map.of("max_points", response.maxPoints().toPlainString()));
        }
    }

    /// Says something of an attempt as a whole.
    ///
    /// @throws ServiceException ATTEMPT_NOT_FOUND, STATUS_FORBIDS
    Attempt comment(UUID attemptId, String feedback) {
        return database.transact(() -> {
            var before = lockSubmitted(attemptId);
            var next = before.commented(feedback);
            attempts.update(next);
            return recorded(before, next);
        });
    }

    /// How the score of an attempt changed, the newest first, one page and the first of the next.
    ///
    /// @param before the last change that was read; null for the first page
    /// @throws ServiceException ATTEMPT_NOT_FOUND
    List<ScoreChange> listScoreChanges(UUID attemptId, @Nullable UUID before, int limit) {
        return database.query(() -> {
            var attempt = attempts.find(attemptId).orElseThrow(GradingService::attemptNotFound);
            guard.requireLearnerOrTeacher(attempt.userId(), attempt.courseId(), GradingService::attemptNotFound);
            return scoreChanges.list(attemptId, before, limit);
        });
    }

    /// Lets those pass who may regrade a quiz.
    ///
    /// @throws ServiceException QUIZ_NOT_FOUND, NOT_OWNER
    void requireTeacher(UUID quizId) {
        database.query(() -> {
            var quiz = quizVersions.require(quizId);
            return guard.requireTeacher(quiz.courseId(), QuizVersions::notFound);
        });
    }

    private Attempt recorded(Attempt before, Attempt after) {
        audit.record("attempt", after.id(), new Change<>(before, after), AttemptMapper::toProto);
        return after;
    }

    private Work lock(UUID responseId, UUID grader) {
        var attempt = grading.attemptOf(responseId)
                .flatMap(attemptId -> attempts.lock(attemptId))
                .orElseThrow(GradingService::notFound);
        guard.requireTeacherElseHide(attempt.courseId(), GradingService::notFound);
        var response = responses.find(responseId).orElseThrow(GradingService::notFound);
        if (response.isClaimedFrom(grader, clock.instant())) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_CLAIMED_BY_ANOTHER,
                    "another grader has claimed this response",
                    Map.of("claimed_until", Objects.toString(response.claimedUntil())));
        }
        return new Work(attempt, response);
    }

    private Attempt lockSubmitted(UUID attemptId) {
        var attempt = attempts.lock(attemptId).orElseThrow(GradingService::attemptNotFound);
        guard.requireTeacherElseHide(attempt.courseId(), GradingService::attemptNotFound);
        if (attempt.isInProgress()) {
            throw statusForbids("the attempt is not handed in", attempt.status().name());
        }
        return attempt;
    }

    private static ServiceException attemptNotFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_ATTEMPT_NOT_FOUND, "attempt not found");
    }

    private static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_RESPONSE_NOT_FOUND, "response not found");
    }

    private static ServiceException statusForbids(String message, String status) {
        return Errors.failedPrecondition(ErrorReason.ERROR_REASON_STATUS_FORBIDS, message, Map.of("status", status));
    }
}
