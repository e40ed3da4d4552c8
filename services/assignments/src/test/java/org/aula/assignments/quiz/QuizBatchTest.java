package org.aula.assignments.quiz;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import io.grpc.Status.Code;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aula.api.assignments.v1.BatchCreateQuizzesRequest;
import org.aula.api.assignments.v1.BatchCreateQuizzesResponse;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.api.assignments.v1.GetQuizRequest;
import org.aula.api.assignments.v1.GetQuizResponse;
import org.aula.api.assignments.v1.GetQuizVersionRequest;
import org.aula.api.assignments.v1.NewQuestion;
import org.aula.api.assignments.v1.NewQuiz;
import org.aula.api.assignments.v1.PublishQuizRequest;
import org.aula.api.assignments.v1.Question;
import org.aula.api.assignments.v1.QuizServiceGrpc;
import org.aula.api.assignments.v1.QuizSettings;
import org.aula.api.assignments.v1.QuizStatus;
import org.aula.api.assignments.v1.QuizVersionItem;
import org.aula.api.assignments.v1.ShowAnswers;
import org.aula.assignments.Classroom;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Quizzes that are made together with their questions.
class QuizBatchTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses", "assignments");

    private final Classroom room = new Classroom(platform);

    @Test
    void makesQuizzesWithTheirQuestionsInTheirLessonPublished() {
        var made =
                create(request(quiz("One", "First?", "Second?").setLessonId(room.quizLessonId()), quiz("Two", "Third?"))
                        .setPublish(true)
                        .build());

        assertThat(made.getRefusalsList()).isEmpty();
        var one = get(made.getQuizIds(0));
        assertThat(one.getQuiz().getTitle()).isEqualTo("One");
        assertThat(one.getQuiz().getLessonId()).isEqualTo(room.quizLessonId());
        assertThat(one.getQuiz().getStatus()).isEqualTo(QuizStatus.QUIZ_STATUS_PUBLISHED);
        assertThat(one.getQuiz().getQuestionCount()).isEqualTo(2);
        assertThat(one.getQuiz().getTotalPoints()).isEqualTo(4);
        assertThat(one.getQuestionsList()).extracting(Question::getText).containsExactly("First?", "Second?");
        var version = room.quizzes()
                .getQuizVersion(GetQuizVersionRequest.newBuilder()
                        .setQuizId(made.getQuizIds(0))
                        .build())
                .getVersion();
        assertThat(version.getPublisherId()).isEqualTo(room.author().id().toString());
        assertThat(version.getItemsList())
                .extracting(QuizVersionItem::getQuestion)
                .containsExactlyElementsOf(one.getQuestionsList());
        assertThat(room.events(made.getQuizIds(0))).containsExactly("QuizPublished");
        assertThat(room.quizzes()
                        .publishQuiz(PublishQuizRequest.newBuilder()
                                .setQuizId(made.getQuizIds(1))
                                .build())
                        .getQuiz())
                .as("there is nothing more to publish")
                .isEqualTo(get(made.getQuizIds(1)).getQuiz());
    }

    @Test
    void leavesDraftsWhenItIsNotAskedToPublish() {
        var settings = QuizSettings.newBuilder()
                .setPassingPercentage(12.5)
                .setMaxAttempts(3)
                .setShowAnswers(ShowAnswers.SHOW_ANSWERS_AFTER_PASS);
        var made = create(request(quiz("One", "?").setSettings(settings)).build());
        var quiz = get(made.getQuizIds(0)).getQuiz();
        assertThat(quiz.getStatus()).isEqualTo(QuizStatus.QUIZ_STATUS_DRAFT);
        assertThat(quiz.getSettings()).isEqualTo(settings.build());
        assertThat(quiz.getLessonId()).isEmpty();
        assertThat(room.events(quiz.getId())).isEmpty();
        assertThat(room.publish(quiz).getPublishedVersion()).isEqualTo(1);
    }

    @Test
    void leavesOutWhatCannotBeTakenAndTellsIt() throws Exception {
        var lookBehind = question(
                "Pattern?", "short_answer { accepted { pattern { expression: '(?<=a)b' } credit_percent: 100 } }");
        var made = create(request(
                        quiz("Some", "Good?").addQuestions(lookBehind).addQuestions(question("Last?", "true_false {}")),
                        quiz("None", "<script>x()</script>"))
                .setPublish(true)
                .build());

        assertThat(get(made.getQuizIds(0)).getQuestionsList())
                .extracting(Question::getText)
                .containsExactly("Good?", "Last?");
        assertThat(made.getQuizIds(1)).as("nothing is left of it").isEmpty();
        assertThat(made.getRefusalsList())
                .extracting(refusal -> refusal.getQuizIndex() + " " + refusal.getQuestionIndex())
                .containsExactly("0 1", "1 0");
        assertThat(made.getRefusals(0).getMessage()).contains("is no expression");
    }

    @Test
    void makesNothingTwice() throws Exception {
        var request = request(quiz("One", "?")).build();
        assertThat(create(request)).isEqualTo(create(request));
        assertThat(quizzes()).isEqualTo(1);
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_IDEMPOTENCY_KEY_REUSED,
                () -> create(request.toBuilder().setPublish(true).build()));
    }

    @Test
    void takesAsManyStatementsForManyAsForOne() throws Exception {
        var one = platform.statements(
                "assignments", () -> create(request(many(1, 1)).setPublish(true).build()));
        var many = platform.statements(
                "assignments",
                () -> create(request(many(40, 20)).setPublish(true).build()));
        assertThat(many).isEqualTo(one);
    }

    @Test
    void keepsToTheLimitsOfACourse() throws Exception {
        for (var part = 0; part < 5; part++) {
            create(request(many(100, 1)).build());
        }
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_TOO_MANY,
                () -> create(request(quiz("One too many", "?")).build()));
        assertThat(quizzes()).isEqualTo(500);
    }

    @Test
    void refusesQuestionsThatAreTooLargeTogether() throws Exception {
        var large =
                IntStream.range(0, 110).mapToObj(number -> "a".repeat(10_000)).toArray(String[]::new);
        var quiz = quiz("Large", large);
        quiz.getQuestionsBuilderList().forEach(question -> question.setExplanation("b".repeat(10_000)));
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_TOO_LARGE,
                () -> create(request(quiz).build()));
    }

    @Test
    void refusesLessonsThatAreNotForQuizzes() throws Exception {
        for (var lesson : List.of(room.assignmentLessonId(), new Classroom(platform).quizLessonId())) {
            var refusal = Refusal.expect(
                    Code.INVALID_ARGUMENT,
                    ErrorReason.ERROR_REASON_LESSON_UNSUITABLE,
                    () -> create(request(quiz("One", "?"), quiz("Two", "?").setLessonId(lesson))
                            .build()));
            assertThat(refusal.fields()).containsExactly("quizzes[1].lesson_id");
        }
        assertThat(quizzes()).isZero();
    }

    @Test
    void refusesACourseThatIsNotThere() throws Exception {
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_COURSE_NOT_FOUND,
                () -> create(
                        request(quiz("One", "?")).setCourseId(Classroom.newId()).build()));
    }

    @Test
    void isForServicesOnly() throws Exception {
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> room.quizzes()
                        .batchCreateQuizzes(request(quiz("One", "?")).build()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            request_id: 'x' | request_id
            course_id: 'x' | course_id
            quizzes {} | quizzes[1].questions,quizzes[1].title
            quizzes { lesson_id: 'x' title: 't' questions { text: 't' points: 1 form { true_false {} } } } | quizzes[1].lesson_id
            quizzes { title: '$256' questions { text: 't' points: 1 form { true_false {} } } } | quizzes[1].title
            quizzes { title: 't' description: '$2001' questions { text: 't' points: 1 form { true_false {} } } } | quizzes[1].description
            quizzes { title: 't' settings { max_attempts: 101 } questions { text: 't' points: 1 form { true_false {} } } } | quizzes[1].settings.max_attempts
            quizzes { title: 't' questions { points: 1 form { true_false {} } } } | quizzes[1].questions[0].text
            quizzes { title: 't' questions { text: '$10001' points: 1 form { true_false {} } } } | quizzes[1].questions[0].text
            quizzes { title: 't' questions { text: 't' points: 1 } } | quizzes[1].questions[0].form
            quizzes { title: 't' questions { text: 't' points: 0 form { true_false {} } } } | quizzes[1].questions[0].points
            quizzes { title: 't' questions { text: 't' points: 1001 form { true_false {} } } } | quizzes[1].questions[0].points
            quizzes { title: 't' questions { text: 't' points: 1 form { true_false {} } explanation: '$10001' } } | quizzes[1].questions[0].explanation
            quizzes { title: 't' questions { text: 't' points: 1 form { true_false {} } tags: 'Big' } } | quizzes[1].questions[0].tags[0]
            quizzes { title: 't' questions { text: 't' points: 1 form { true_false {} } difficulty: 99 } } | quizzes[1].questions[0].difficulty
            """)
    void namesTheFieldThatBreaksTheContract(String broken, String fields) throws Exception {
        var text = java.util.regex.Pattern.compile("\\$(\\d+)")
                .matcher(broken)
                .replaceAll(match -> "a".repeat(Integer.parseInt(match.group(1))));
        var request = request(quiz("One", "?"));
        if (!broken.startsWith("quizzes")) {
            request.clear().addQuizzes(quiz("One", "?"));
            if (broken.startsWith("course_id")) {
                request.setRequestId(Classroom.newId());
            } else {
                request.setCourseId(room.courseId());
            }
        }
        TextFormat.merge(text, request);
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> create(request.build()));
        assertThat(refusal.fields().stream().sorted().collect(Collectors.joining(",")))
                .isEqualTo(fields);
    }

    @Test
    void boundsHowManyThereAre() throws Exception {
        refusedFor("quizzes", request());
        refusedFor("quizzes", request(many(101, 1)));
        refusedFor("quizzes[0].questions", request(many(1, 201)));
    }

    private void refusedFor(String field, BatchCreateQuizzesRequest.Builder request) throws Exception {
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> create(request.build()));
        assertThat(refusal.fields()).containsExactly(field);
    }

    private static NewQuiz.Builder[] many(int quizzes, int questions) {
        var texts = IntStream.range(0, questions)
                .mapToObj(number -> "Question " + number)
                .toArray(String[]::new);
        return IntStream.range(0, quizzes)
                .mapToObj(number -> quiz("Quiz " + number, texts))
                .toArray(NewQuiz.Builder[]::new);
    }

    private static NewQuiz.Builder quiz(String title, String... texts) {
        var quiz = NewQuiz.newBuilder().setTitle(title);
        for (var text : texts) {
            quiz.addQuestions(NewQuestion.newBuilder()
                    .setText(text)
                    .setForm(Classroom.trueFalse(true))
                    .setPoints(2));
        }
        return quiz;
    }

    private static NewQuestion question(String text, String form) throws TextFormat.ParseException {
        return TextFormat.parse("text: '" + text + "' points: 1 form { " + form + " }", NewQuestion.class);
    }

    private BatchCreateQuizzesRequest.Builder request(NewQuiz.Builder... quizzes) {
        var request = BatchCreateQuizzesRequest.newBuilder()
                .setRequestId(Classroom.newId())
                .setCourseId(room.courseId());
        List.of(quizzes).forEach(request::addQuizzes);
        return request;
    }

    private static BatchCreateQuizzesResponse create(BatchCreateQuizzesRequest request) {
        return QuizServiceGrpc.newBlockingStub(platform.asService("courses", "assignments"))
                .batchCreateQuizzes(request);
    }

    private GetQuizResponse get(String quizId) {
        return room.quizzes()
                .getQuiz(GetQuizRequest.newBuilder().setQuizId(quizId).build());
    }

    private int quizzes() {
        return platform.superuser()
                .withHandle(
                        handle -> handle.createQuery("SELECT count(*) FROM assignments.quizzes WHERE course_id = :id")
                                .bind("id", UUID.fromString(room.courseId()))
                                .mapTo(Integer.class)
                                .one());
    }
}
