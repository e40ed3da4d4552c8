package org.aula.assignments.question;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.protobuf.util.JsonFormat;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.aula.api.assignments.v1.AcceptedAnswer;
import org.aula.api.assignments.v1.AcceptedPattern;
import org.aula.api.assignments.v1.DeleteQuestionRequest;
import org.aula.api.assignments.v1.Difficulty;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.api.assignments.v1.GetQuestionRequest;
import org.aula.api.assignments.v1.GetQuizRequest;
import org.aula.api.assignments.v1.Question;
import org.aula.api.assignments.v1.QuestionForm;
import org.aula.api.assignments.v1.Quiz;
import org.aula.api.assignments.v1.ShortAnswerForm;
import org.aula.api.assignments.v1.UpdateQuestionRequest;
import org.aula.assignments.Classroom;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionServiceTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses", "assignments");

    private final Classroom room = new Classroom(platform);
    private final Quiz quiz = room.quiz("Quiz");

    /// Each form is read as it was written, keys and all.
    @ParameterizedTest
    @ValueSource(strings = {"""
                {"trueFalse": {"correct": true}}""", """
                {"singleChoice": {"options": [{"id": "a", "text": "<b>A</b>", "feedback": "No"}, {"id": "b", "text": "B"}],
                 "correctOptionId": "b", "keepOrder": true}}""", """
                {"multipleChoice": {"options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}, {"id": "c", "text": "C"}],
                 "correctOptionIds": ["c", "a"], "partialCredit": "PARTIAL_CREDIT_RIGHT_MINUS_WRONG"}}""", """
                {"shortAnswer": {"accepted": [
                 {"text": {"value": "Café", "ignoreAccents": true}, "creditPercent": 100, "feedback": "Yes"},
                 {"pattern": {"expression": "caf+e?", "caseSensitive": true}, "creditPercent": 50},
                 {"number": {"value": "-3.14e2", "tolerance": "0.5", "toleranceIsPercent": true}, "creditPercent": 1}],
                 "maxCharacters": 20}}""", """
                {"essay": {"minWords": 10, "maxWords": 200, "gradingNotes": "<p>Look</p>"}}""", """
                {"code": {"language": "c++", "starterCode": "int a<b>;", "solution": "x & y", "gradingNotes": "Run it"}}"""})
    void keepsEachKindOfQuestion(String json) throws Exception {
        var form = form(json);
        var question = room.question(quiz, "What?", form);
        assertThat(question.getForm()).isEqualTo(form);
        assertThat(questions()).containsExactly(question);
    }

    @Test
    void countsForItsQuiz() {
        room.question(quiz, "One", Classroom.trueFalse(true));
        var second = room.questions()
                .createQuestion(Classroom.aQuestion("Two", Classroom.trueFalse(false))
                        .setQuizId(quiz.getId())
                        .setPoints(4)
                        .setExplanation("<p onclick='x()'>Because</p>")
                        .setDifficulty(Difficulty.DIFFICULTY_HARD)
                        .addTags("loops")
                        .build())
                .getQuestion();
        assertThat(second.getSortOrder()).isEqualTo(1);
        assertThat(second.getExplanation()).isEqualTo("<p>Because</p>");
        assertThat(second.getTagsList()).containsExactly("loops");
        assertThat(whole().getTotalPoints()).isEqualTo(5);
        assertThat(whole().getQuestionCount()).isEqualTo(2);
        room.questions()
                .deleteQuestion(DeleteQuestionRequest.newBuilder()
                        .setQuestionId(second.getId())
                        .setEtag(second.getEtag())
                        .build());
        assertThat(whole().getTotalPoints()).isEqualTo(1);
        assertThat(whole().getQuestionCount()).isEqualTo(1);
    }

    @Test
    void takesAwayWhatIsNotSafe() {
        var form = QuestionForm.newBuilder();
        form.getSingleChoiceBuilder()
                .setCorrectOptionId("a")
                .addAllOptions(Classroom.options("a", "b"))
                .getOptionsBuilder(0)
                .setText("<img src=\"javascript:x()\" alt=\"A\"><i>a</i>");
        var question = room.question(quiz, "<p>What?<script>x()</script></p>", form.build());
        assertThat(question.getText()).isEqualTo("<p>What?</p>");
        assertThat(question.getForm().getSingleChoice().getOptions(0).getText()).isEqualTo("<img alt=\"A\" /><i>a</i>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"singleChoice": {"options": [{"id": "a", "text": "A"}, {"id": "a", "text": "B"}], "correctOptionId": "a"}} | form.single_choice.options[1].id
            {"singleChoice": {"options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}], "correctOptionId": "c"}} | form.single_choice.correct_option_id
            {"multipleChoice": {"options": [{"id": "a", "text": "A"}, {"id": "a", "text": "B"}], "correctOptionIds": ["a"]}} | form.multiple_choice.options[1].id
            {"multipleChoice": {"options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}], "correctOptionIds": ["a", "c"]}} | form.multiple_choice.correct_option_ids[1]
            {"shortAnswer": {"accepted": [{"text": {"value": "  "}, "creditPercent": 100}]}} | form.short_answer.accepted[0].text.value
            {"shortAnswer": {"accepted": [{"number": {"value": "0.0", "tolerance": "5", "toleranceIsPercent": true}, "creditPercent": 100}]}} | form.short_answer.accepted[0].number.tolerance_is_percent
            {"essay": {"minWords": 10, "maxWords": 9}} | form.essay.max_words
            """)
    void namesWhatIsWrongWithAForm(String json, String field) throws Exception {
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> room.question(quiz, "What?", form(json)));
        assertThat(refusal.fields()).containsExactly(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"colou?r", "[0-9]{4}-[0-9]{2}", "(a+)+b", "\\p{L}{1,100}", "x{0}", "a{2,}", "[{1000}]{10}"})
    void takesExpressions(String expression) {
        assertThat(room.question(quiz, "What?", pattern(expression)).getForm()).isEqualTo(pattern(expression));
    }

    /// Those that repeat what repeats would take the process's memory before anything was matched.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "*",
                "a{1001}",
                "(a)\\1",
                "(?=a)",
                "((a{1000}){1000}){1000}",
                "((a{100}){100}){100}",
                "(\\Q(\\Ea{1000}){1000}",
                "(a{0,999}){999}",
                "((((((((((((((((((a{2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}"
            })
    void refusesExpressionsThatAreNoneOrTooLarge(String expression) throws Exception {
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_PATTERN_INVALID,
                () -> room.question(quiz, "What?", pattern(expression)));
        assertThat(refusal.fields()).containsExactly("form.short_answer.accepted[0].pattern.expression");
    }

    @Test
    void changesWhatTheMaskNames() throws Exception {
        var question = room.question(quiz, "Before", Classroom.shortAnswer("yes"));
        var request = UpdateQuestionRequest.newBuilder()
                .setQuestionId(question.getId())
                .setEtag(question.getEtag())
                .setText("After")
                .setPoints(9)
                .setForm(Classroom.trueFalse(true))
                .setUpdateMask(mask("form", "points"))
                .build();
        var changed = room.questions().updateQuestion(request).getQuestion();
        assertThat(changed.getText()).isEqualTo("Before");
        assertThat(changed.getPoints()).isEqualTo(9);
        assertThat(changed.getForm()).isEqualTo(Classroom.trueFalse(true));
        assertThat(whole().getTotalPoints()).isEqualTo(9);
        assertThat(room.questions().updateQuestion(request).getQuestion()).isEqualTo(changed);
        Refusal.expect(
                Code.ABORTED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                () -> room.questions()
                        .updateQuestion(request.toBuilder().setPoints(8).build()));
        for (var path : List.of("text", "form", "points")) {
            var refusal = Refusal.expect(
                    Code.INVALID_ARGUMENT,
                    org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                    () -> room.questions()
                            .updateQuestion(UpdateQuestionRequest.newBuilder()
                                    .setQuestionId(question.getId())
                                    .setUpdateMask(mask(path))
                                    .build()));
            assertThat(refusal.fields()).containsExactly(path);
        }
    }

    @Test
    void isHiddenFromOthers() throws Exception {
        var question = room.question(quiz, "Mine", Classroom.trueFalse(true));
        room.published();
        var other = platform.user("courses:create", "courses:read");
        var get =
                GetQuestionRequest.newBuilder().setQuestionId(question.getId()).build();
        assertThat(room.questions().getQuestion(get).getQuestion()).isEqualTo(question);
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_QUESTION_NOT_FOUND,
                () -> room.questions(platform.user()).getQuestion(get));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_QUESTION_NOT_FOUND,
                () -> room.questions(other)
                        .deleteQuestion(DeleteQuestionRequest.newBuilder()
                                .setQuestionId(question.getId())
                                .build()));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_QUIZ_NOT_FOUND,
                () -> room.questions(other)
                        .createQuestion(Classroom.aQuestion("Theirs", Classroom.trueFalse(true))
                                .setQuizId(quiz.getId())
                                .build()));
    }

    @Test
    void addsAQuestionOnceHoweverOftenItIsAsked() {
        var request = Classroom.aQuestion("Once", Classroom.trueFalse(true))
                .setQuizId(quiz.getId())
                .build();
        var first = room.questions().createQuestion(request);
        assertThat(room.questions().createQuestion(request)).isEqualTo(first);
        assertThat(questions()).hasSize(1);
    }

    /// Each gets a place of its own, and the quiz counts all.
    @Test
    void isAddedByManyAtOnce() throws Exception {
        var calls = new ArrayList<Callable<Question>>();
        for (int number = 0; number < 12; number++) {
            calls.add(() -> room.question(quiz, "At once", Classroom.trueFalse(true)));
        }
        try (var threads = Executors.newFixedThreadPool(calls.size())) {
            for (var added : threads.invokeAll(calls)) {
                added.get();
            }
        }
        assertThat(questions())
                .extracting(Question::getSortOrder)
                .containsExactlyElementsOf(IntStream.range(0, 12).boxed().toList());
        assertThat(whole().getTotalPoints()).isEqualTo(12);
    }

    @Test
    void hasASize() throws Exception {
        var large = "ä".repeat(10_000);
        var refusal = Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_TOO_LARGE,
                () -> room.questions()
                        .createQuestion(Classroom.aQuestion(large, Classroom.trueFalse(true))
                                .setQuizId(quiz.getId())
                                .setExplanation(large)
                                .build()));
        assertThat(refusal.metadata()).containsEntry("limit", "32768");
        fill(199, 10_500);
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_TOO_LARGE,
                () -> room.question(quiz, large, Classroom.trueFalse(true)));
    }

    @Test
    void hasAnEnd() throws Exception {
        fill(200, 1);
        var refusal = Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_TOO_MANY,
                () -> room.question(quiz, "One more", Classroom.trueFalse(true)));
        assertThat(refusal.metadata()).containsEntry("limit", "200");
    }

    private void fill(int number, int letters) {
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("""
                        INSERT INTO assignments.quiz_questions (id, quiz_id, text, type, form, points, sort_order)
                        SELECT gen_random_uuid(), CAST(:quizId AS uuid), repeat('a', :letters), 'TRUE_FALSE',
                               '{"trueFalse":{}}', 1, place
                        FROM generate_series(1, :number) AS list (place)
                        """)
                        .bind("quizId", quiz.getId())
                        .bind("letters", letters)
                        .bind("number", number)
                        .execute());
    }

    private Quiz whole() {
        return room.quizzes()
                .getQuiz(GetQuizRequest.newBuilder().setQuizId(quiz.getId()).build())
                .getQuiz();
    }

    private List<Question> questions() {
        return room.quizzes()
                .getQuiz(GetQuizRequest.newBuilder().setQuizId(quiz.getId()).build())
                .getQuestionsList();
    }

    private static QuestionForm pattern(String expression) {
        return QuestionForm.newBuilder()
                .setShortAnswer(ShortAnswerForm.newBuilder()
                        .addAccepted(AcceptedAnswer.newBuilder()
                                .setPattern(AcceptedPattern.newBuilder().setExpression(expression))
                                .setCreditPercent(100)))
                .build();
    }

    private static QuestionForm form(String json) throws Exception {
        var form = QuestionForm.newBuilder();
        JsonFormat.parser().merge(json, form);
        return form.build();
    }

    private static FieldMask mask(String... paths) {
        return FieldMask.newBuilder().addAllPaths(List.of(paths)).build();
    }
}
