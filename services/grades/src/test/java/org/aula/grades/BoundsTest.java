package org.aula.grades;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aula.api.grades.v1.AnalyzeQuizRequest;
import org.aula.api.grades.v1.Answer;
import org.aula.api.grades.v1.CancelOperationRequest;
import org.aula.api.grades.v1.ChoiceAnswer;
import org.aula.api.grades.v1.ClaimResponseRequest;
import org.aula.api.grades.v1.CreateSubmissionRequest;
import org.aula.api.grades.v1.CreateSubmissionUploadRequest;
import org.aula.api.grades.v1.ExportGradesRequest;
import org.aula.api.grades.v1.GetAttemptRequest;
import org.aula.api.grades.v1.GetGradebookSettingsRequest;
import org.aula.api.grades.v1.GetLeaderboardRequest;
import org.aula.api.grades.v1.GetLearnerGradeRequest;
import org.aula.api.grades.v1.GetMyGradeRequest;
import org.aula.api.grades.v1.GetOperationRequest;
import org.aula.api.grades.v1.GetSubmissionDownloadsRequest;
import org.aula.api.grades.v1.GetSubmissionRequest;
import org.aula.api.grades.v1.GivenLevel;
import org.aula.api.grades.v1.GradeCategory;
import org.aula.api.grades.v1.GradeResponseRequest;
import org.aula.api.grades.v1.GradeSubmissionRequest;
import org.aula.api.grades.v1.ItemCategory;
import org.aula.api.grades.v1.LetterGrade;
import org.aula.api.grades.v1.ListAttemptsRequest;
import org.aula.api.grades.v1.ListGradesRequest;
import org.aula.api.grades.v1.ListMyAttemptsRequest;
import org.aula.api.grades.v1.ListMySubmissionsRequest;
import org.aula.api.grades.v1.ListPendingResponsesRequest;
import org.aula.api.grades.v1.ListScoreChangesRequest;
import org.aula.api.grades.v1.ListSubmissionsRequest;
import org.aula.api.grades.v1.RebuildLeaderboardRequest;
import org.aula.api.grades.v1.RegradeQuizRequest;
import org.aula.api.grades.v1.ReleaseResponseRequest;
import org.aula.api.grades.v1.ReturnSubmissionRequest;
import org.aula.api.grades.v1.SaveAnswersRequest;
import org.aula.api.grades.v1.SetAttemptFeedbackRequest;
import org.aula.api.grades.v1.StartAttemptRequest;
import org.aula.api.grades.v1.SubmitAttemptRequest;
import org.aula.api.grades.v1.SubmitSubmissionRequest;
import org.aula.api.grades.v1.UpdateGradebookSettingsRequest;
import org.aula.api.grades.v1.UpdateSubmissionRequest;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every bound of every request, with the fields that a refusal names.
final class BoundsTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("grades");

    private static final String ID = UUID.randomUUID().toString();
    private static final String LONG_TOKEN = "x".repeat(1001);

    private static Classroom room() {
        return new Classroom(platform);
    }

    private static TestUser reader() {
        return platform.user("grades:read", "grades:write", "operations:read", "operations:write");
    }

    static Stream<Arguments> attempts() {
        var answers =
                IntStream.range(0, 301).mapToObj(index -> answer().build()).toList();
        return Stream.of(
                broken(
                        "start",
                        () -> room().attempts(reader())
                                .startAttempt(StartAttemptRequest.newBuilder()
                                        .setRequestId("x")
                                        .setQuizId("x")
                                        .build()),
                        "request_id",
                        "quiz_id"),
                broken("save nothing", () -> save(SaveAnswersRequest.newBuilder()), "attempt_id", "answers"),
                broken(
                        "save too much",
                        () -> save(
                                SaveAnswersRequest.newBuilder().setAttemptId(ID).addAllAnswers(answers)),
                        "answers"),
                broken(
                        "an empty answer",
                        () -> save(SaveAnswersRequest.newBuilder()
                                .setAttemptId(ID)
                                .addAnswers(Answer.newBuilder().setQuestionId("x"))),
                        "answers[0].question_id",
                        "answers[0].answer"),
                broken(
                        "a long text",
                        () -> save(SaveAnswersRequest.newBuilder()
                                .setAttemptId(ID)
                                .addAnswers(answer().setText("x".repeat(100_001)))),
                        "answers[0].text"),
                broken(
                        "options twice",
                        () -> save(SaveAnswersRequest.newBuilder()
                                .setAttemptId(ID)
                                .addAnswers(answer().setChoice(
                                                ChoiceAnswer.newBuilder().addAllOptionIds(List.of("a", "a"))))),
                        "answers[0].choice.option_ids"),
                broken(
                        "an empty option",
                        () -> save(SaveAnswersRequest.newBuilder()
                                .setAttemptId(ID)
                                .addAnswers(answer().setChoice(
                                                ChoiceAnswer.newBuilder().addOptionIds("")))),
                        "answers[0].choice.option_ids[0]"),
                broken(
                        "a long option",
                        () -> save(SaveAnswersRequest.newBuilder()
                                .setAttemptId(ID)
                                .addAnswers(answer().setChoice(
                                                ChoiceAnswer.newBuilder().addOptionIds("x".repeat(41))))),
                        "answers[0].choice.option_ids[0]"),
                broken(
                        "too many options",
                        () -> save(SaveAnswersRequest.newBuilder()
                                .setAttemptId(ID)
                                .addAnswers(answer().setChoice(ChoiceAnswer.newBuilder()
                                        .addAllOptionIds(IntStream.range(0, 27)
                                                .mapToObj(Integer::toString)
                                                .toList())))),
                        "answers[0].choice.option_ids"),
                broken(
                        "submit",
                        () -> room().attempts(reader())
                                .submitAttempt(SubmitAttemptRequest.newBuilder()
                                        .setAttemptId("x")
                                        .addAllAnswers(answers)
                                        .build()),
                        "attempt_id",
                        "answers"),
                broken(
                        "get",
                        () -> room().attempts(reader())
                                .getAttempt(GetAttemptRequest.newBuilder()
                                        .setAttemptId("x")
                                        .build()),
                        "attempt_id"),
                broken(
                        "list mine",
                        () -> room().attempts(reader())
                                .listMyAttempts(ListMyAttemptsRequest.newBuilder()
                                        .setPageSize(-1)
                                        .setPageToken(LONG_TOKEN)
                                        .setQuizId("x")
                                        .setCourseId("x")
                                        .build()),
                        "page_size",
                        "page_token",
                        "quiz_id",
                        "course_id"),
                broken(
                        "list",
                        () -> room().attempts(reader())
                                .listAttempts(ListAttemptsRequest.newBuilder()
                                        .setQuizId("x")
                                        .setPageSize(-1)
                                        .setPageToken(LONG_TOKEN)
                                        .setUserId("x")
                                        .setStatusValue(99)
                                        .build()),
                        "quiz_id",
                        "page_size",
                        "page_token",
                        "user_id",
                        "status"));
    }

    static Stream<Arguments> grading() {
        return Stream.of(
                broken(
                        "queue",
                        () -> room().grading(reader())
                                .listPendingResponses(ListPendingResponsesRequest.newBuilder()
                                        .setCourseId("x")
                                        .setPageSize(-1)
                                        .setPageToken(LONG_TOKEN)
                                        .setQuizId("x")
                                        .build()),
                        "course_id",
                        "page_size",
                        "page_token",
                        "quiz_id"),
                broken(
                        "claim",
                        () -> room().grading(reader())
                                .claimResponse(ClaimResponseRequest.newBuilder()
                                        .setResponseId("x")
                                        .build()),
                        "response_id"),
                broken(
                        "release",
                        () -> room().grading(reader())
                                .releaseResponse(ReleaseResponseRequest.newBuilder()
                                        .setResponseId("x")
                                        .build()),
                        "response_id"),
                broken("grade below", () -> grade(-0.01, ""), "response_id", "points"),
                broken("grade above", () -> grade(1000.01, "x".repeat(10_001)), "response_id", "points", "feedback"),
                broken("grade with no number", () -> grade(Double.NaN, ""), "response_id", "points", "points"),
                broken(
                        "comment",
                        () -> room().grading(reader())
                                .setAttemptFeedback(SetAttemptFeedbackRequest.newBuilder()
                                        .setAttemptId("x")
                                        .setFeedback("x".repeat(10_001))
                                        .build()),
                        "attempt_id",
                        "feedback"),
                broken(
                        "regrade",
                        () -> room().grading(reader())
                                .regradeQuiz(RegradeQuizRequest.newBuilder()
                                        .setRequestId("x")
                                        .setQuizId("x")
                                        .build()),
                        "request_id",
                        "quiz_id"),
                broken(
                        "history",
                        () -> room().grading(reader())
                                .listScoreChanges(ListScoreChangesRequest.newBuilder()
                                        .setAttemptId("x")
                                        .setPageSize(-1)
                                        .setPageToken(LONG_TOKEN)
                                        .build()),
                        "attempt_id",
                        "page_size",
                        "page_token"),
                broken(
                        "operation",
                        () -> room().grading(reader())
                                .getOperation(GetOperationRequest.newBuilder()
                                        .setOperationId("x")
                                        .build()),
                        "operation_id"),
                broken(
                        "cancel",
                        () -> room().grading(reader())
                                .cancelOperation(CancelOperationRequest.newBuilder()
                                        .setOperationId("x")
                                        .build()),
                        "operation_id"));
    }

    static Stream<Arguments> gradebook() {
        return Stream.of(
                broken(
                        "settings",
                        () -> room().gradebook(reader())
                                .getGradebookSettings(GetGradebookSettingsRequest.newBuilder()
                                        .setCourseId("x")
                                        .build()),
                        "course_id"),
                broken(
                        "update",
                        () -> update(UpdateGradebookSettingsRequest.newBuilder()
                                .setCourseId("x")
                                .setEtag("x".repeat(41))
                                .addCategories(GradeCategory.newBuilder()
                                        .setId("!")
                                        .setWeight(-1)
                                        .setDropLowest(-1))
                                .addCategories(GradeCategory.newBuilder()
                                        .setId("a")
                                        .setName("x".repeat(101))
                                        .setWeight(1000.01)
                                        .setDropLowest(21))
                                .addLetters(LetterGrade.newBuilder().setMinPercentage(-1))
                                .addLetters(LetterGrade.newBuilder()
                                        .setLetter("x".repeat(11))
                                        .setMinPercentage(100.01))
                                .addItems(
                                        ItemCategory.newBuilder().setItemId("x").setCategoryId("!"))),
                        "course_id",
                        "etag",
                        "categories[0].id",
                        "categories[0].name",
                        "categories[0].weight",
                        "categories[0].drop_lowest",
                        "categories[1].name",
                        "categories[1].weight",
                        "categories[1].drop_lowest",
                        "letters[0].letter",
                        "letters[0].min_percentage",
                        "letters[1].letter",
                        "letters[1].min_percentage",
                        "items[0].item_id",
                        "items[0].category_id"),
                broken(
                        "too many",
                        () -> update(UpdateGradebookSettingsRequest.newBuilder()
                                .setCourseId(ID)
                                .addAllCategories(IntStream.range(0, 21)
                                        .mapToObj(BoundsTest::category)
                                        .toList())
                                .addAllLetters(IntStream.range(0, 21)
                                        .mapToObj(BoundsTest::letter)
                                        .toList())
                                .addAllItems(IntStream.range(0, 1001)
                                        .mapToObj(index -> ItemCategory.newBuilder()
                                                .setItemId(ID)
                                                .setCategoryId("a")
                                                .build())
                                        .toList())),
                        "categories",
                        "letters",
                        "items"),
                broken(
                        "twice",
                        () -> update(UpdateGradebookSettingsRequest.newBuilder()
                                .setCourseId(ID)
                                .addCategories(category(1))
                                .addCategories(category(1))
                                .addLetters(letter(1))
                                .addLetters(letter(1))),
                        "categories",
                        "letters"),
                broken(
                        "mine",
                        () -> room().gradebook(reader())
                                .getMyGrade(GetMyGradeRequest.newBuilder()
                                        .setCourseId("x")
                                        .build()),
                        "course_id"),
                broken(
                        "a learner's",
                        () -> room().gradebook(reader())
                                .getLearnerGrade(GetLearnerGradeRequest.newBuilder()
                                        .setCourseId("x")
                                        .setUserId("x")
                                        .build()),
                        "course_id",
                        "user_id"),
                broken(
                        "list",
                        () -> room().gradebook(reader())
                                .listGrades(ListGradesRequest.newBuilder()
                                        .setCourseId("x")
                                        .setPageSize(-1)
                                        .setPageToken(LONG_TOKEN)
                                        .build()),
                        "course_id",
                        "page_size",
                        "page_token"),
                broken(
                        "export",
                        () -> room().gradebook(reader())
                                .exportGrades(ExportGradesRequest.newBuilder()
                                        .setCourseId("x")
                                        .setPageSize(-1)
                                        .setPageToken(LONG_TOKEN)
                                        .build()),
                        "course_id",
                        "page_size",
                        "page_token"),
                broken(
                        "analyse",
                        () -> room().gradebook(reader())
                                .analyzeQuiz(AnalyzeQuizRequest.newBuilder()
                                        .setQuizId("x")
                                        .build()),
                        "quiz_id"),
                broken(
                        "leaderboard",
                        () -> room().leaderboard(reader())
                                .getLeaderboard(GetLeaderboardRequest.newBuilder()
                                        .setCourseId("x")
                                        .setFirst(-1)
                                        .build()),
                        "course_id",
                        "first"),
                broken(
                        "rebuild",
                        () -> room().leaderboard(reader())
                                .rebuildLeaderboard(RebuildLeaderboardRequest.newBuilder()
                                        .setCourseId("x")
                                        .build()),
                        "course_id"));
    }

    static Stream<Arguments> submissions() {
        return Stream.of(
                broken(
                        "begin",
                        () -> room().submissions(reader())
                                .createSubmission(CreateSubmissionRequest.newBuilder()
                                        .setRequestId("x")
                                        .setFileAssignmentId("x")
                                        .build()),
                        "request_id",
                        "file_assignment_id"),
                broken(
                        "announce",
                        () -> room().submissions(reader())
                                .createSubmissionUpload(CreateSubmissionUploadRequest.newBuilder()
                                        .setRequestId("x")
                                        .setSubmissionId("x")
                                        .setFileName("a/b")
                                        .setMediaType("text")
                                        .setSizeBytes(0)
                                        .setSha256("x")
                                        .build()),
                        "request_id",
                        "submission_id",
                        "file_name",
                        "media_type",
                        "size_bytes",
                        "sha256"),
                broken(
                        "announce too much",
                        () -> room().submissions(reader())
                                .createSubmissionUpload(CreateSubmissionUploadRequest.newBuilder()
                                        .setRequestId(ID)
                                        .setSubmissionId(ID)
                                        .setFileName("x".repeat(256))
                                        .setMediaType("text/" + "x".repeat(123))
                                        .setSizeBytes((1L << 30) + 1)
                                        .setSha256("0".repeat(64))
                                        .build()),
                        "file_name",
                        "media_type",
                        "size_bytes"),
                broken(
                        "fill",
                        () -> room().submissions(reader())
                                .updateSubmission(UpdateSubmissionRequest.newBuilder()
                                        .setSubmissionId("x")
                                        .setEtag("x".repeat(41))
                                        .addAssetIds("x")
                                        .setComment("x".repeat(5001))
                                        .build()),
                        "submission_id",
                        "etag",
                        "asset_ids[0]",
                        "comment"),
                broken(
                        "files twice",
                        () -> room().submissions(reader())
                                .updateSubmission(UpdateSubmissionRequest.newBuilder()
                                        .setSubmissionId(ID)
                                        .addAssetIds(ID)
                                        .addAssetIds(ID)
                                        .build()),
                        "asset_ids"),
                broken(
                        "many files",
                        () -> room().submissions(reader())
                                .updateSubmission(UpdateSubmissionRequest.newBuilder()
                                        .setSubmissionId(ID)
                                        .addAllAssetIds(IntStream.range(0, 21)
                                                .mapToObj(index ->
                                                        UUID.randomUUID().toString())
                                                .toList())
                                        .build()),
                        "asset_ids"),
                broken(
                        "submit",
                        () -> room().submissions(reader())
                                .submitSubmission(SubmitSubmissionRequest.newBuilder()
                                        .setSubmissionId("x")
                                        .build()),
                        "submission_id"),
                broken(
                        "get",
                        () -> room().submissions(reader())
                                .getSubmission(GetSubmissionRequest.newBuilder()
                                        .setSubmissionId("x")
                                        .build()),
                        "submission_id"),
                broken(
                        "download",
                        () -> room().submissions(reader())
                                .getSubmissionDownloads(GetSubmissionDownloadsRequest.newBuilder()
                                        .setSubmissionId("x")
                                        .build()),
                        "submission_id"),
                broken(
                        "list mine",
                        () -> room().submissions(reader())
                                .listMySubmissions(ListMySubmissionsRequest.newBuilder()
                                        .setPageSize(-1)
                                        .setPageToken(LONG_TOKEN)
                                        .setFileAssignmentId("x")
                                        .build()),
                        "page_size",
                        "page_token",
                        "file_assignment_id"),
                broken(
                        "list",
                        () -> room().submissions(reader())
                                .listSubmissions(ListSubmissionsRequest.newBuilder()
                                        .setCourseId("x")
                                        .setPageSize(-1)
                                        .setPageToken(LONG_TOKEN)
                                        .setFileAssignmentId("x")
                                        .setStatusValue(99)
                                        .build()),
                        "course_id",
                        "page_size",
                        "page_token",
                        "file_assignment_id",
                        "status"),
                broken(
                        "grade",
                        () -> room().submissions(reader())
                                .gradeSubmission(GradeSubmissionRequest.newBuilder()
                                        .setSubmissionId("x")
                                        .setEtag("x".repeat(41))
                                        .setPoints(10_000.01)
                                        .addLevels(GivenLevel.newBuilder()
                                                .setCriterionId("!")
                                                .setLevelId("!")
                                                .setComment("x".repeat(2001)))
                                        .setFeedback("x".repeat(10_001))
                                        .build()),
                        "submission_id",
                        "etag",
                        "points",
                        "levels[0].criterion_id",
                        "levels[0].level_id",
                        "levels[0].comment",
                        "feedback"),
                broken(
                        "grade by too many",
                        () -> room().submissions(reader())
                                .gradeSubmission(GradeSubmissionRequest.newBuilder()
                                        .setSubmissionId(ID)
                                        .setPoints(-0.01)
                                        .addAllLevels(IntStream.range(0, 21)
                                                .mapToObj(index -> GivenLevel.newBuilder()
                                                        .setCriterionId("a" + index)
                                                        .setLevelId("a")
                                                        .build())
                                                .toList())
                                        .build()),
                        "points",
                        "levels"),
                broken(
                        "return",
                        () -> room().submissions(reader())
                                .returnSubmission(ReturnSubmissionRequest.newBuilder()
                                        .setSubmissionId("x")
                                        .setEtag("x".repeat(41))
                                        .build()),
                        "submission_id",
                        "etag",
                        "feedback"),
                broken(
                        "return with much",
                        () -> room().submissions(reader())
                                .returnSubmission(ReturnSubmissionRequest.newBuilder()
                                        .setSubmissionId(ID)
                                        .setFeedback("x".repeat(10_001))
                                        .build()),
                        "feedback"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"attempts", "grading", "gradebook", "submissions"})
    void every_broken_field_is_named(Supplier<Object> call, List<String> fields) throws Exception {
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT, org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED, call::get);

        assertThat(refusal.fields()).containsExactlyInAnyOrderElementsOf(fields);
    }

    /// What is just within bounds passes validation and is refused for what it names only.
    @org.junit.jupiter.api.Test
    void the_largest_that_is_allowed_passes() throws Exception {
        var largest = IntStream.range(0, 300)
                .mapToObj(index -> answer().setText("x".repeat(1_000)).build())
                .toList();
        Refusal.expect(
                Code.NOT_FOUND,
                org.aula.api.grades.v1.ErrorReason.ERROR_REASON_ATTEMPT_NOT_FOUND,
                () -> save(SaveAnswersRequest.newBuilder().setAttemptId(ID).addAllAnswers(largest)));
        Refusal.expect(
                Code.NOT_FOUND,
                org.aula.api.grades.v1.ErrorReason.ERROR_REASON_COURSE_NOT_FOUND,
                () -> update(UpdateGradebookSettingsRequest.newBuilder()
                        .setCourseId(ID)
                        .addAllCategories(IntStream.range(0, 20)
                                .mapToObj(BoundsTest::category)
                                .toList())
                        .addAllLetters(IntStream.range(0, 20)
                                .mapToObj(BoundsTest::letter)
                                .toList())));
        assertThat(room().attempts(reader())
                        .listMyAttempts(ListMyAttemptsRequest.newBuilder()
                                .setPageSize(1_000_000)
                                .build())
                        .getAttemptsCount())
                .isZero();
    }

    private static Arguments broken(String name, Supplier<Object> call, String... fields) {
        return Arguments.of(Named.of(name, call), List.of(fields));
    }

    private static Answer.Builder answer() {
        return Answer.newBuilder().setQuestionId(ID).setTrueFalse(true);
    }

    private static GradeCategory category(int number) {
        return GradeCategory.newBuilder()
                .setId("c" + number)
                .setName("x")
                .setWeight(1)
                .build();
    }

    private static LetterGrade letter(int percentage) {
        return LetterGrade.newBuilder()
                .setLetter("x")
                .setMinPercentage(percentage)
                .build();
    }

    private static Object save(SaveAnswersRequest.Builder request) {
        return room().attempts(reader()).saveAnswers(request.build());
    }

    private static Object grade(double points, String feedback) {
        return room().grading(reader())
                .gradeResponse(GradeResponseRequest.newBuilder()
                        .setResponseId("x")
                        .setPoints(points)
                        .setFeedback(feedback)
                        .build());
    }

    private static Object update(UpdateGradebookSettingsRequest.Builder request) {
        return room().gradebook(reader()).updateGradebookSettings(request.build());
    }
}
