package org.aula.grades.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.grades.Answers.choice;
import static org.aula.grades.Answers.text;
import static org.aula.grades.Answers.trueFalse;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.aula.api.grades.v1.Answer;
import org.aula.api.grades.v1.Attempt;
import org.aula.api.grades.v1.AttemptStatus;
import org.aula.api.grades.v1.SaveAnswersRequest;
import org.aula.api.grades.v1.StartAttemptRequest;
import org.aula.grades.Classroom;
import org.aula.grades.Questions;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What happens at once happens once.
final class AtOnceTest {

    /// How many learners take a quiz at once: `-Dlearners=2000` for more.
    private static final int LEARNERS = Integer.getInteger("learners", 200);

    private static final int TRIES = 100;

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("grades");

    private final Classroom room = new Classroom(platform);

    @Test
    void starting_at_once_begins_one_attempt() throws Exception {
        var quiz = room.quiz().question(Questions.trueFalse(true, 1)).publish();
        var learner = room.learner();

        var attempts = all(IntStream.range(0, 20)
                .<Callable<Attempt>>mapToObj(index -> () -> room.start(learner, quiz))
                .toList());

        assertThat(attempts)
                .extracting(Attempt::getId)
                .containsOnly(attempts.getFirst().getId());
        assertThat(attempts).containsOnly(attempts.getFirst());
    }

    @Test
    void one_request_id_for_several_quizzes_at_once_begins_one_attempt() throws Exception {
        var quizzes = IntStream.range(0, 10)
                .mapToObj(index ->
                        room.quiz().question(Questions.trueFalse(true, 1)).publish())
                .toList();
        var learner = room.learner();
        var request =
                StartAttemptRequest.newBuilder().setRequestId(UUID.randomUUID().toString());

        var begun = all(quizzes.stream()
                .<Callable<Boolean>>map(quiz -> {
                    var own = request.clone().setQuizId(quiz).build();
                    return () -> begins(learner, own);
                })
                .toList());

        assertThat(begun).containsOnlyOnce(true);
        assertThat(count(
                        "SELECT count(*) FROM grades.quiz_submissions WHERE request_id = CAST(:id AS uuid)",
                        request.getRequestId()))
                .isEqualTo(1);
    }

    private boolean begins(TestUser learner, StartAttemptRequest request) {
        try {
            return !room.attempts(learner)
                    .startAttempt(request)
                    .getAttempt()
                    .getId()
                    .isEmpty();
        } catch (StatusRuntimeException refused) {
            assertThat(refused.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
            return false;
        }
    }

    @Test
    void handing_in_at_once_grades_once() throws Exception {
        var question = Questions.trueFalse(true, 1);
        var quiz = room.quiz().question(question).publish();
        var learner = room.learner();
        var attempt = room.start(learner, quiz);

        var graded = all(IntStream.range(0, 20)
                .<Callable<Attempt>>mapToObj(index ->
                        () -> room.submit(learner, attempt, trueFalse(question, index % 2 == 0)))
                .toList());

        assertThat(graded).containsOnly(graded.getFirst());
        assertThat(count(
                        "SELECT count(*) FROM grades.score_changes WHERE submission_id = CAST(:id AS uuid)",
                        attempt.getId()))
                .isEqualTo(1);
        assertThat(count(
                        "SELECT count(*) FROM grades.outbox WHERE type LIKE '%QuizGraded' AND key = :id",
                        attempt.getId()))
                .isEqualTo(1);
    }

    @Test
    void no_answer_of_many_learners_is_lost() throws Exception {
        var flag = Questions.trueFalse(true, 1);
        var single = Questions.single("b", 2);
        var words = Questions.shortAnswer(3, Questions.words("Paris"));
        var quiz = room.quiz().question(flag).question(single).question(words).publish();
        var learners =
                IntStream.range(0, LEARNERS).mapToObj(index -> room.learner()).toList();

        var graded = all(learners.stream()
                .<Callable<Attempt>>map(learner -> () -> {
                    var attempt = again(() -> room.start(learner, quiz));
                    again(() -> save(learner, attempt, trueFalse(flag, true), choice(single, "b")));
                    return again(() -> room.submit(learner, attempt, text(words, "paris")));
                })
                .toList());

        assertThat(graded)
                .hasSize(LEARNERS)
                .allMatch(attempt -> attempt.getStatus() == AttemptStatus.ATTEMPT_STATUS_GRADED)
                .allMatch(attempt -> attempt.getScore() == 6);
        assertThat(count("""
                        SELECT count(*) FROM grades.quiz_responses r
                        JOIN grades.quiz_submissions s ON s.id = r.submission_id
                        WHERE s.quiz_id = CAST(:id AS uuid) AND r.answer_data IS NOT NULL AND r.is_correct
                        """, quiz)).isEqualTo(3L * LEARNERS);
        assertThat(count("SELECT count(*) FROM grades.gradebook_scores WHERE item_id = CAST(:id AS uuid)", quiz))
                .isEqualTo(LEARNERS);
    }

    private static long count(String sql, String id) {
        return platform.superuser()
                .withHandle(handle ->
                        handle.createQuery(sql).bind("id", id).mapTo(Long.class).one());
    }

    private static <T> List<T> all(List<Callable<T>> calls) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<T>>();
            for (var call : calls) {
                running.add(threads.submit(call));
            }
            var answers = new ArrayList<T>();
            for (var one : running) {
                answers.add(one.get());
            }
            return answers;
        }
    }

    /// As clients do that are told that the service is overloaded: the same request once more.
    private static <T> T again(Callable<T> call) throws Exception {
        for (int tries = 1; ; tries++) {
            try {
                return call.call();
            } catch (StatusRuntimeException refused) {
                if (refused.getStatus().getCode() != Code.RESOURCE_EXHAUSTED || tries == TRIES) {
                    throw refused;
                }
            }
        }
    }

    private Attempt save(TestUser learner, Attempt attempt, Answer... answers) {
        return room.attempts(learner)
                .saveAnswers(SaveAnswersRequest.newBuilder()
                        .setAttemptId(attempt.getId())
                        .addAllAnswers(List.of(answers))
                        .build())
                .getAttempt();
    }
}
