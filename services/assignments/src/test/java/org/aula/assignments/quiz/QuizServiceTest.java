package org.aula.assignments.quiz;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import org.aula.api.assignments.v1.CreateQuizRequest;
import org.aula.api.assignments.v1.DeleteQuizRequest;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.api.assignments.v1.GetQuizRequest;
import org.aula.api.assignments.v1.ListQuizzesRequest;
import org.aula.api.assignments.v1.PublishQuizRequest;
import org.aula.api.assignments.v1.Quiz;
import org.aula.api.assignments.v1.QuizSettings;
import org.aula.api.assignments.v1.QuizStatus;
import org.aula.api.assignments.v1.ReorderQuizItemsRequest;
import org.aula.api.assignments.v1.ShowAnswers;
import org.aula.api.assignments.v1.UpdateQuizRequest;
import org.aula.assignments.Classroom;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Quizzes as their authors work on them.
class QuizServiceTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses", "assignments");

    private final Classroom room = new Classroom(platform);

    @Test
    void beginsAsADraftWithTheUsualSettings() {
        var quiz = room.quiz("First");
        assertThat(quiz.getStatus()).isEqualTo(QuizStatus.QUIZ_STATUS_DRAFT);
        assertThat(quiz.getSettings())
                .isEqualTo(QuizSettings.newBuilder()
                        .setPassingPercentage(70)
                        .setMaxAttempts(1)
                        .setShowAnswers(ShowAnswers.SHOW_ANSWERS_AFTER_SUBMIT)
                        .build());
        assertThat(get(quiz)).isEqualTo(quiz);
    }

    @Test
    void changesWhatTheMaskNamesAndNothingElse() {
        var quiz = room.quiz("Before");
        var settings = QuizSettings.newBuilder()
                .setInstructions("<p>Read</p><script>x()</script>")
                .setPassingPercentage(66.67)
                .setTimeLimit(Duration.newBuilder().setSeconds(1800))
                .setMaxAttempts(0)
                .setOpenTime(Timestamp.newBuilder().setSeconds(1_000_000))
                .setCloseTime(Timestamp.newBuilder().setSeconds(2_000_000))
                .setShuffleQuestions(true)
                .setShuffleOptions(true)
                .setShowAnswers(ShowAnswers.SHOW_ANSWERS_AFTER_PASS)
                .setMandatory(true)
                .build();
        var request = UpdateQuizRequest.newBuilder()
                .setQuizId(quiz.getId())
                .setEtag(quiz.getEtag())
                .setTitle("After")
                .setLessonId(room.quizLessonId())
                .setSettings(settings)
                .setUpdateMask(mask(
                        "lesson_id",
                        "settings.instructions",
                        "settings.passing_percentage",
                        "settings.time_limit",
                        "settings.max_attempts",
                        "settings.open_time",
                        "settings.close_time",
                        "settings.shuffle_questions",
                        "settings.shuffle_options",
                        "settings.show_answers",
                        "settings.mandatory"))
                .build();
        var after = room.quizzes().updateQuiz(request).getQuiz();
        assertThat(after.getTitle()).isEqualTo("Before");
        assertThat(after.getLessonId()).isEqualTo(room.quizLessonId());
        assertThat(after.getSettings())
                .isEqualTo(settings.toBuilder().setInstructions("<p>Read</p>").build());
        assertThat(get(quiz)).isEqualTo(after);
        var repeated = room.quizzes().updateQuiz(request).getQuiz();
        assertThat(repeated)
                .as("the same change again, with the etag of before")
                .isEqualTo(after);

        var cleared = room.quizzes()
                .updateQuiz(UpdateQuizRequest.newBuilder()
                        .setQuizId(quiz.getId())
                        .setUpdateMask(mask("lesson_id", "settings.time_limit", "settings.open_time"))
                        .build())
                .getQuiz();
        assertThat(cleared.getLessonId()).isEmpty();
        assertThat(cleared.getSettings())
                .isEqualTo(after.getSettings().toBuilder()
                        .clearTimeLimit()
                        .clearOpenTime()
                        .build());
    }

    @Test
    void refusesAChangeOfWhatChangedMeanwhile() throws Exception {
        var quiz = room.quiz("Old");
        room.question(quiz, "Added meanwhile", Classroom.trueFalse(true));
        Refusal.expect(
                Code.ABORTED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                () -> room.quizzes()
                        .updateQuiz(UpdateQuizRequest.newBuilder()
                                .setQuizId(quiz.getId())
                                .setEtag(quiz.getEtag())
                                .setUpdateMask(mask("title"))
                                .setTitle("New")
                                .build()));
        Refusal.expect(
                Code.ABORTED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                () -> room.quizzes()
                        .publishQuiz(PublishQuizRequest.newBuilder()
                                .setQuizId(quiz.getId())
                                .setEtag(quiz.getEtag())
                                .build()));
    }

    @Test
    void namesWhatAChangeBreaks() throws Exception {
        var quiz = room.quiz("Quiz");
        var late = QuizSettings.newBuilder()
                .setOpenTime(Timestamp.newBuilder().setSeconds(2_000_000))
                .setCloseTime(Timestamp.newBuilder().setSeconds(2_000_000));
        requireInvalid(quiz, "settings.close_time", late, "settings.open_time", "settings.close_time");
        var exact = QuizSettings.newBuilder().setPassingPercentage(33.333);
        requireInvalid(quiz, "settings.passing_percentage", exact, "settings.passing_percentage");
        var half = QuizSettings.newBuilder()
                .setTimeLimit(Duration.newBuilder().setSeconds(90).setNanos(500_000_000));
        requireInvalid(quiz, "settings.time_limit", half, "settings.time_limit");
        requireInvalid(quiz, "title", QuizSettings.newBuilder(), "title");
    }

    @Test
    void liesInALessonForQuizzesOfItsCourse() throws Exception {
        var elsewhere = new Classroom(platform);
        for (var lessonId : List.of(room.assignmentLessonId(), elsewhere.quizLessonId(), Classroom.newId())) {
            var refusal = Refusal.expect(
                    Code.INVALID_ARGUMENT,
                    ErrorReason.ERROR_REASON_LESSON_UNSUITABLE,
                    () -> room.quizzes()
                            .createQuiz(
                                    aQuiz("In a lesson").setLessonId(lessonId).build()));
            assertThat(refusal.fields()).containsExactly("lesson_id");
        }
        var quiz = room.quiz("Outside");
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_LESSON_UNSUITABLE,
                () -> room.quizzes()
                        .updateQuiz(UpdateQuizRequest.newBuilder()
                                .setQuizId(quiz.getId())
                                .setLessonId(room.assignmentLessonId())
                                .setUpdateMask(mask("lesson_id"))
                                .build()));
    }

    @Test
    void answersTheSameRequestTwiceAlike() {
        var request = aQuiz("Once").build();
        var first = room.quizzes().createQuiz(request);
        assertThat(room.quizzes().createQuiz(request)).isEqualTo(first);
        assertThat(list(0, "").size()).isEqualTo(1);
    }

    @Test
    void isHiddenFromOthers() throws Exception {
        var quiz = room.quiz("Mine");
        var other = platform.user("courses:create");
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_QUIZ_NOT_FOUND,
                () -> room.quizzes(other)
                        .getQuiz(GetQuizRequest.newBuilder()
                                .setQuizId(quiz.getId())
                                .build()));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_COURSE_NOT_FOUND,
                () -> room.quizzes(other).createQuiz(aQuiz("Theirs").build()));
        var reader = platform.user("courses:read");
        assertThat(room.quizzes(reader)
                        .getQuiz(GetQuizRequest.newBuilder()
                                .setQuizId(quiz.getId())
                                .build())
                        .getQuiz())
                .isEqualTo(quiz);
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_QUIZ_NOT_FOUND,
                () -> room.quizzes(reader)
                        .deleteQuiz(DeleteQuizRequest.newBuilder()
                                .setQuizId(quiz.getId())
                                .build()));
        room.published();
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> room.quizzes(other).createQuiz(aQuiz("Theirs").build()));
    }

    @Test
    void listsInPagesOfOneStatement() throws Exception {
        var made = new ArrayList<Quiz>();
        for (int number = 0; number < 5; number++) {
            made.add(room.quiz("Quiz " + number));
        }
        var first = room.quizzes()
                .listQuizzes(ListQuizzesRequest.newBuilder()
                        .setCourseId(room.courseId())
                        .setPageSize(3)
                        .setWithItemTokens(true)
                        .build());
        assertThat(first.getQuizzesList()).containsExactlyElementsOf(made.subList(0, 3));
        assertThat(list(3, first.getNextPageToken())).containsExactlyElementsOf(made.subList(3, 5));
        assertThat(list(3, first.getItemTokens(0))).containsExactlyElementsOf(made.subList(1, 4));
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID,
                () -> list(3, "foreign"));
        assertThat(platform.statements("assignments", () -> list(1, "")))
                .isEqualTo(platform.statements("assignments", () -> list(5, "")))
                .isLessThanOrEqualTo(2);
    }

    @Test
    void hasAnEnd() throws Exception {
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("""
                        INSERT INTO assignments.quizzes (id, course_id, title, created_at, updated_at)
                        SELECT gen_random_uuid(), CAST(:courseId AS uuid), 'Quiz', now(), now()
                        FROM generate_series(1, 500)
                        """)
                        .bind("courseId", room.courseId())
                        .execute());
        var refusal = Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_TOO_MANY,
                () -> room.quizzes().createQuiz(aQuiz("One more").build()));
        assertThat(refusal.metadata()).containsEntry("limit", "500");
    }

    @Test
    void isDeletedWithWhatIsInIt() throws Exception {
        var quiz = room.quiz("Gone");
        var bank = room.bank("Bank");
        room.question(quiz, "Gone too", Classroom.trueFalse(true));
        room.draw(quiz, bank, 1);
        room.quizzes()
                .deleteQuiz(
                        DeleteQuizRequest.newBuilder().setQuizId(quiz.getId()).build());
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_QUIZ_NOT_FOUND, () -> get(quiz));
    }

    /// Not one statement more for many items than for few.
    @Test
    void reordersQuestionsAndDrawsInOneStep() throws Exception {
        assertThat(statementsToReorder(12)).isEqualTo(statementsToReorder(2));
    }

    @Test
    void refusesAnOrderThatLeavesOneOut() throws Exception {
        var quiz = room.quiz("Order");
        var kept = room.question(quiz, "Named", Classroom.trueFalse(true));
        room.question(quiz, "Forgotten", Classroom.trueFalse(true));
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_ORDER_INCOMPLETE,
                () -> room.quizzes()
                        .reorderQuizItems(ReorderQuizItemsRequest.newBuilder()
                                .setQuizId(quiz.getId())
                                .addItemIds(kept.getId())
                                .addItemIds(Classroom.newId())
                                .build()));
        assertThat(refusal.fields()).containsExactly("item_ids");
        assertThat(refusal.metadata()).containsEntry("missing", "1").containsEntry("unknown", "1");
    }

    private int statementsToReorder(int number) throws Exception {
        var quiz = room.quiz("Order");
        var ids = new ArrayList<String>();
        ids.add(room.draw(quiz, room.bank("Bank"), 1).getId());
        for (int index = 0; index < number; index++) {
            ids.add(room.question(quiz, "Question " + index, Classroom.trueFalse(true))
                    .getId());
        }
        ids.addFirst(ids.removeLast());
        var request = ReorderQuizItemsRequest.newBuilder()
                .setQuizId(quiz.getId())
                .addAllItemIds(ids)
                .build();
        var statements = platform.statements("assignments", () -> room.quizzes().reorderQuizItems(request));
        var whole = room.quizzes()
                .getQuiz(GetQuizRequest.newBuilder().setQuizId(quiz.getId()).build());
        assertThat(whole.getDraws(0).getSortOrder()).isEqualTo(1);
        assertThat(whole.getQuestionsList())
                .hasSize(number)
                .allSatisfy(
                        question -> assertThat(ids.get(question.getSortOrder())).isEqualTo(question.getId()));
        return statements;
    }

    private void requireInvalid(Quiz quiz, String field, QuizSettings.Builder settings, String... paths)
            throws Exception {
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> room.quizzes()
                        .updateQuiz(UpdateQuizRequest.newBuilder()
                                .setQuizId(quiz.getId())
                                .setSettings(settings)
                                .setUpdateMask(mask(paths))
                                .build()));
        assertThat(refusal.fields()).containsExactly(field);
    }

    private CreateQuizRequest.Builder aQuiz(String title) {
        return CreateQuizRequest.newBuilder()
                .setRequestId(Classroom.newId())
                .setCourseId(room.courseId())
                .setTitle(title);
    }

    private Quiz get(Quiz quiz) {
        return room.quizzes()
                .getQuiz(GetQuizRequest.newBuilder().setQuizId(quiz.getId()).build())
                .getQuiz();
    }

    private List<Quiz> list(int size, String token) {
        return room.quizzes()
                .listQuizzes(ListQuizzesRequest.newBuilder()
                        .setCourseId(room.courseId())
                        .setPageSize(size)
                        .setPageToken(token)
                        .build())
                .getQuizzesList();
    }

    private static FieldMask mask(String... paths) {
        return FieldMask.newBuilder().addAllPaths(List.of(paths)).build();
    }
}
