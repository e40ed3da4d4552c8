package org.aula.grades.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.grades.Answers.text;
import static org.aula.grades.Answers.trueFalse;

import io.grpc.Status.Code;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aula.api.assignments.v1.Question;
import org.aula.api.grades.v1.Attempt;
import org.aula.api.grades.v1.AttemptStatus;
import org.aula.api.grades.v1.ClaimResponseRequest;
import org.aula.api.grades.v1.ErrorReason;
import org.aula.api.grades.v1.GradeResponseRequest;
import org.aula.api.grades.v1.ListPendingResponsesRequest;
import org.aula.api.grades.v1.ListScoreChangesRequest;
import org.aula.api.grades.v1.PendingResponse;
import org.aula.api.grades.v1.QuizGraded;
import org.aula.api.grades.v1.ReleaseResponseRequest;
import org.aula.api.grades.v1.SaveAnswersRequest;
import org.aula.api.grades.v1.ScoreChange;
import org.aula.api.grades.v1.ScoreChangeKind;
import org.aula.api.grades.v1.SetAttemptFeedbackRequest;
import org.aula.grades.Classroom;
import org.aula.grades.PublishedEvents;
import org.aula.grades.Questions;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What persons do with essays and programs.
final class GradingTest {

    static final PinnedClock clock = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("grades").at(clock);

    private final Classroom room = new Classroom(platform);
    private final Question flag = Questions.trueFalse(true, 2);
    private final Question essay = Questions.essay(8);
    private final String quiz = room.quiz().question(flag).question(essay).publish();

    @Test
    void the_last_answer_that_waited_ends_the_grading() throws Exception {
        var learner = room.learner();
        var attempt = room.sit(learner, quiz, trueFalse(flag, true), text(essay, "my point"));
        assertThat(attempt.getStatus()).isEqualTo(AttemptStatus.ATTEMPT_STATUS_SUBMITTED);
        assertThat(attempt.getScore()).isEqualTo(2);
        assertThat(attempt.getQuestions(1).getResult().getPending()).isTrue();
        assertThat(graded(attempt)).isEmpty();

        var waiting = queue(room.teacher()).getFirst();
        assertThat(waiting.getAnswer().getText()).isEqualTo("my point");
        assertThat(waiting.getForm().getEssay().getGradingNotes()).isNotEmpty();
        assertThat(waiting.getUserId()).isEqualTo(learner.id().toString());
        var after = grade(room.teacher(), waiting, 6.5, "well put");

        assertThat(after.getStatus()).isEqualTo(AttemptStatus.ATTEMPT_STATUS_GRADED);
        assertThat(after.getScore()).isEqualTo(8.5);
        assertThat(after.getPassed()).isTrue();
        assertThat(queue(room.teacher())).isEmpty();
        var result = room.get(learner, attempt).getQuestions(1).getResult();
        assertThat(result.getFeedback()).isEqualTo("well put");
        assertThat(result.getGradedByHand()).isTrue();
        assertThat(graded(attempt)).singleElement().satisfies(event -> {
            assertThat(event.getPassed()).isTrue();
            assertThat(event.getScore()).isEqualTo(8.5);
            assertThat(event.getLessonId()).isEqualTo(room.lessonId().toString());
            assertThat(event.getUserId()).isEqualTo(learner.id().toString());
        });
    }

