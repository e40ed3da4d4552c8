package org.aula.bff;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aula.api.assignments.v1.CreateQuestionRequest;
import org.aula.api.assignments.v1.GetLearnerQuizRequest;
import org.aula.api.assignments.v1.GetLearnerQuizResponse;
import org.aula.api.assignments.v1.GetQuizRequest;
import org.aula.api.assignments.v1.GetQuizResponse;
import org.aula.api.assignments.v1.LearnerOption;
import org.aula.api.assignments.v1.LearnerQuestion;
import org.aula.api.assignments.v1.LearnerQuiz;
import org.aula.api.assignments.v1.Question;
import org.aula.api.assignments.v1.QuestionForm;
import org.aula.api.assignments.v1.QuestionOption;
import org.aula.api.assignments.v1.Quiz;
import org.aula.api.assignments.v1.QuizDraw;
import org.aula.api.assignments.v1.ReorderQuizItemsRequest;
import org.aula.api.assignments.v1.SingleChoiceForm;
import org.aula.api.assignments.v1.UpdateFileAssignmentRequest;
import org.aula.api.assignments.v1.UpdateQuizRequest;
import org.aula.api.grades.v1.Answer;
import org.aula.api.grades.v1.Attempt;
import org.aula.api.grades.v1.AttemptQuestion;
import org.aula.api.grades.v1.AttemptStatus;
import org.aula.api.grades.v1.CategoryGrade;
import org.aula.api.grades.v1.ChoiceAnswer;
import org.aula.api.grades.v1.CourseGrade;
import org.aula.api.grades.v1.GetAttemptRequest;
import org.aula.api.grades.v1.GetAttemptResponse;
import org.aula.api.grades.v1.ItemGrade;
import org.aula.api.grades.v1.ItemStanding;
import org.aula.api.grades.v1.ListAttemptsRequest;
import org.aula.api.grades.v1.ListGradesRequest;
import org.aula.api.grades.v1.ListGradesResponse;
import org.aula.api.grades.v1.ListMyAttemptsRequest;
import org.aula.api.grades.v1.ListMyAttemptsResponse;
import org.aula.api.grades.v1.ListPendingResponsesRequest;
import org.aula.api.grades.v1.ListPendingResponsesResponse;
import org.aula.api.grades.v1.PendingResponse;
import org.aula.api.grades.v1.StartAttemptRequest;
import org.aula.api.grades.v1.StartAttemptResponse;
import org.aula.api.grades.v1.SubmitAttemptRequest;
import org.aula.bff.testing.TestGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Quizzes as their authors and their learners see them, attempts, and the gradebook.
@Tag("fast")
class GradesPagesTest {

    @RegisterExtension
    static final TestGateway GATEWAY = new TestGateway();

    private static List<String> tokens(int count) {
        return IntStream.range(0, count).mapToObj(number -> "token" + number).toList();
    }

    @Test
    void anAuthorSeesQuestionsWithTheirKeysAndDrawsByOneCall() {
        GATEWAY.answer(
                GetQuizRequest.class,
                request -> GetQuizResponse.newBuilder()
                        .setQuiz(Quiz.newBuilder().setId(request.getQuizId()).setTitle("The quiz"))
                        .addQuestions(Question.newBuilder()
                                .setId(TestGateway.uuid("question"))
                                .setForm(QuestionForm.newBuilder()
                                        .setSingleChoice(SingleChoiceForm.newBuilder()
                                                .addOptions(QuestionOption.newBuilder()
                                                        .setId("a")
                                                        .setText("A"))
                                                .setCorrectOptionId("a"))))
                        .addDraws(QuizDraw.newBuilder()
                                .setId(TestGateway.uuid("draw"))
                                .setCount(3))
                        .build());

        var answer = GATEWAY.ask("""
                query($id: ID!) { quiz(id: $id) {
                    title publishedVersion lessonId settings { timeLimit maxAttempts }
                    questions { form { __typename ... on SingleChoiceForm { correctOptionKey options { key text } } } }
                    draws { count difficulty }
                } }
                """, Map.of("id", TestGateway.id("Quiz", "quiz")), TestGateway.token());

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(GATEWAY.requests()).hasSize(1);
        var quiz = answer.at("/data/quiz");
        assertThat(quiz.at("/questions/0/form/correctOptionKey").asText()).isEqualTo("a");
        assertThat(quiz.at("/draws/0/count").asInt()).isEqualTo(3);
        assertThat(quiz.path("publishedVersion").isNull()).isTrue();
        assertThat(quiz.at("/settings/maxAttempts").isNull()).isTrue();
    }

