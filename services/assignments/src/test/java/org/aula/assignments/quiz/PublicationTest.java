package org.aula.assignments.quiz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.aula.api.assignments.v1.DeleteQuestionRequest;
import org.aula.api.assignments.v1.DeleteQuizRequest;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.api.assignments.v1.GetLearnerQuizRequest;
import org.aula.api.assignments.v1.GetQuizVersionRequest;
import org.aula.api.assignments.v1.LearnerQuestion;
import org.aula.api.assignments.v1.LearnerQuiz;
import org.aula.api.assignments.v1.ListLearnerQuizzesRequest;
import org.aula.api.assignments.v1.Question;
import org.aula.api.assignments.v1.QuestionForm;
import org.aula.api.assignments.v1.Quiz;
import org.aula.api.assignments.v1.QuizPublished;
import org.aula.api.assignments.v1.QuizStatus;
import org.aula.api.assignments.v1.QuizVersion;
import org.aula.api.assignments.v1.QuizVersionItem.ItemCase;
import org.aula.api.assignments.v1.UpdateQuestionRequest;
import org.aula.api.assignments.v1.UpdateQuizRequest;
import org.aula.api.assignments.v1.WithdrawQuizRequest;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.assignments.Classroom;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The way of a quiz to learners, and the versions that stay.
class PublicationTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses", "enrollments", "assignments");

    private final Classroom room = new Classroom(platform);

    @Test
    void givesLearnersTheVersionAndKeepsTheKeys() throws Exception {
        var quiz = room.quiz("Quiz");
        var question = room.question(quiz, "Two?", Classroom.singleChoice("b", "a", "b"));
        room.published();
        var learner = room.enrolled();
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_QUIZ_NOT_FOUND, () -> learnerQuiz(learner, quiz));

        var published = room.publish(quiz);
        assertThat(published.getStatus()).isEqualTo(QuizStatus.QUIZ_STATUS_PUBLISHED);
        assertThat(published.getPublishedVersion()).isEqualTo(1);
        assertThat(published.getUpdateTime()).isEqualTo(published.getPublishTime());
        assertThat(learnerQuiz(learner, quiz))
                .isEqualTo(LearnerQuiz.newBuilder()
                        .setId(quiz.getId())
                        .setVersion(1)
                        .setCourseId(room.courseId())
                        .setTitle("Quiz")
                        .setSettings(quiz.getSettings())
                        .setTotalPoints(1)
                        .setQuestionCount(1)
                        .build());
        assertThat(version(quiz, 1).getItemsList())
                .singleElement()
                .satisfies(item -> assertThat(item.getQuestion()).isEqualTo(question));
        assertThat(room.events(quiz.getId())).containsExactly("QuizPublished");
    }

    /// Whatever a message for learners can hold, at any depth, has no place for a key.
    @Test
    void hasNoPlaceForKeysInWhatLearnersGet() {
        var reached = new HashSet<String>();
        reach(LearnerQuiz.getDescriptor(), reached);
        reach(LearnerQuestion.getDescriptor(), reached);
        assertThat(reached).contains("aula.assignments.v1.LearnerOption.text");
        assertThat(reached)
                .noneMatch(name -> name.matches(".*(correct|accepted|solution|notes|feedback|explanation|form).*"));
        assertThat(reached)
                .noneMatch(name -> name.startsWith(QuestionForm.getDescriptor().getFullName()));
    }

    @Test
    void keepsAVersionAsItWasWhateverIsEditedAfter() {
        var quiz = room.quiz("Quiz");
        var kept = room.question(quiz, "Kept", Classroom.trueFalse(true));
        var removed = room.question(quiz, "Removed", Classroom.trueFalse(true));
        room.published();
        room.publish(quiz);
        var learner = room.enrolled();
        var before = version(quiz, 1);

        setKey(kept, Classroom.trueFalse(false));
        room.questions()
                .deleteQuestion(DeleteQuestionRequest.newBuilder()
                        .setQuestionId(removed.getId())
                        .build());
        title(quiz, "Later");
        assertThat(version(quiz, 1)).isEqualTo(before);
        assertThat(learnerQuiz(learner, quiz).getTitle()).isEqualTo("Quiz");

        assertThat(room.publish(quiz).getPublishedVersion()).isEqualTo(2);
        assertThat(version(quiz, 1)).isEqualTo(before);
        assertThat(version(quiz, 2).getItemsList()).hasSize(1);
        assertThat(learnerQuiz(learner, quiz).getTitle()).isEqualTo("Later");
    }

    @Test
    void tellsWhichKeysAndPointsAreOthersThanBefore() throws Exception {
        var quiz = room.quiz("Quiz");
        var rekeyed = room.question(quiz, "Key", Classroom.trueFalse(true));
        var revalued = room.question(quiz, "Points", Classroom.trueFalse(true));
        var reworded = room.question(quiz, "Words", Classroom.trueFalse(true));
        room.publish(quiz);
        setKey(rekeyed, Classroom.trueFalse(false));
        room.questions()
                .updateQuestion(UpdateQuestionRequest.newBuilder()
                        .setQuestionId(revalued.getId())
                        .setPoints(5)
                        .setUpdateMask(mask("points"))
                        .build());
        room.questions()
                .updateQuestion(UpdateQuestionRequest.newBuilder()
                        .setQuestionId(reworded.getId())
                        .setText("Other words")
                        .setUpdateMask(mask("text"))
                        .build());
        room.question(quiz, "New", Classroom.trueFalse(true));
        room.publish(quiz);
        var events = published(quiz);
        assertThat(events).extracting(QuizPublished::getVersion).containsExactly(1, 2);
        assertThat(events.getFirst().getChangedQuestionIdsList()).isEmpty();
        assertThat(events.getLast().getChangedQuestionIdsList()).containsExactly(rekeyed.getId(), revalued.getId());
        assertThat(events.getLast().getTotalPoints()).isEqualTo(8);
    }

    @Test
    void staysAtItsVersionWhileNothingDiffers() {
        var quiz = room.quiz("Quiz");
        var question = room.question(quiz, "True?", Classroom.trueFalse(true));
        var first = room.publish(quiz);
        assertThat(room.publish(quiz)).isEqualTo(first);
        setKey(question, Classroom.trueFalse(false));
        setKey(question, Classroom.trueFalse(true));
        var again = room.publish(quiz);
        assertThat(again.getPublishedVersion()).isEqualTo(1);
        assertThat(again.getUpdateTime()).as("nothing is left to publish").isEqualTo(first.getPublishTime());
        assertThat(room.events(quiz.getId())).containsExactly("QuizPublished");
    }

    @Test
    void isWithdrawnAndOfferedAgain() throws Exception {
        var quiz = room.quiz("Quiz");
        room.question(quiz, "True?", Classroom.trueFalse(true));
        Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_STATUS_FORBIDS, () -> withdraw(quiz));
        room.published();
        room.publish(quiz);
        var learner = room.enrolled();
        var withdrawn = withdraw(quiz);
        assertThat(withdrawn.getStatus()).isEqualTo(QuizStatus.QUIZ_STATUS_WITHDRAWN);
        assertThat(withdraw(quiz)).isEqualTo(withdrawn);
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_QUIZ_NOT_FOUND, () -> learnerQuiz(learner, quiz));
        assertThat(learnerQuizzes(learner)).isEmpty();
        assertThat(version(quiz, 0).getVersion()).isEqualTo(1);
        assertThat(room.publish(quiz).getPublishedVersion()).isEqualTo(1);
        assertThat(learnerQuiz(learner, quiz).getVersion()).isEqualTo(1);
    }

    @Test
    void isNotDeletedOnceItWasPublished() throws Exception {
        var quiz = room.quiz("Quiz");
        room.question(quiz, "True?", Classroom.trueFalse(true));
        room.publish(quiz);
        withdraw(quiz);
        var refusal = Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_STATUS_FORBIDS,
                () -> room.quizzes()
                        .deleteQuiz(DeleteQuizRequest.newBuilder()
                                .setQuizId(quiz.getId())
                                .build()));
        assertThat(refusal.metadata()).containsEntry("status", "WITHDRAWN");
    }

    @Test
    void isNotPublishedEmpty() throws Exception {
        var quiz = room.quiz("Quiz");
        Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_QUIZ_EMPTY, () -> room.publish(quiz));
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_VERSION_NOT_FOUND, () -> version(quiz, 0));
    }

    @Test
    void keepsAllThatItsDrawsFind() throws Exception {
        var quiz = room.quiz("Quiz");
        var bank = room.bank("Bank");
        var first = room.question(bank, "First", "loops");
        var second = room.question(bank, "Second", "loops", "hard");
        room.question(bank, "Other", "lists");
        var fixed = room.question(quiz, "Fixed", Classroom.trueFalse(true));
        var draw = room.draw(quiz, bank, 3, "loops");
        var refusal = Refusal.expect(
                Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_DRAW_TOO_SMALL, () -> room.publish(quiz));
        assertThat(refusal.metadata())
                .containsEntry("draw_id", draw.getId())
                .containsEntry("count", "3")
                .containsEntry("found", "2");

        var third = room.question(bank, "Third", "loops");
        var published = room.publish(quiz);
        assertThat(published.getTotalPoints()).isEqualTo(1 + 3 * 2);
        assertThat(published.getQuestionCount()).isEqualTo(4);
        var items = version(quiz, 1).getItemsList();
        assertThat(items).extracting(item -> item.getItemCase()).containsExactly(ItemCase.QUESTION, ItemCase.POOL);
        assertThat(items.getFirst().getQuestion().getId()).isEqualTo(fixed.getId());
        assertThat(items.getLast().getPool().getDraw().getCount()).isEqualTo(3);
        assertThat(items.getLast().getPool().getQuestionsList())
                .extracting(Question::getId)
                .containsExactly(first.getId(), second.getId(), third.getId());

        room.question(bank, "Fourth", "loops");
        assertThat(version(quiz, 1).getItems(1).getPool().getQuestionsCount()).isEqualTo(3);
        assertThat(room.publish(quiz).getPublishedVersion()).isEqualTo(2);
        assertThat(version(quiz, 2).getItems(1).getPool().getQuestionsCount()).isEqualTo(4);
    }

    @Test
    void refusesDrawsThatFindTheSameQuestion() throws Exception {
        var quiz = room.quiz("Quiz");
        var bank = room.bank("Bank");
        var both = room.question(bank, "Both", "loops", "lists");
        var loops = room.draw(quiz, bank, 1, "loops");
        var lists = room.draw(quiz, bank, 1, "lists");
        var refusal = Refusal.expect(
                Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_DRAWS_OVERLAP, () -> room.publish(quiz));
        assertThat(refusal.metadata())
                .containsEntry("draw_ids", loops.getId() + " " + lists.getId())
                .containsEntry("question_id", both.getId());
    }

    @Test
    void opensToWhoIsEnrolledTheAuthorAndReviewers() throws Exception {
        var quiz = room.quiz("Quiz");
        room.question(quiz, "True?", Classroom.trueFalse(true));
        room.publish(quiz);
        var stranger = platform.user();
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_QUIZ_NOT_FOUND, () -> learnerQuiz(stranger, quiz));
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, () -> learnerQuizzes(stranger));
        room.published();
        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_ENROLLMENT_REQUIRED,
                () -> learnerQuiz(stranger, quiz));
        Refusal.expect(
                Code.PERMISSION_DENIED, ErrorReason.ERROR_REASON_ENROLLMENT_REQUIRED, () -> learnerQuizzes(stranger));
        for (var reader : List.of(room.enrolled(), room.author(), platform.user("courses:read"))) {
            assertThat(learnerQuiz(reader, quiz).getTitle()).isEqualTo("Quiz");
            assertThat(learnerQuizzes(reader)).hasSize(1);
        }
    }

    @Test
    void listsWhatLearnersMayTakeByLessonAndPage() throws Exception {
        room.published();
        var learner = room.enrolled();
        for (int number = 0; number < 3; number++) {
            var quiz = room.quiz("Quiz " + number);
            room.question(quiz, "True?", Classroom.trueFalse(true));
            if (number == 1) {
                room.quizzes()
                        .updateQuiz(UpdateQuizRequest.newBuilder()
                                .setQuizId(quiz.getId())
                                .setLessonId(room.quizLessonId())
                                .setUpdateMask(mask("lesson_id"))
                                .build());
            }
            room.publish(quiz);
        }
        room.quiz("Draft");
        var request = ListLearnerQuizzesRequest.newBuilder()
                .setCourseId(room.courseId())
                .setPageSize(2)
                .build();
        var first = room.quizzes(learner).listLearnerQuizzes(request);
        assertThat(first.getQuizzesList()).extracting(LearnerQuiz::getTitle).containsExactly("Quiz 0", "Quiz 1");
        var second = room.quizzes(learner)
                .listLearnerQuizzes(request.toBuilder()
                        .setPageToken(first.getNextPageToken())
                        .build());
        assertThat(second.getQuizzesList()).extracting(LearnerQuiz::getTitle).containsExactly("Quiz 2");
        assertThat(second.getNextPageToken()).isEmpty();
        assertThat(room.quizzes(learner)
                        .listLearnerQuizzes(request.toBuilder()
                                .setLessonId(room.quizLessonId())
                                .build())
                        .getQuizzesList())
                .extracting(LearnerQuiz::getTitle)
                .containsExactly("Quiz 1");
        var all = request.toBuilder().setPageSize(3).build();
        var one = request.toBuilder().setPageSize(1).build();
        assertThat(platform.statements(
                        "assignments", () -> room.quizzes(learner).listLearnerQuizzes(all)))
                .isEqualTo(platform.statements(
                        "assignments", () -> room.quizzes(learner).listLearnerQuizzes(one)));
    }

    /// What the grades service stands on.
    @Test
    void isReadByOthersThroughTheViewsAndNeverChanged() {
        var quiz = room.quiz("Quiz");
        room.question(quiz, "True?", Classroom.trueFalse(true));
        room.publish(quiz);
        var document = platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                        SELECT version.document FROM assignments_api.quizzes quiz
                        JOIN assignments_api.quiz_versions version
                            ON version.quiz_id = quiz.id AND version.version = quiz.published_version
                        WHERE quiz.id = CAST(:id AS uuid) AND quiz.status = 'PUBLISHED'
                        """)
                        .bind("id", quiz.getId())
                        .mapTo(byte[].class)
                        .one());
        assertThat(VersionMapper.version(document)).isEqualTo(version(quiz, 1));
        assertThatThrownBy(() -> platform.superuser()
                        .useHandle(handle -> handle.execute(
                                "UPDATE assignments.quiz_versions SET title = 'x' WHERE quiz_id = CAST(? AS uuid)",
                                quiz.getId())))
                .hasMessageContaining("published versions do not change");
    }

    private static void reach(Descriptor message, Set<String> reached) {
        for (FieldDescriptor field : message.getFields()) {
            if (reached.add(field.getFullName()) && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                reach(field.getMessageType(), reached);
            }
        }
    }

    private LearnerQuiz learnerQuiz(TestUser user, Quiz quiz) {
        return room.quizzes(user)
                .getLearnerQuiz(GetLearnerQuizRequest.newBuilder()
                        .setQuizId(quiz.getId())
                        .build())
                .getQuiz();
    }

    private List<LearnerQuiz> learnerQuizzes(TestUser user) {
        return room.quizzes(user)
                .listLearnerQuizzes(ListLearnerQuizzesRequest.newBuilder()
                        .setCourseId(room.courseId())
                        .build())
                .getQuizzesList();
    }

    private QuizVersion version(Quiz quiz, int number) {
        return room.quizzes()
                .getQuizVersion(GetQuizVersionRequest.newBuilder()
                        .setQuizId(quiz.getId())
                        .setVersion(number)
                        .build())
                .getVersion();
    }

    private Quiz withdraw(Quiz quiz) {
        return room.quizzes()
                .withdrawQuiz(
                        WithdrawQuizRequest.newBuilder().setQuizId(quiz.getId()).build())
                .getQuiz();
    }

    private void setKey(Question question, QuestionForm form) {
        room.questions()
                .updateQuestion(UpdateQuestionRequest.newBuilder()
                        .setQuestionId(question.getId())
                        .setForm(form)
                        .setUpdateMask(mask("form"))
                        .build());
    }

    private void title(Quiz quiz, String title) {
        room.quizzes()
                .updateQuiz(UpdateQuizRequest.newBuilder()
                        .setQuizId(quiz.getId())
                        .setTitle(title)
                        .setUpdateMask(mask("title"))
                        .build());
    }

    private List<QuizPublished> published(Quiz quiz) throws Exception {
        var envelopes = platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                        SELECT envelope FROM assignments.outbox
                        WHERE key = :key AND type = 'aula.assignments.v1.QuizPublished' ORDER BY id
                        """)
                        .bind("key", quiz.getId())
                        .mapTo(byte[].class)
                        .list());
        var events = new ArrayList<QuizPublished>();
        for (var envelope : envelopes) {
            events.add(EventEnvelope.parseFrom(envelope).getPayload().unpack(QuizPublished.class));
        }
        return events;
    }

    private static FieldMask mask(String... paths) {
        return FieldMask.newBuilder().addAllPaths(List.of(paths)).build();
    }
}
