package org.aula.grades.attempt;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.courseaccess.CourseGuard;
import org.aula.grades.quiz.Question;
import org.aula.grades.quiz.QuizVersion;
import org.aula.grades.quiz.QuizVersion.Asked;
import org.aula.grades.quiz.QuizVersions;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.jspecify.annotations.Nullable;

/// What somebody may see of an attempt's questions.
@Singleton
final class AttemptReader {

    /// A question with what may be shown of it.
    ///
    /// @param key the question by whose keys it is graded; null when keys are not shown
    /// @param showsResult whether to say what the answer is worth
    record Shown(
            Asked asked,
            @Nullable Response response,
            @Nullable Question key,
            boolean showsResult,
            boolean forGrader) {}

    /// An attempt with its questions as its reader sees them.
    record ShownAttempt(Attempt attempt, List<Shown> questions) {}

    private final AttemptRepository attempts;
    private final ResponseRepository responses;
    private final QuizVersions quizVersions;
    private final CourseGuard guard;
    private final Database database;
    private final Clock clock;

    AttemptReader(
            AttemptRepository attempts,
            ResponseRepository responses,
            QuizVersions quizVersions,
            CourseGuard guard,
            Database database,
            Clock clock) {
        this.attempts = attempts;
        this.responses = responses;
        this.quizVersions = quizVersions;
        this.guard = guard;
        this.database = database;
        this.clock = clock;
    }

    /// An attempt as its learner or a teacher of its course sees it.
    ///
    /// @throws ServiceException NOT_FOUND with ATTEMPT_NOT_FOUND
    ShownAttempt get(UUID id) {
        return database.query(() -> {
            var attempt = attempts.find(id).orElseThrow(AttemptService::notFound);
            var forGrader =
                    guard.requireLearnerOrTeacher(attempt.userId(), attempt.courseId(), AttemptService::notFound);
            return show(attempt, responses.list(id), forGrader);
        });
    }

    /// A learner's own attempts, the newest first.
    List<Attempt> list(AttemptQuery ofLearner) {
        return database.query(() -> attempts.list(ofLearner));
    }

    /// Attempts of a quiz, the newest first, for a teacher of its course.
    ///
    /// @throws ServiceException NOT_FOUND with QUIZ_NOT_FOUND
    List<Attempt> listOfQuiz(UUID quizId, AttemptQuery query) {
        return database.query(() -> {
            var quiz = quizVersions.require(quizId);
            guard.requireTeacher(quiz.courseId(), QuizVersions::notFound);
            return attempts.list(query);
        });
    }

    /// As its learner sees it, in the work of the caller.
    ShownAttempt showLearner(AttemptWithResponses answered) {
        return show(answered.attempt(), answered.responses(), false);
    }

    private ShownAttempt show(Attempt attempt, List<Response> kept, boolean forGrader) {
        return new ShownAttempt(attempt, questions(attempt, kept, forGrader));
    }

    /// @param kept what the attempt has for its questions
    /// @param forGrader whether the reader is on the side of those who grade, who see everything
    private List<Shown> questions(Attempt attempt, List<Response> kept, boolean forGrader) {
        var quizVersion = quizVersions.get(attempt.quizId(), attempt.quizVersion());
        var keys = quizVersions.get(attempt.quizId(), attempt.keyVersion());
        var byQuestion = kept.stream().collect(Collectors.toMap(Response::questionId, Function.identity()));
        var open = forGrader || !attempt.isInProgress() && showsAnswers(attempt);
        return quizVersion.draw(attempt.seed()).stream()
                .map(asked -> shown(asked, byQuestion.get(asked.question().id()), keys, open, forGrader))
                .toList();
    }

    private static Shown shown(
            Asked asked, @Nullable Response response, QuizVersion keys, boolean open, boolean forGrader) {
        var byHand = response != null && (response.state() == Response.State.PENDING || !response.autoGraded());
        var graded = response != null && response.state() != Response.State.SAVED;
        return new Shown(
                asked, response, open ? key(asked.question(), keys) : null, graded && (open || byHand), forGrader);
    }

    /// By the last version's keys, if it has the question still and asks it in the same way.
    static Question key(Question own, QuizVersion keys) {
        return keys.question(own.id())
                .filter(later -> later.form().getClass() == own.form().getClass())
                .orElse(own);
    }

    /// By the rule of the last version, so that a quiz that closes later keeps its answers until then.
    private boolean showsAnswers(Attempt attempt) {
        var last = quizVersions.find(attempt.quizId()).orElseThrow();
        var rules = quizVersions.get(last.id(), last.version()).rules();
        return switch (rules.showAnswers()) {
            case NEVER -> false;
            case AFTER_SUBMIT -> true;
            case AFTER_CLOSE -> isPast(rules.closeAt());
            case AFTER_PASS -> hasPassed(attempt.userId(), attempt.quizId());
        };
    }

    private boolean hasPassed(UUID userId, UUID quizId) {
        return attempts.hasPassed(userId, quizId);
    }

    private boolean isPast(@Nullable Instant closeAt) {
        return closeAt != null && !clock.instant().isBefore(closeAt);
    }
}