    @Test
    void ofAQuizOnlyTheSettingsThatAreGivenChange() {
        GATEWAY.askSignedIn("""
                mutation { updateQuiz(input: {quizId: "%s", title: "T", lessonId: null, settings: {
                    timeLimit: "PT10M", passingPercentage: 62.5, closeTime: null, showAnswers: AFTER_PASS
                }}) { userErrors { code } } }
                """.formatted(TestGateway.id("Quiz", "quiz")));
        GATEWAY.askSignedIn("""
                mutation { updateFileAssignment(input: {fileAssignmentId: "%s", settings: {
                    latePolicy: {penaltyPercentPerDay: 5, cutOff: "P2D"}, rubric: null
                }}) { userErrors { code } } }
                """.formatted(TestGateway.id("FileAssignment", "work")));

        var quiz = GATEWAY.request(UpdateQuizRequest.class);
        assertThat(quiz.getUpdateMask().getPathsList())
                .containsExactlyInAnyOrder(
                        "title",
                        "lesson_id",
                        "settings.time_limit",
                        "settings.passing_percentage",
                        "settings.close_time",
                        "settings.show_answers");
        assertThat(quiz.getSettings().getPassingPercentage()).isEqualTo(62.5);
        assertThat(quiz.getSettings().getTimeLimit())
                .isEqualTo(Duration.newBuilder().setSeconds(600).build());
        var work = GATEWAY.request(UpdateFileAssignmentRequest.class);
        assertThat(work.getUpdateMask().getPathsList())
                .containsExactlyInAnyOrder("settings.late_policy", "settings.rubric");
        assertThat(work.getSettings().getLatePolicy().getCutOff().getSeconds()).isEqualTo(172_800);
        assertThat(work.getSettings().hasRubric()).isFalse();
    }

    @Test
    void everyFormOfAQuestionReachesTheService() {
        var forms = Map.of(
                "trueFalse: {correct: true}", QuestionForm.FormCase.TRUE_FALSE,
                "singleChoice: {options: [{key: \"a\", text: \"A\"}], correctOptionKey: \"a\"}",
                        QuestionForm.FormCase.SINGLE_CHOICE,
                "multipleChoice: {options: [{key: \"a\", text: \"A\"}], correctOptionKeys: [\"a\"], partialCredit: PER_OPTION}",
                        QuestionForm.FormCase.MULTIPLE_CHOICE,
                "shortAnswer: {accepted: [{number: {value: \"2.5\", tolerance: \"1\", toleranceIsPercent: true}, creditPercent: 50}]}",
                        QuestionForm.FormCase.SHORT_ANSWER,
                "essay: {minWords: 10, gradingNotes: \"n\"}", QuestionForm.FormCase.ESSAY,
                "code: {language: \"python\", solution: \"s\"}", QuestionForm.FormCase.CODE);
        forms.forEach((form, expected) -> {
            GATEWAY.forget();
            var answer = GATEWAY.askSignedIn(
                    "mutation { createQuestion(input: {bankId: \"%s\", text: \"?\", points: 4, tags: [\"x\"], difficulty: HARD, form: {%s}}) { userErrors { code } } }"
                            .formatted(TestGateway.id("QuestionBank", "bank"), form));

            assertThat(answer.has("errors")).as(answer.toString()).isFalse();
            var asked = GATEWAY.request(CreateQuestionRequest.class);
            assertThat(asked.getForm().getFormCase()).isEqualTo(expected);
            assertThat(asked.getParentCase()).isEqualTo(CreateQuestionRequest.ParentCase.BANK_ID);
        });
    }

    @Test
    void questionsAndDrawsAreOrderedTogether() {
        GATEWAY.askSignedIn(
                "mutation { reorderQuizItems(input: {quizId: \"%s\", itemIds: [\"%s\", \"%s\"]}) { userErrors { code } } }"
                        .formatted(
                                TestGateway.id("Quiz", "quiz"),
                                TestGateway.id("QuizDraw", "draw"),
                                TestGateway.id("Question", "question")));

        assertThat(GATEWAY.request(ReorderQuizItemsRequest.class).getItemIdsList())
                .containsExactly(TestGateway.uuid("draw"), TestGateway.uuid("question"));
    }

