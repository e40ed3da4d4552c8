package org.aula.grades.attempt;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.rpc.BadRequest;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.api.grades.v1.ErrorReason;
import org.aula.courseaccess.CourseGuard;
import org.aula.grades.attempt.AttemptReader.ShownAttempt;
import org.aula.grades.attempt.Response.Given;
import org.aula.grades.course.CourseErrors;
import org.aula.grades.course.LessonAccess;
import org.aula.grades.quiz.PublishedQuiz;
import org.aula.grades.quiz.Question;
import org.aula.grades.quiz.QuizVersion;
import org.aula.grades.quiz.QuizVersions;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// What a learner does in an attempt. The server's clock alone says when its time is over; a short grace
/// after it is for the way that answers take.
@Singleton
final class AttemptService {

    private final AttemptRepository attempts;
    private final ResponseRepository responses;
    private final QuizVersions quizVersions;
    private final CourseGuard guard;
    private final LessonAccess lessons;
    private final SubmitAttempt submitAttempt;
    private final AttemptReader reader;
    private final Database database;
    private final Duration grace;
    private final Clock clock;
    private final SecureRandom seeds = new SecureRandom();

    AttemptService(
            AttemptRepository attempts,
            ResponseRepository responses,
            QuizVersions quizVersions,
            CourseGuard guard,
            LessonAccess lessons,
            SubmitAttempt submitAttempt,
            AttemptReader reader,
            Database database,
            AttemptSettings settings,
            Clock clock) {
        this.attempts = attempts;
        this.responses = responses;
        this.quizVersions = quizVersions;
        this.guard = guard;
        this.lessons = lessons;
        this.submitAttempt = submitAttempt;
        this.reader = reader;
        this.database = database;
        this.grace = settings.attemptGrace();
        this.clock = clock;
    }

    /// The attempt that is under way, or a new one. One that is over is handed in first.
    ///
    /// @throws ServiceException QUIZ_NOT_FOUND, ENROLLMENT_REQUIRED, LESSON_NOT_RELEASED,
    ///     LESSON_PREREQUISITE_MISSING, NOT_OPEN, NONE_LEFT, IDEMPOTENCY_KEY_REUSED
    ShownAttempt start(UUID requestId, UUID userId, UUID quizId) {
        return database.transact(() -> reader.showLearner(begin(requestId, userId, quizId)));
    }

    private AttemptWithResponses begin(UUID requestId, UUID userId, UUID quizId) {
        var quiz = quizVersions.require(quizId);
        var enrollmentId =
                guard.requireEnrolled(quiz.courseId(), QuizVersions::notFound, CourseErrors::enrollmentRequired);
        attempts.lockAttempts(userId, quizId);
        var repeated = attempts.findByRequest(userId, requestId);
        if (repeated.isPresent()) {
            return answered(
                    repeated.filter(attempt -> attempt.quizId().equals(quizId)).orElseThrow(AttemptService::reused));
        }
        var now = Times.now(clock);
        var last = attempts.findLast(userId, quizId).orElse(null);
        if (last != null && last.isInProgress()) {
            if (!last.isOver(now, grace)) {
                return answered(last);
            }
            expire(last.id());
        }
        var number = last == null ? 1 : last.number() + 1;
        var quizVersion = offered(quiz, number, now);
        var beginning = new Attempt.Beginning(requestId, userId, enrollmentId, number, seeds.nextLong());
        var attempt = Attempt.begun(UuidCreator.getTimeOrderedEpoch(), quizVersion, beginning, now);
        if (attempts.insert(attempt) == 0) {
            throw reused();
        }
        return new AttemptWithResponses(attempt, List.of());
    }

    private AttemptWithResponses answered(Attempt attempt) {
        return new AttemptWithResponses(attempt, responses.list(attempt.id()));
    }

