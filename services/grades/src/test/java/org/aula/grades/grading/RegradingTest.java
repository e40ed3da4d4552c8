package org.aula.grades.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.grades.Answers.choice;
import static org.aula.grades.Answers.text;

import io.grpc.Status.Code;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.aula.api.assignments.v1.Question;
import org.aula.api.grades.v1.Attempt;
import org.aula.api.grades.v1.AttemptStatus;
import org.aula.api.grades.v1.CancelOperationRequest;
import org.aula.api.grades.v1.ErrorReason;
import org.aula.api.grades.v1.GetOperationRequest;
import org.aula.api.grades.v1.GradeResponseRequest;
import org.aula.api.grades.v1.ListScoreChangesRequest;
import org.aula.api.grades.v1.QuizGraded;
import org.aula.api.grades.v1.RegradeQuizRequest;
import org.aula.api.grades.v1.ScoreChange;
import org.aula.api.grades.v1.ScoreChangeKind;
import org.aula.api.operations.v1.Operation;
import org.aula.api.operations.v1.OperationState;
import org.aula.grades.Classroom;
import org.aula.grades.PublishedEvents;
import org.aula.grades.Questions;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RegradingTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("grades");

    private final Classroom room = new Classroom(platform);
    private final Question question = Questions.single("a", 2);
    private final Question gone = Questions.single("a", 3);
    private final Question essay = Questions.essay(5);

    @Test
    void a_corrected_key_changes_grades_once() throws Exception {
        var builder = room.quiz().question(question).question(gone);
        var quiz = builder.publish();
        var right = room.learner();
        var wrong = room.learner();
        var attempts = List.of(
                room.sit(right, quiz, choice(question, "b"), choice(gone, "a")),
                room.sit(wrong, quiz, choice(question, "a"), choice(gone, "a")));
        assertThat(attempts).extracting(Attempt::getScore).containsExactly(3.0, 5.0);

        builder.anew()
                .question(keyed(question, "b").toBuilder().setPoints(4).build())
                .publish();
        var ended = ended(room.teacher(), regrade(room.teacher(), quiz));

        assertThat(ended.getState()).isEqualTo(OperationState.OPERATION_STATE_SUCCEEDED);
        assertThat(ended.getDone()).isEqualTo(2);
        var after = attempts.stream()
                .map(attempt -> room.get(room.teacher(), attempt))
                .toList();
        assertThat(after).extracting(Attempt::getScore).containsExactly(7.0, 3.0);
        assertThat(after).extracting(Attempt::getMaxScore).containsOnly(7.0);
        assertThat(after).extracting(Attempt::getPassed).containsExactly(true, false);
        assertThat(after).extracting(Attempt::getQuizVersion).containsOnly(1);
        assertThat(room.get(right, attempts.getFirst())
                        .getQuestions(0)
                        .getKey()
                        .getSingleChoice()
                        .getCorrectOptionId())
                .isEqualTo("b");
        assertThat(history(right, attempts.getFirst()).getFirst()).satisfies(change -> {
            assertThat(change.getKind()).isEqualTo(ScoreChangeKind.SCORE_CHANGE_KIND_REGRADE);
            assertThat(change.getActor()).isEqualTo("service:grades");
            assertThat(change.getFromScore()).isEqualTo(3);
            assertThat(change.getToScore()).isEqualTo(7);
            assertThat(change.getQuizVersion()).isEqualTo(2);
        });
        assertThat(PublishedEvents.of(platform, attempts.getFirst().getId(), QuizGraded.class))
                .extracting(QuizGraded::getScore)
                .containsExactly(3.0, 7.0);

        ended(room.teacher(), regrade(room.teacher(), quiz));
        assertThat(history(right, attempts.getFirst())).hasSize(2);
    }

    @Test
    void what_a_person_graded_stays() throws Exception {
        var builder = room.quiz().question(question).question(essay);
        var quiz = builder.publish();
        var learner = room.learner();
        var attempt = room.sit(learner, quiz, choice(question, "b"), text(essay, "mine"));
        var waiting = room.sit(room.learner(), quiz, choice(question, "b"), text(essay, "waits"));
        room.grading(room.teacher())
                .gradeResponse(GradeResponseRequest.newBuilder()
                        .setResponseId(room.get(room.teacher(), attempt)
                                .getQuestions(1)
                                .getResponseId())
                        .setPoints(4)
                        .build());

        builder.anew().question(keyed(question, "b")).question(essay).publish();
        ended(room.teacher(), regrade(room.teacher(), quiz));

        assertThat(room.get(learner, attempt).getScore()).isEqualTo(6);
        var stillWaiting = room.get(room.teacher(), waiting);
        assertThat(stillWaiting.getStatus()).isEqualTo(AttemptStatus.ATTEMPT_STATUS_SUBMITTED);
        assertThat(stillWaiting.getScore()).isEqualTo(2);
    }

    @Test
    void many_attempts_are_graded_in_parts_and_open_ones_are_left() throws Exception {
        var builder = room.quiz().question(question);
        var quiz = builder.publish();
        var learner = room.learner();
        IntStream.range(0, 205).forEach(index -> room.sit(learner, quiz, choice(question, "b")));
        var open = room.start(room.learner(), quiz);

        builder.anew().question(keyed(question, "b")).publish();
        var ended = ended(room.teacher(), regrade(room.teacher(), quiz));

        assertThat(ended.getDone()).isEqualTo(205);
        assertThat(regraded(quiz)).isEqualTo(205);
        assertThat(room.get(room.teacher(), open).getStatus()).isEqualTo(AttemptStatus.ATTEMPT_STATUS_IN_PROGRESS);
    }

    @Test
    void what_breaks_off_midway_goes_on_behind_what_is_done_and_grades_nothing_twice() throws Exception {
        var builder = room.quiz().question(question);
        var quiz = builder.publish();
        var learner = room.learner();
        var attempts = IntStream.range(0, 12)
                .mapToObj(index -> room.sit(learner, quiz, choice(question, "b")))
                .toList();
        builder.anew().question(keyed(question, "b")).publish();

        Operation begun;
        try (var holding = platform.superuser().open()) {
            holding.begin();
            holding.execute(
                    "SELECT FROM grades.quiz_submissions WHERE id = CAST(? AS uuid) FOR UPDATE",
                    attempts.get(7).getId());
            begun = regrade(room.teacher(), quiz);
            Await.until("it is cut at the attempt that is held", () -> cutWhoWaits(quiz, 7));
            holding.rollback();
        }
        var ended = ended(room.teacher(), begun);

        assertThat(ended.getState()).as(ended.getFailure()).isEqualTo(OperationState.OPERATION_STATE_SUCCEEDED);
        assertThat(ended.getDone()).isEqualTo(12);
        assertThat(ended.getTotal()).isEqualTo(12);
        assertThat(regraded(quiz)).isEqualTo(12);
        assertThat(attempts).allSatisfy(attempt -> {
            assertThat(history(learner, attempt))
                    .filteredOn(change -> change.getKind() == ScoreChangeKind.SCORE_CHANGE_KIND_REGRADE)
                    .hasSize(1);
            assertThat(PublishedEvents.of(platform, attempt.getId(), QuizGraded.class))
                    .extracting(QuizGraded::getScore)
                    .containsExactly(0.0, 2.0);
        });
    }

    /// Ends the connection of whoever waits for an attempt's lock when so many are graded.
    private static boolean cutWhoWaits(String quiz, long done) {
        return regraded(quiz) == done
                && platform.superuser()
                        .withHandle(handle ->
                                handle.createQuery("""
                                SELECT EXISTS (
                                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                                    WHERE usename = 'grades' AND datname = current_database()
                                        AND wait_event_type = 'Lock' AND query LIKE '%quiz_submissions%')
                                """).mapTo(Boolean.class).one());
    }

    private static long regraded(String quiz) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                        SELECT count(*) FROM grades.quiz_submissions
                        WHERE quiz_id = CAST(:quiz AS uuid) AND score = 2 AND regraded_version = 2
                        """)
                        .bind("quiz", quiz)
                        .mapTo(Long.class)
                        .one());
    }

    @Test
    void regrading_is_the_teachers() throws Exception {
        var quiz = room.quiz().question(question).publish();
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> regrade(room.learner(), quiz));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_QUIZ_NOT_FOUND,
                () -> regrade(room.teacher(), UUID.randomUUID().toString()));
        var operation = regrade(room.teacher(), quiz);
        Refusal.expect(
                Code.NOT_FOUND,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_OPERATION_NOT_FOUND,
                () -> get(room.learner(), operation));
        var request = CancelOperationRequest.newBuilder()
                .setOperationId(operation.getId())
                .build();
        Refusal.expect(
                Code.NOT_FOUND,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_OPERATION_NOT_FOUND,
                () -> room.grading(room.learner()).cancelOperation(request));
        assertThat(room.grading(room.teacher())
                        .cancelOperation(request)
                        .getOperation()
                        .getId())
                .isEqualTo(operation.getId());
    }

    @Test
    void the_same_request_begins_one_operation() {
        var quiz = room.quiz().question(question).publish();
        var request = RegradeQuizRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setQuizId(quiz)
                .build();
        var grading = room.grading(room.teacher());

        assertThat(grading.regradeQuiz(request)).isEqualTo(grading.regradeQuiz(request));
    }

    private static Question keyed(Question question, String correct) {
        var form = question.getForm().toBuilder();
        form.getSingleChoiceBuilder().setCorrectOptionId(correct);
        return Questions.withForm(question, form.build());
    }

    private Operation regrade(TestUser teacher, String quiz) {
        return room.grading(teacher)
                .regradeQuiz(RegradeQuizRequest.newBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .setQuizId(quiz)
                        .build())
                .getOperation();
    }

    private Operation get(TestUser owner, Operation operation) {
        return room.grading(owner)
                .getOperation(GetOperationRequest.newBuilder()
                        .setOperationId(operation.getId())
                        .build())
                .getOperation();
    }

    private Operation ended(TestUser owner, Operation operation) throws Exception {
        Await.until("the operation ends", () -> get(owner, operation).hasEndTime());
        return get(owner, operation);
    }

    private List<ScoreChange> history(TestUser reader, Attempt attempt) {
        return room.grading(reader)
                .listScoreChanges(ListScoreChangesRequest.newBuilder()
                        .setAttemptId(attempt.getId())
                        .build())
                .getChangesList();
    }
}