    @Test
    void noFieldOfALearnersScreenLeadsToKeysBeforeTheyAreShown() {
        GATEWAY.answer(
                StartAttemptRequest.class,
                request -> StartAttemptResponse.newBuilder()
                        .setAttempt(Attempt.newBuilder()
                                .setId(TestGateway.uuid("attempt"))
                                .setQuizId(request.getQuizId())
                                .setStatus(AttemptStatus.ATTEMPT_STATUS_IN_PROGRESS)
                                .addQuestions(AttemptQuestion.newBuilder()
                                        .setQuestion(LearnerQuestion.newBuilder()
                                                .setId(TestGateway.uuid("question"))
                                                .setText("?")
                                                .addOptions(LearnerOption.newBuilder()
                                                        .setId("a")
                                                        .setText("A")))))
                        .build());

        var answer = GATEWAY.askSignedIn("""
                mutation { startAttempt(input: {quizId: "%s"}) { attempt {
                    id status timeSpent questions {
                      question { questionId text options { key text } } answer { text } result { points } key { __typename } explanation responseId
                    }
                } userErrors { code } } }
                """.formatted(TestGateway.id("LearnerQuiz", "quiz")));

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(GATEWAY.requests()).hasSize(1);
        var question = answer.at("/data/startAttempt/attempt/questions/0");
        assertThat(question.at("/question/options/0/key").asText()).isEqualTo("a");
        for (var hidden : List.of("answer", "result", "key", "explanation", "responseId")) {
            assertThat(question.path(hidden).isNull()).as(hidden).isTrue();
        }
    }

    @Test
    void answersOfEveryKindReachTheService() {
        GATEWAY.askSignedIn(
                """
                mutation { submitAttempt(input: {attemptId: "%s", answers: [
                    {questionId: "%2$s", trueFalse: false}, {questionId: "%2$s", choice: {optionKeys: ["a", "b"]}},
                    {questionId: "%2$s", text: ""}
                ]}) { userErrors { code } } }
                """.formatted(TestGateway.id("Attempt", "attempt"), TestGateway.id("Question", "question")));

        var submitted = GATEWAY.request(SubmitAttemptRequest.class);
        assertThat(submitted.getAnswersList().stream().map(Answer::getAnswerCase))
                .containsExactly(Answer.AnswerCase.TRUE_FALSE, Answer.AnswerCase.CHOICE, Answer.AnswerCase.TEXT);
        assertThat(submitted.getAnswers(1).getChoice())
                .isEqualTo(ChoiceAnswer.newBuilder()
                        .addOptionIds("a")
                        .addOptionIds("b")
                        .build());
    }

    @Test
    void ownAttemptsAtOneQuizAskForItOnce() {
        GATEWAY.answer(
                ListMyAttemptsRequest.class,
                request -> ListMyAttemptsResponse.newBuilder()
                        .addAllAttempts(IntStream.range(0, request.getPageSize())
                                .mapToObj(number -> Attempt.newBuilder()
                                        .setId(TestGateway.uuid("attempt" + number))
                                        .setQuizId(TestGateway.uuid("quiz"))
                                        .setCourseId(TestGateway.uuid("course"))
                                        .build())
                                .toList())
                        .addAllItemTokens(tokens(request.getPageSize()))
                        .build());
        GATEWAY.answer(
                GetLearnerQuizRequest.class,
                request -> GetLearnerQuizResponse.newBuilder()
                        .setQuiz(LearnerQuiz.newBuilder()
                                .setId(request.getQuizId())
                                .setTitle("The quiz"))
                        .build());

        var answer = GATEWAY.ask(
                "query($quiz: ID!) { viewer { attempts(first: 20, quizId: $quiz) { nodes { number quiz { title } course { title } } } } }",
                Map.of("quiz", TestGateway.id("Quiz", "quiz")),
                TestGateway.token());

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(answer.at("/extensions/grpcCalls").asInt()).isEqualTo(3);
        assertThat(answer.at("/data/viewer/attempts/nodes/19/quiz/title").asText())
                .isEqualTo("The quiz");
    }