    private QuizVersion offered(PublishedQuiz quiz, int number, Instant now) {
        if (!quiz.offered()) {
            throw notOpen("the quiz was withdrawn", Map.of());
        }
        var quizVersion = quizVersions.get(quiz.id(), quiz.version());
        lessons.requireReleased(quizVersion.lessonId());
        var rules = quizVersion.rules();
        if (rules.openAt() != null && now.isBefore(rules.openAt())) {
            throw notOpen(
                    "the quiz is not open yet",
                    Map.of("open_time", rules.openAt().toString()));
        }
        if (rules.closeAt() != null && !now.isBefore(rules.closeAt())) {
            throw notOpen(
                    "the quiz has closed", Map.of("close_time", rules.closeAt().toString()));
        }
        if (rules.maxAttempts() > 0 && number > rules.maxAttempts()) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_NONE_LEFT,
                    "all attempts are used up",
                    Map.of("limit", Integer.toString(rules.maxAttempts())));
        }
        return quizVersion;
    }

    /// Keeps answers of an attempt that is under way.
    ///
    /// @throws ServiceException ATTEMPT_NOT_FOUND, ATTEMPT_ENDED, ANSWER_UNSUITABLE
    Attempt save(UUID id, List<Given> given) {
        return database.transact(() -> keep(id, given));
    }

    private Attempt keep(UUID id, List<Given> given) {
        var attempt = lockOwn(id);
        var now = Times.now(clock);
        if (!attempt.isInProgress() || attempt.isOver(now, grace)) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_ATTEMPT_ENDED,
                    "the attempt takes no answers any more",
                    Map.of("status", attempt.status().name()));
        }
        var answers = suitable(attempt, quizVersionOf(attempt), given);
        if (!answers.isEmpty()) {
            responses.save(attempt.id(), answers, now);
        }
        return attempt;
    }

    /// Hands an attempt in; one that was handed in stays as it is.
    ///
    /// @throws ServiceException ATTEMPT_NOT_FOUND, ANSWER_UNSUITABLE
    ShownAttempt submit(UUID id, List<Given> given) {
        return database.transact(() -> reader.showLearner(handIn(id, given)));
    }

    private AttemptWithResponses handIn(UUID id, List<Given> given) {
        var attempt = lockOwn(id);
        if (!attempt.isInProgress()) {
            return answered(attempt);
        }
        var now = Times.now(clock);
        var quizVersion = quizVersionOf(attempt);
        if (attempt.isOver(now, grace)) {
            return submitAttempt.run(attempt, attempt.expired(), Map.of(), quizVersion, now);
        }
        var answers = suitable(attempt, quizVersion, given).stream()
                .collect(Collectors.toMap(Response.Saved::questionId, Response.Saved::answer));
        return submitAttempt.run(attempt, attempt.submitted(now), answers, quizVersion, now);
    }

    /// Hands an attempt in whose time is over, in the caller's transaction. Whoever was faster has done it.
    void expire(UUID id) {
        var now = Times.now(clock);
        var attempt = attempts.lock(id).orElseThrow();
        if (attempt.isInProgress() && attempt.isOver(now, grace)) {
            submitAttempt.run(attempt, attempt.expired(), Map.of(), quizVersionOf(attempt), now);
        }
    }

    /// Attempts whose time and grace are over, in the work of the caller.
    List<UUID> findOver(int limit) {
        return attempts.findOver(Times.now(clock).minus(grace), limit);
    }

    private Attempt lockOwn(UUID id) {
        var scope = CallScope.current();
        var attempt = attempts.lock(id)
                .filter(found -> scope.caller().is(found.userId()))
                .orElseThrow(AttemptService::notFound);
        scope.requireOwner(attempt.userId());
        return attempt;
    }

    private QuizVersion quizVersionOf(Attempt attempt) {
        return quizVersions.get(attempt.quizId(), attempt.quizVersion());
    }

    /// Answers as they can be kept: each to a question of the attempt, once, and of its form.
    private static List<Response.Saved> suitable(Attempt attempt, QuizVersion quizVersion, List<Given> given) {
        if (given.isEmpty()) {
            return List.of();
        }
        var questions = quizVersion.draw(attempt.seed()).stream()
                .map(QuizVersion.Asked::question)
                .collect(Collectors.toMap(Question::id, Function.identity()));
        var broken = new ArrayList<BadRequest.FieldViolation>();
        var saved = new ArrayList<Response.Saved>();
        var seen = new HashSet<UUID>();
        for (var one : given) {
            var question = questions.get(one.questionId());
            if (question == null || !seen.add(one.questionId())) {
                var why = question == null ? "the attempt has no such question" : "the question is answered twice";
                broken.add(Errors.violation(one.field() + ".question_id", why));
                continue;
            }
            var validate = one.answer().validate(question.form());
            if (validate.isEmpty()) {
                saved.add(new Response.Saved(question.id(), one.answer(), question.points()));
            } else {
                broken.add(Errors.violation(one.field(), validate));
            }
        }
        if (!broken.isEmpty()) {
            throw Errors.invalid(
                    ErrorReason.ERROR_REASON_ANSWER_UNSUITABLE,
                    broken.getFirst().getDescription(),
                    broken,
                    Map.of());
        }
        return saved;
    }

    /// NOT_FOUND with ATTEMPT_NOT_FOUND.
    static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_ATTEMPT_NOT_FOUND, "attempt not found");
    }

    private static ServiceException notOpen(String message, Map<String, String> times) {
        return Errors.failedPrecondition(ErrorReason.ERROR_REASON_NOT_OPEN, message, times);
    }

    private static ServiceException reused() {
        return Errors.invalid(
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_IDEMPOTENCY_KEY_REUSED,
                "request_id",
                "this request id was used before with other contents");
    }
}