    @Test
    void what_is_graded_again_is_told_again_and_kept_in_the_history() throws Exception {
        var learner = room.learner();
        var attempt = room.sit(learner, quiz, text(essay, "my point"));
        var waiting = queue(room.teacher()).getFirst();
        var admin = platform.user("grades:write");

        grade(room.teacher(), waiting, 8, "");
        clock.advance(Duration.ofMinutes(1));
        grade(admin, waiting, 1, "copied");

        assertThat(graded(attempt)).extracting(QuizGraded::getPassed).containsExactly(true, false);
        assertThat(history(learner, attempt))
                .extracting(
                        ScoreChange::getKind, ScoreChange::getFromScore, ScoreChange::getToScore, ScoreChange::getActor)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                ScoreChangeKind.SCORE_CHANGE_KIND_HAND,
                                8.0,
                                1.0,
                                admin.id().toString()),
                        org.assertj.core.groups.Tuple.tuple(
                                ScoreChangeKind.SCORE_CHANGE_KIND_HAND,
                                0.0,
                                8.0,
                                room.teacher().id().toString()),
                        org.assertj.core.groups.Tuple.tuple(
                                ScoreChangeKind.SCORE_CHANGE_KIND_SUBMIT,
                                0.0,
                                0.0,
                                learner.id().toString()));
        assertThat(history(room.teacher(), attempt)).isEqualTo(history(learner, attempt));
        Refusal.expect(
                Code.NOT_FOUND, ErrorReason.ERROR_REASON_ATTEMPT_NOT_FOUND, () -> history(room.learner(), attempt));
    }

    @Test
    void what_one_has_taken_nobody_else_grades_until_it_is_given_back_or_half_an_hour_is_over() throws Exception {
        room.sit(room.learner(), quiz, text(essay, "my point"));
        var waiting = queue(room.teacher()).getFirst();
        var other = platform.user("grades:write", "grades:read");

        claim(room.teacher(), waiting);
        assertThat(queue(other).getFirst().getClaimedBy())
                .isEqualTo(room.teacher().id().toString());
        assertThat(unclaimed(other)).isEmpty();
        assertThat(unclaimed(room.teacher())).hasSize(1);
        for (Refusal.Call call : List.<Refusal.Call>of(
                () -> claim(other, waiting), () -> release(other, waiting), () -> grade(other, waiting, 1, ""))) {
            assertThat(Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_CLAIMED_BY_ANOTHER, call)
                            .metadata())
                    .containsEntry(
                            "claimed_until",
                            clock.instant().plus(Duration.ofMinutes(30)).toString());
        }
        release(room.teacher(), waiting);
        claim(other, waiting);
        clock.advance(Duration.ofMinutes(30));
        grade(room.teacher(), waiting, 1, "");
    }

    @Test
    void points_have_bounds_and_work_in_progress_is_not_graded() throws Exception {
        room.sit(room.learner(), quiz, text(essay, "my point"));
        var waiting = queue(room.teacher()).getFirst();

        var tooMany = Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_POINTS_OUT_OF_RANGE,
                () -> grade(room.teacher(), waiting, 8.01, ""));
        assertThat(tooMany.fields()).containsExactly("points");
        assertThat(tooMany.metadata()).containsEntry("max_points", "8.00");

        var learner = room.learner();
        var open = room.start(learner, quiz);
        var saved = room.attempts(learner)
                .saveAnswers(SaveAnswersRequest.newBuilder()
                        .setAttemptId(open.getId())
                        .addAnswers(text(essay, "not yet"))
                        .build())
                .getAttempt();
        var response = PendingResponse.newBuilder()
                .setResponseId(room.get(room.teacher(), saved).getQuestions(1).getResponseId())
                .build();
        for (Refusal.Call call : List.<Refusal.Call>of(
                () -> grade(room.teacher(), response, 1, ""),
                () -> claim(room.teacher(), response),
                () -> comment(room.teacher(), open))) {
            Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_STATUS_FORBIDS, call);
        }
        grade(room.teacher(), waiting, 8, "");
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_STATUS_FORBIDS,
                () -> claim(room.teacher(), waiting));
    }

    @Test
    void responses_are_hidden_from_who_does_not_grade_them() throws Exception {
        var learner = room.learner();
        var attempt = room.sit(learner, quiz, text(essay, "my point"));
        var waiting = queue(room.teacher()).getFirst();
        for (var stranger : List.of(learner, platform.user("grades:read"), new Classroom(platform).teacher())) {
            for (Refusal.Call call : List.<Refusal.Call>of(
                    () -> claim(stranger, waiting),
                    () -> release(stranger, waiting),
                    () -> grade(stranger, waiting, 1, ""))) {
                Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_RESPONSE_NOT_FOUND, call);
            }
            Refusal.expect(
                    Code.NOT_FOUND, ErrorReason.ERROR_REASON_ATTEMPT_NOT_FOUND, () -> comment(stranger, attempt));
        }
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> queue(learner));
        room.draft();
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> queue(learner));
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, () -> queue(platform.user()));
    }

    @Test
    void the_queue_is_paged_with_those_that_wait_longest_first() throws Exception {
        var attempts = IntStream.range(0, 5)
                .mapToObj(index -> {
                    clock.advance(Duration.ofSeconds(1));
                    return room.sit(room.learner(), quiz, text(essay, "essay " + index));
                })
                .toList();
        var teacher = room.grading(room.teacher());
        var request = ListPendingResponsesRequest.newBuilder()
                .setCourseId(room.courseId())
                .setQuizId(quiz)
                .setPageSize(2)
                .setWithItemTokens(true)
                .build();

        var first = teacher.listPendingResponses(request);
        var second = teacher.listPendingResponses(
                request.toBuilder().setPageToken(first.getNextPageToken()).build());
        var third = teacher.listPendingResponses(
                request.toBuilder().setPageToken(second.getItemTokens(1)).build());

        assertThat(Stream.of(first, second, third).flatMap(page -> page.getResponsesList().stream()))
                .extracting(PendingResponse::getAttemptId)
                .containsExactlyElementsOf(attempts.stream().map(Attempt::getId).toList());
        assertThat(third.getNextPageToken()).isEmpty();
        var other = request.toBuilder().setQuizId(UUID.randomUUID().toString()).build();
        assertThat(teacher.listPendingResponses(other).getResponsesCount()).isZero();
        assertThat(platform.statements("grades", () -> teacher.listPendingResponses(request)))
                .isEqualTo(platform.statements(
                        "grades",
                        () -> teacher.listPendingResponses(
                                request.toBuilder().setPageSize(50).build())));
    }

    @Test
    void graders_say_something_of_the_whole() {
        var learner = room.learner();
        var attempt = room.sit(learner, quiz, trueFalse(flag, true));
        assertThat(attempt.getStatus()).isEqualTo(AttemptStatus.ATTEMPT_STATUS_GRADED);

        assertThat(comment(room.teacher(), attempt).getFeedback()).isEqualTo("see me");

        assertThat(room.get(learner, attempt).getFeedback()).isEqualTo("see me");
    }

    private List<PendingResponse> queue(TestUser grader) {
        return room.grading(grader)
                .listPendingResponses(ListPendingResponsesRequest.newBuilder()
                        .setCourseId(room.courseId())
                        .build())
                .getResponsesList();
    }

    private List<PendingResponse> unclaimed(TestUser grader) {
        return room.grading(grader)
                .listPendingResponses(ListPendingResponsesRequest.newBuilder()
                        .setCourseId(room.courseId())
                        .setUnclaimedOnly(true)
                        .build())
                .getResponsesList();
    }

    private Object claim(TestUser grader, PendingResponse response) {
        return room.grading(grader)
                .claimResponse(ClaimResponseRequest.newBuilder()
                        .setResponseId(response.getResponseId())
                        .build());
    }

    private Object release(TestUser grader, PendingResponse response) {
        return room.grading(grader)
                .releaseResponse(ReleaseResponseRequest.newBuilder()
                        .setResponseId(response.getResponseId())
                        .build());
    }

    private Attempt grade(TestUser grader, PendingResponse response, double points, String feedback) {
        return room.grading(grader)
                .gradeResponse(GradeResponseRequest.newBuilder()
                        .setResponseId(response.getResponseId())
                        .setPoints(points)
                        .setFeedback(feedback)
                        .build())
                .getAttempt();
    }

    private Attempt comment(TestUser grader, Attempt attempt) {
        return room.grading(grader)
                .setAttemptFeedback(SetAttemptFeedbackRequest.newBuilder()
                        .setAttemptId(attempt.getId())
                        .setFeedback("see me")
                        .build())
                .getAttempt();
    }

    private List<ScoreChange> history(TestUser reader, Attempt attempt) {
        return room.grading(reader)
                .listScoreChanges(ListScoreChangesRequest.newBuilder()
                        .setAttemptId(attempt.getId())
                        .build())
                .getChangesList();
    }

    private static List<QuizGraded> graded(Attempt attempt) {
        return PublishedEvents.of(platform, attempt.getId(), QuizGraded.class);
    }
}