    @Test
    void theGradebookExplainsEachGradeAndTakesAsManyCallsForTenAsForFifty() {
        GATEWAY.answer(
                ListGradesRequest.class,
                request -> ListGradesResponse.newBuilder()
                        .addAllGrades(IntStream.range(0, request.getPageSize())
                                .mapToObj(GradesPagesTest::grade)
                                .toList())
                        .addAllItemTokens(tokens(request.getPageSize()))
                        .build());
        var page = """
                query($id: ID!, $first: Int!) { course(id: $id) { grades(first: $first) { nodes {
                    learner { displayName } percentage letter
                    categories { categoryKey effectiveWeight items { standing latePenaltyPercent sourceId } }
                } } } }
                """;
        var id = TestGateway.id("Course", "course");

        var ten = GATEWAY.ask(page, Map.of("id", id, "first", 10), TestGateway.token());
        var fifty = GATEWAY.ask(page, Map.of("id", id, "first", 50), TestGateway.token());

        assertThat(fifty.has("errors")).as(fifty.toString()).isFalse();
        assertThat(ten.at("/extensions/grpcCalls").asInt()).isEqualTo(3);
        assertThat(fifty.at("/extensions/grpcCalls").asInt()).isEqualTo(3);
        var grade = fifty.at("/data/course/grades/nodes/49");
        assertThat(grade.path("letter").asText()).isEqualTo("B");
        assertThat(grade.at("/categories/0/items/0/standing").asText()).isEqualTo("DROPPED");
        GATEWAY.answer(
                GetAttemptRequest.class,
                request -> GetAttemptResponse.newBuilder()
                        .setAttempt(Attempt.newBuilder()
                                .setId(request.getAttemptId())
                                .setScore(7.5))
                        .build());
        var source = grade.at("/categories/0/items/0/sourceId").asText();
        var attempt = GATEWAY.ask(
                "query($id: ID!) { attempt(id: $id) { score } }", Map.of("id", source), TestGateway.token());
        assertThat(attempt.at("/data/attempt/score").asDouble()).isEqualTo(7.5);
    }

    private static CourseGrade grade(int number) {
        return CourseGrade.newBuilder()
                .setUserId(TestGateway.uuid("learner" + number))
                .setGraded(true)
                .setLetter("B")
                .addCategories(CategoryGrade.newBuilder()
                        .addItems(ItemGrade.newBuilder()
                                .setItemId(TestGateway.uuid("quiz"))
                                .setSourceId(TestGateway.uuid("attempt"))
                                .setStanding(ItemStanding.ITEM_STANDING_DROPPED)))
                .build();
    }

    @Test
    void theQueueOfWhatWaitsNamesItsLearnersByOneCall() {
        GATEWAY.answer(
                ListPendingResponsesRequest.class,
                request -> ListPendingResponsesResponse.newBuilder()
                        .addAllResponses(IntStream.range(0, request.getPageSize())
                                .mapToObj(number -> PendingResponse.newBuilder()
                                        .setResponseId(TestGateway.uuid("response" + number))
                                        .setUserId(TestGateway.uuid("learner" + number))
                                        .setAnswer(Answer.newBuilder().setText("An essay"))
                                        .build())
                                .toList())
                        .addAllItemTokens(tokens(request.getPageSize()))
                        .build());

        var answer = GATEWAY.ask(
                "query($id: ID!) { course(id: $id) { pendingResponses(first: 50, unclaimedOnly: true) { nodes { responseId learner { displayName } answer { text trueFalse } claimedBy { displayName } } } } }",
                Map.of("id", TestGateway.id("Course", "course")),
                TestGateway.token());

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(answer.at("/extensions/grpcCalls").asInt()).isEqualTo(3);
        var first = answer.at("/data/course/pendingResponses/nodes/0");
        assertThat(first.at("/answer/text").asText()).isEqualTo("An essay");
        assertThat(first.at("/answer/trueFalse").isNull()).isTrue();
        assertThat(first.path("claimedBy").isNull()).isTrue();
        assertThat(GATEWAY.request(ListPendingResponsesRequest.class).getUnclaimedOnly())
                .isTrue();
    }

    @Test
    void attemptsOfOneLearnerAreFiltered() {
        GATEWAY.answer(
                GetQuizRequest.class,
                request -> GetQuizResponse.newBuilder()
                        .setQuiz(Quiz.newBuilder().setId(request.getQuizId()))
                        .build());

        GATEWAY.ask(
                "query($quiz: ID!, $user: ID!) { quiz(id: $quiz) { attempts(first: 5, userId: $user, status: SUBMITTED) { nodes { id } } } }",
                Map.of("quiz", TestGateway.id("Quiz", "quiz"), "user", TestGateway.id("UserSummary", "ada")),
                TestGateway.token());

        var asked = GATEWAY.request(ListAttemptsRequest.class);
        assertThat(asked.getUserId()).isEqualTo(TestGateway.uuid("ada"));
        assertThat(asked.getStatus()).isEqualTo(AttemptStatus.ATTEMPT_STATUS_SUBMITTED);
    }
}
