package org.aula.grades.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.grades.Answers.choice;
import static org.aula.grades.Answers.text;
import static org.aula.grades.Answers.trueFalse;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.aula.api.assignments.v1.PartialCredit;
import org.aula.api.assignments.v1.ShowAnswers;
import org.aula.api.grades.v1.Answer;
import org.aula.api.grades.v1.Attempt;
import org.aula.api.grades.v1.AttemptQuestion;
import org.aula.api.grades.v1.AttemptStatus;
import org.aula.api.grades.v1.ErrorReason;
import org.aula.api.grades.v1.GetAttemptRequest;
import org.aula.api.grades.v1.ListAttemptsRequest;
import org.aula.api.grades.v1.ListMyAttemptsRequest;
import org.aula.api.grades.v1.SaveAnswersRequest;
import org.aula.api.grades.v1.StartAttemptRequest;
import org.aula.api.grades.v1.SubmitAttemptRequest;
import org.aula.grades.Classroom;
import org.aula.grades.Questions;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AttemptTest {

    static final PinnedClock clock = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("grades").at(clock);

    private final Classroom room = new Classroom(platform);

    @Test
    void an_attempt_is_answered_handed_in_and_graded() {
        var one = Questions.trueFalse(true, 2);
        var two = Questions.multiple(PartialCredit.PARTIAL_CREDIT_PER_OPTION, 4, "a", "b");
        var three = Questions.shortAnswer(4, Questions.words("Paris"));
        var quiz = room.quiz().question(one).question(two).question(three).publish();
        var learner = room.learner();

        var begun = start(learner, quiz);
        assertThat(begun.getStatus()).isEqualTo(AttemptStatus.ATTEMPT_STATUS_IN_PROGRESS);
        assertThat(begun.getNumber()).isEqualTo(1);
        assertThat(begun.getMaxScore()).isEqualTo(10);
        assertThat(begun.getLessonId()).isEqualTo(room.lessonId().toString());
        assertThat(begun.hasEndTime()).isFalse();
        save(learner, begun, trueFalse(one, false), choice(two, "a"));
        save(learner, begun, trueFalse(one, true));
        clock.advance(Duration.ofSeconds(90));
        var graded = submit(learner, begun, text(three, "  paris"));

        assertThat(graded.getStatus()).isEqualTo(AttemptStatus.ATTEMPT_STATUS_GRADED);
        assertThat(graded.getScore()).isEqualTo(9);
        assertThat(graded.getPassed()).isTrue();
        assertThat(graded.getTimeSpent().getSeconds()).isEqualTo(90);
        assertThat(graded.getTimedOut()).isFalse();
        assertThat(graded.getQuestionsList())
                .extracting(question -> question.getResult().getPoints())
                .containsExactly(2.0, 3.0, 4.0);
        assertThat(get(learner, begun)).isEqualTo(graded);
        assertThat(submit(learner, begun, trueFalse(one, false))).isEqualTo(graded);
    }

    @Test
    void what_learners_are_sent_before_they_hand_in_has_no_keys() {
        var quiz = room.quiz()
                .question(Questions.single("c", 1))
                .question(Questions.shortAnswer(1, Questions.words("secret-word")))
                .question(Questions.essay(1))
                .question(Questions.code(1))
                .publish();
        var learner = room.learner();

        var begun = start(learner, quiz);

        assertThat(begun.toString()).doesNotContain("secret-word", "correct", "print(42)", "look for", "Why it is");
        assertThat(begun.getQuestionsList()).noneMatch(question -> question.hasKey() || question.hasResult());
        assertThat(get(learner, begun)).isEqualTo(begun);
    }

    @Test
    void answers_are_shown_by_the_quizs_rule() {
        var close = clock.instant().plus(Duration.ofHours(1));
        assertThat(shown(ShowAnswers.SHOW_ANSWERS_NEVER, true)).isEmpty();
        assertThat(shown(ShowAnswers.SHOW_ANSWERS_AFTER_SUBMIT, false)).hasSize(1);
        assertThat(shown(ShowAnswers.SHOW_ANSWERS_AFTER_PASS, false)).isEmpty();
        assertThat(shown(ShowAnswers.SHOW_ANSWERS_AFTER_PASS, true)).hasSize(1);

        var question = Questions.single("c", 1);
        var quiz = room.quiz()
                .question(question)
                .settings(settings -> settings.setShowAnswers(ShowAnswers.SHOW_ANSWERS_AFTER_CLOSE)
                        .setCloseTime(Timestamps.fromMillis(close.toEpochMilli())))
                .publish();
        var learner = room.learner();
        var attempt = submit(learner, start(learner, quiz), choice(question, "c"));
        assertThat(attempt.getQuestions(0).hasKey()).isFalse();
        assertThat(attempt.getQuestions(0).hasResult()).isFalse();
        clock.advance(Duration.ofHours(1));
        assertThat(get(learner, attempt).getQuestions(0).hasKey()).isTrue();
        assertThat(get(learner, attempt).getQuestions(0).getExplanation()).isEqualTo("<p>Why it is so</p>");
    }

    private List<AttemptQuestion> shown(ShowAnswers rule, boolean right) {
        var question = Questions.single("c", 1);
        var quiz = room.quiz()
                .question(question)
                .settings(settings -> settings.setShowAnswers(rule))
                .publish();
        var learner = room.learner();
        return submit(learner, start(learner, quiz), choice(question, right ? "c" : "a")).getQuestionsList().stream()
                .filter(AttemptQuestion::hasKey)
                .toList();
    }

    @Test
    void each_attempt_draws_and_shuffles_for_itself_and_keeps_what_it_got() {
        var pool = IntStream.range(0, 20)
                .mapToObj(index -> Questions.single("a", 7))
                .toList();
        var quiz = room.quiz()
                .pool(5, 2, pool)
                .settings(settings -> settings.setShuffleQuestions(true).setShuffleOptions(true))
                .publish();
        var orders = new HashSet<List<String>>();
        var options = new HashSet<String>();
        for (int round = 0; round < 8; round++) {
            var learner = room.learner();
            var attempt = start(learner, quiz);
            assertThat(attempt.getMaxScore()).isEqualTo(10);
            assertThat(attempt.getQuestionsList())
                    .hasSize(5)
                    .doesNotHaveDuplicates()
                    .allMatch(question -> question.getQuestion().getPoints() == 2);
            assertThat(get(learner, attempt)).isEqualTo(attempt);
            orders.add(attempt.getQuestionsList().stream()
                    .map(question -> question.getQuestion().getId())
                    .toList());
            attempt.getQuestionsList()
                    .forEach(question ->
                            options.add(question.getQuestion().getOptionsList().toString()));
        }
        assertThat(orders).hasSizeGreaterThan(6);
        assertThat(options).hasSizeGreaterThan(5);
    }

    @Test
    void there_is_one_attempt_at_a_time_and_no_more_than_the_quiz_allows() throws Exception {
        var question = Questions.trueFalse(true, 1);
        var quiz = room.quiz()
                .question(question)
                .settings(settings -> settings.setMaxAttempts(2))
                .publish();
        var learner = room.learner();

        var first = start(learner, quiz);
        assertThat(start(learner, quiz).getId()).isEqualTo(first.getId());
        submit(learner, first);
        var second = start(learner, quiz);
        assertThat(second.getNumber()).isEqualTo(2);
        submit(learner, second);

        var refusal = Refusal.expect(
                Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_NONE_LEFT, () -> start(learner, quiz));
        assertThat(refusal.metadata()).containsEntry("limit", "2");
        assertThat(list(learner, quiz)).extracting(Attempt::getNumber).containsExactly(2, 1);
    }

    @Test
    void a_repeated_request_gives_the_attempt_that_it_began_also_when_that_is_over() throws Exception {
        var quiz = room.quiz().question(Questions.trueFalse(true, 1)).publish();
        var other = room.quiz().question(Questions.trueFalse(true, 1)).publish();
        var learner = room.learner();
        var request = StartAttemptRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setQuizId(quiz)
                .build();

        var begun = room.attempts(learner).startAttempt(request).getAttempt();
        var ended = submit(learner, begun);

        assertThat(room.attempts(learner).startAttempt(request).getAttempt()).isEqualTo(ended);
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_IDEMPOTENCY_KEY_REUSED,
                () -> room.attempts(learner)
                        .startAttempt(request.toBuilder().setQuizId(other).build()));
        assertThat(refusal.fields()).containsExactly("request_id");
    }

    @Test
    void a_quiz_is_taken_while_it_is_open() throws Exception {
        var builder = room.quiz()
                .question(Questions.trueFalse(true, 1))
                .settings(settings -> settings.setOpenTime(Timestamps.fromMillis(clock.millis() + 60_000))
                        .setCloseTime(Timestamps.fromMillis(clock.millis() + 120_000)));
        var quiz = builder.publish();
        var learner = room.learner();

        assertThat(notOpen(learner, quiz).metadata()).containsOnlyKeys("open_time");
        clock.advance(Duration.ofSeconds(60));
        var attempt = start(learner, quiz);
        assertThat(attempt.getEndTime()).isEqualTo(Timestamps.fromMillis(clock.millis() + 60_000));
        clock.advance(Duration.ofSeconds(60));
        assertThat(notOpen(room.learner(), quiz).metadata()).containsOnlyKeys("close_time");
        builder.settings(settings -> settings.clearOpenTime().clearCloseTime()).publish();
        builder.withdraw();
        assertThat(notOpen(room.learner(), quiz).metadata()).isEmpty();
    }

    @Test
    void attempts_begin_when_the_quizs_lesson_is_open() throws Exception {
        var quiz = room.quiz().question(Questions.trueFalse(true, 1)).publish();
        var begun = room.learner();
        var attempt = start(begun, quiz);
        room.releaseLessonAt(clock.instant().plusSeconds(60));
        var learner = room.learner();

        assertThat(Refusal.expect(
                                Code.FAILED_PRECONDITION,
                                ErrorReason.ERROR_REASON_LESSON_NOT_RELEASED,
                                () -> start(learner, quiz))
                        .metadata())
                .containsOnlyKeys("release_time");
        assertThat(start(begun, quiz).getId()).isEqualTo(attempt.getId());
        clock.advance(Duration.ofSeconds(60));
        var first = room.putLessonFirst();
        assertThat(Refusal.expect(
                                Code.FAILED_PRECONDITION,
                                ErrorReason.ERROR_REASON_LESSON_PREREQUISITE_MISSING,
                                () -> start(learner, quiz))
                        .metadata())
                .containsEntry("lesson_ids", first.toString());
        submit(begun, attempt);
    }

    private Refusal notOpen(TestUser learner, String quiz) throws Exception {
        return Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_NOT_OPEN, () -> start(learner, quiz));
    }

    @Test
    void attempts_are_for_those_who_are_enrolled() throws Exception {
        var quiz = room.quiz().question(Questions.trueFalse(true, 1)).publish();
        var stranger = platform.user();
        var dropped = platform.user();
        room.enroll(dropped, "DROPPED", null);
        var expired = platform.user();
        room.enroll(expired, "ENROLLED", clock.instant().minusSeconds(1));
        for (var user : List.of(stranger, dropped, expired, room.teacher())) {
            Refusal.expect(
                    Code.PERMISSION_DENIED, ErrorReason.ERROR_REASON_ENROLLMENT_REQUIRED, () -> start(user, quiz));
        }
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_QUIZ_NOT_FOUND,
                () -> start(stranger, UUID.randomUUID().toString()));
        room.draft();
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_QUIZ_NOT_FOUND, () -> start(stranger, quiz));
        assertThat(start(room.learner(), quiz).getNumber()).isEqualTo(1);
    }

    @Test
    void unsuitable_answers_are_all_named_and_none_is_kept() throws Exception {
        var flag = Questions.trueFalse(true, 1);
        var single = Questions.single("a", 1);
        var words = Questions.shortAnswer(1, Questions.words("x"));
        var quiz = room.quiz().question(flag).question(single).question(words).publish();
        var learner = room.learner();
        var attempt = start(learner, quiz);

        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_ANSWER_UNSUITABLE,
                () -> save(
                        learner,
                        attempt,
                        trueFalse(flag, true),
                        text(single, "a"),
                        choice(single, "a", "b"),
                        text(words, "é".repeat(501)),
                        trueFalse(Questions.trueFalse(true, 1), true),
                        trueFalse(flag, false)));

        assertThat(refusal.fields())
                .containsExactly(
                        "answers[1]",
                        "answers[2].question_id",
                        "answers[3]",
                        "answers[4].question_id",
                        "answers[5].question_id");
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_ANSWER_UNSUITABLE,
                () -> submit(learner, attempt, choice(single, "e")));
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_ANSWER_UNSUITABLE,
                () -> submit(learner, attempt, choice(single, "a", "b")));
        assertThat(get(learner, attempt).getQuestionsList()).noneMatch(AttemptQuestion::hasAnswer);
        save(learner, attempt, text(words, "é".repeat(500)));
    }

    @Test
    void the_server_keeps_the_time_with_a_grace() throws Exception {
        var question = Questions.trueFalse(true, 1);
        var quiz = room.quiz()
                .question(question)
                .settings(settings -> settings.setTimeLimit(Durations.fromSeconds(600)))
                .publish();
        var inTime = room.learner();
        var late = room.learner();
        var attempt = start(inTime, quiz);
        var lateAttempt = start(late, quiz);
        assertThat(attempt.getEndTime()).isEqualTo(Timestamps.fromMillis(clock.millis() + 600_000));

        clock.advance(Duration.ofSeconds(630));
        var graded = submit(inTime, attempt, trueFalse(question, true));
        assertThat(graded.getScore()).isEqualTo(1);
        assertThat(graded.getTimedOut()).isFalse();

        clock.advance(Duration.ofSeconds(1));
        // The job may have been faster; then it is handed in, which says the same.
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_ATTEMPT_ENDED,
                () -> save(late, lateAttempt, trueFalse(question, true)));
        var ended = submit(late, lateAttempt, trueFalse(question, true));
        assertThat(ended.getTimedOut()).isTrue();
        assertThat(ended.getScore()).isZero();
        assertThat(ended.getSubmitTime()).isEqualTo(ended.getEndTime());
        assertThat(ended.getTimeSpent().getSeconds()).isEqualTo(600);
    }

    @Test
    void who_leaves_is_handed_in_with_what_was_saved() throws Exception {
        var question = Questions.trueFalse(true, 1);
        var quiz = room.quiz()
                .question(question)
                .settings(settings ->
                        settings.setTimeLimit(Durations.fromSeconds(600)).setMaxAttempts(2))
                .publish();
        var learner = room.learner();
        var attempt = start(learner, quiz);
        save(learner, attempt, trueFalse(question, true));

        clock.advance(Duration.ofSeconds(631));
        expireAll();

        var ended = get(learner, attempt);
        assertThat(ended.getStatus()).isEqualTo(AttemptStatus.ATTEMPT_STATUS_GRADED);
        assertThat(ended.getTimedOut()).isTrue();
        assertThat(ended.getScore()).isEqualTo(1);
        assertThat(start(learner, quiz).getNumber()).isEqualTo(2);
    }

    @Test
    void beginning_anew_hands_in_what_is_over() {
        var question = Questions.trueFalse(true, 1);
        var quiz = room.quiz()
                .question(question)
                .settings(settings -> settings.setTimeLimit(Durations.fromSeconds(600)))
                .publish();
        var learner = room.learner();
        var attempt = start(learner, quiz);
        clock.advance(Duration.ofSeconds(631));

        assertThat(start(learner, quiz).getNumber()).isEqualTo(2);
        assertThat(get(learner, attempt).getTimedOut()).isTrue();
    }

    private static void expireAll() throws Exception {
        platform.inside("grades", () -> {
            platform.bean("grades", AttemptTimeoutJob.class).run();
            return true;
        });
    }

    @Test
    void an_attempt_is_there_for_its_learner_the_teacher_and_those_who_read_all() throws Exception {
        var question = Questions.essay(3);
        var quiz = room.quiz().question(question).publish();
        var learner = room.learner();
        var attempt = start(learner, quiz);
        save(learner, attempt, text(question, "mine"));

        assertThat(get(room.teacher(), attempt)
                        .getQuestions(0)
                        .getKey()
                        .getEssay()
                        .getGradingNotes())
                .isEqualTo("<p>look for the point</p>");
        assertThat(get(room.teacher(), attempt).getQuestions(0).getResponseId()).isNotEmpty();
        assertThat(get(platform.user("grades:read"), attempt).getId()).isEqualTo(attempt.getId());
        for (var stranger : List.of(room.learner(), platform.user("grades:write"))) {
            notFound(() -> get(stranger, attempt));
            notFound(() -> save(stranger, attempt, text(question, "theirs")));
            notFound(() -> submit(stranger, attempt));
        }
        notFound(() -> submit(room.teacher(), attempt));
        assertThat(get(learner, attempt).getQuestions(0).getAnswer().getText()).isEqualTo("mine");
        var ended = submit(learner, attempt);
        assertThat(ended.getStatus()).isEqualTo(AttemptStatus.ATTEMPT_STATUS_SUBMITTED);
        assertThat(ended.getQuestions(0).getKey().getEssay().getGradingNotes()).isEmpty();
    }

    private static void notFound(Refusal.Call call) throws Exception {
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_ATTEMPT_NOT_FOUND, call);
    }

    @Test
    void teachers_list_attempts_page_by_page_by_one_statement_each() throws Exception {
        var quiz = room.quiz().question(Questions.trueFalse(true, 1)).publish();
        var learners = IntStream.range(0, 5).mapToObj(index -> room.learner()).toList();
        learners.forEach(learner -> start(learner, quiz));
        submit(learners.get(1), start(learners.get(1), quiz));
        var teacher = room.attempts(room.teacher());
        var request = ListAttemptsRequest.newBuilder()
                .setQuizId(quiz)
                .setPageSize(3)
                .setWithItemTokens(true)
                .build();

        var first = teacher.listAttempts(request);
        var second = teacher.listAttempts(
                request.toBuilder().setPageToken(first.getNextPageToken()).build());

        assertThat(first.getItemTokensList()).hasSize(3);
        assertThat(second.getNextPageToken()).isEmpty();
        assertThat(java.util.stream.Stream.concat(first.getAttemptsList().stream(), second.getAttemptsList().stream())
                        .map(Attempt::getUserId))
                .containsExactlyElementsOf(learners.reversed().stream()
                        .map(learner -> learner.id().toString())
                        .toList());
        var graded = request.toBuilder()
                .setStatus(AttemptStatus.ATTEMPT_STATUS_GRADED)
                .build();
        assertThat(teacher.listAttempts(graded).getAttemptsList())
                .extracting(Attempt::getUserId)
                .containsExactly(learners.get(1).id().toString());
        var one = request.toBuilder().setUserId(learners.get(2).id().toString()).build();
        assertThat(teacher.listAttempts(one).getAttemptsCount()).isEqualTo(1);
        assertThat(platform.statements("grades", () -> teacher.listAttempts(request)))
                .isEqualTo(platform.statements(
                        "grades",
                        () -> teacher.listAttempts(
                                request.toBuilder().setPageSize(100).build())));
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> room.attempts(learners.getFirst()).listAttempts(request));
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID,
                () -> teacher.listAttempts(graded.toBuilder()
                        .setPageToken(first.getNextPageToken())
                        .build()));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_QUIZ_NOT_FOUND,
                () -> teacher.listAttempts(request.toBuilder()
                        .setQuizId(UUID.randomUUID().toString())
                        .build()));
    }

    private Attempt start(TestUser learner, String quiz) {
        return room.attempts(learner)
                .startAttempt(StartAttemptRequest.newBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .setQuizId(quiz)
                        .build())
                .getAttempt();
    }

    private Attempt save(TestUser learner, Attempt attempt, Answer... answers) {
        return room.attempts(learner)
                .saveAnswers(SaveAnswersRequest.newBuilder()
                        .setAttemptId(attempt.getId())
                        .addAllAnswers(List.of(answers))
                        .build())
                .getAttempt();
    }

    private Attempt submit(TestUser learner, Attempt attempt, Answer... answers) {
        return room.attempts(learner)
                .submitAttempt(SubmitAttemptRequest.newBuilder()
                        .setAttemptId(attempt.getId())
                        .addAllAnswers(List.of(answers))
                        .build())
                .getAttempt();
    }

    private Attempt get(TestUser reader, Attempt attempt) {
        return room.attempts(reader)
                .getAttempt(GetAttemptRequest.newBuilder()
                        .setAttemptId(attempt.getId())
                        .build())
                .getAttempt();
    }

    private List<Attempt> list(TestUser learner, String quiz) {
        return room.attempts(learner)
                .listMyAttempts(ListMyAttemptsRequest.newBuilder()
                        .setQuizId(quiz)
                        .setCourseId(room.courseId())
                        .build())
                .getAttemptsList();
    }
}
