package org.aula.assignments.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.aula.api.assignments.v1.CreateQuestionBankRequest;
import org.aula.api.assignments.v1.CreateQuizRequest;
import org.aula.api.assignments.v1.DrawServiceGrpc;
import org.aula.api.assignments.v1.GetQuizRequest;
import org.aula.api.assignments.v1.GetQuizResponse;
import org.aula.api.assignments.v1.LearnerQuiz;
import org.aula.api.assignments.v1.ListLearnerQuizzesRequest;
import org.aula.api.assignments.v1.ListQuizzesRequest;
import org.aula.api.assignments.v1.PublishQuizRequest;
import org.aula.api.assignments.v1.QuestionBankServiceGrpc;
import org.aula.api.assignments.v1.QuestionServiceGrpc;
import org.aula.api.assignments.v1.Quiz;
import org.aula.api.assignments.v1.QuizServiceGrpc;
import org.aula.api.assignments.v1.QuizStatus;
import org.aula.api.assignments.v1.ShowAnswers;
import org.aula.api.content.v1.CompleteUploadRequest;
import org.aula.api.content.v1.ContentServiceGrpc;
import org.aula.api.content.v1.CreateUploadRequest;
import org.aula.api.courses.v1.BatchListLessonsRequest;
import org.aula.api.courses.v1.BatchListSectionsRequest;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.api.courses.v1.DeleteLessonRequest;
import org.aula.api.courses.v1.ExportCourseRequest;
import org.aula.api.courses.v1.GetOperationRequest;
import org.aula.api.courses.v1.ImportCourseRequest;
import org.aula.api.courses.v1.Lesson;
import org.aula.api.courses.v1.LessonServiceGrpc;
import org.aula.api.courses.v1.LessonType;
import org.aula.api.courses.v1.PublishCourseRequest;
import org.aula.api.courses.v1.SectionServiceGrpc;
import org.aula.api.courses.v1.SubmitCourseRequest;
import org.aula.api.enrollments.v1.CreateEnrollmentRequest;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.api.operations.v1.Operation;
import org.aula.api.operations.v1.OperationState;
import org.aula.assignments.Classroom;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What an import of the courses service makes here.
class ImportedQuizzesTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses", "content", "enrollments", "assignments");

    private static final String CHOICE = """
            <problem display_name="Choice" max_attempts="2" showanswer="attempted" weight="3">
              <multiplechoiceresponse><p><img src="/static/dot.png"/></p><label>Which?</label>
                <choicegroup><choice correct="false">A</choice><choice correct="true">B</choice></choicegroup>
                <solution>Because</solution></multiplechoiceresponse>
            </problem>
            """;
    private static final String WORDS = """
            <problem display_name="Words" max_attempts="2">
              <stringresponse answer="(?&lt;=a)b" type="regexp"><label>Pattern?</label></stringresponse>
              <numericalresponse answer="600"><label>How many?</label>
                <responseparam type="tolerance" default="5"/></numericalresponse>
            </problem>
            """;
    private static final String SCRIPTED = """
            <problem display_name="Scripted"><script type="loncapa/python">x = 1</script>
              <numericalresponse answer="$x"/></problem>
            """;

    private final TestUser author = platform.user("courses:create", "content:create");

    @Test
    void hangTheProblemsOfASequentialBehindItsPages() throws Exception {
        var operation = ended(importing(course()));

        assertThat(operation.getState()).as(operation.getFailure()).isEqualTo(OperationState.OPERATION_STATE_SUCCEEDED);
        assertThat(operation.getDone())
                .as("a file, two quizzes, the pages of one lesson")
                .isEqualTo(4);
        assertThat(operation.getTotal()).isEqualTo(4);
        assertThat(operation.getIssuesList())
                .extracting(issue -> issue.getReason())
                .satisfiesExactlyInAnyOrder(
                        reason -> assertThat(reason).isEqualTo("a script works out its answers, and no script is run"),
                        reason -> assertThat(reason).contains("is no expression"));
        var lessons = lessons(operation);
        assertThat(lessons)
                .extracting(Lesson::getTitle, Lesson::getType)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Mixed", LessonType.LESSON_TYPE_ARTICLE),
                        org.assertj.core.groups.Tuple.tuple("Mixed", LessonType.LESSON_TYPE_QUIZ),
                        org.assertj.core.groups.Tuple.tuple("Only", LessonType.LESSON_TYPE_QUIZ));
        var quizzes = quizzes(operation);
        assertThat(quizzes)
                .extracting(Quiz::getLessonId)
                .containsExactly(lessons.get(1).getId(), lessons.get(2).getId());
        assertThat(quizzes)
                .allSatisfy(quiz -> assertThat(quiz.getStatus()).isEqualTo(QuizStatus.QUIZ_STATUS_PUBLISHED));
    }

    @Test
    void holdWhatTheProblemsAskAndHowTheyAreTaken() throws Exception {
        var quizzes = quizzes(ended(importing(course())));

        var mixed = get(quizzes.getFirst());
        assertThat(mixed.getQuiz().getSettings().getPassingPercentage()).isEqualTo(70);
        assertThat(mixed.getQuiz().getSettings().getMaxAttempts()).isEqualTo(2);
        assertThat(mixed.getQuiz().getSettings().getShowAnswers()).isEqualTo(ShowAnswers.SHOW_ANSWERS_AFTER_PASS);
        assertThat(mixed.getQuiz().getTotalPoints()).isEqualTo(4);
        var choice = mixed.getQuestions(0);
        assertThat(choice.getText()).contains("src=\"aula-asset:").contains("Which?");
        assertThat(choice.getExplanation()).isEqualTo("Because");
        assertThat(choice.getPoints()).isEqualTo(3);
        assertThat(choice.getForm().getSingleChoice().getCorrectOptionId()).isEqualTo("b");
        assertThat(choice.getForm().getSingleChoice().getKeepOrder()).isTrue();
        var number =
                mixed.getQuestions(1).getForm().getShortAnswer().getAccepted(0).getNumber();
        assertThat(number.getValue() + " +- " + number.getTolerance()).isEqualTo("600 +- 5");
        var practice = get(quizzes.getLast()).getQuiz().getSettings();
        assertThat(practice.getPassingPercentage()).as("it does not count").isZero();
        assertThat(practice.getMaxAttempts()).isZero();
    }

    @Test
    void areOpenToLearnersOnceTheCourseIsPublished() throws Exception {
        var courseId = ended(importing(course())).getResourceId();
        var reviewer = platform.user("courses:publish", "courses:read");
        CourseServiceGrpc.newBlockingStub(platform.as(author, "courses"))
                .submitCourse(
                        SubmitCourseRequest.newBuilder().setCourseId(courseId).build());
        CourseServiceGrpc.newBlockingStub(platform.as(reviewer, "courses"))
                .publishCourse(
                        PublishCourseRequest.newBuilder().setCourseId(courseId).build());
        var learner = platform.user();
        EnrollmentServiceGrpc.newBlockingStub(platform.as(learner, "enrollments"))
                .createEnrollment(CreateEnrollmentRequest.newBuilder()
                        .setRequestId(Classroom.newId())
                        .setCourseId(courseId)
                        .build());

        assertThat(QuizServiceGrpc.newBlockingStub(platform.as(learner, "assignments"))
                        .listLearnerQuizzes(ListLearnerQuizzesRequest.newBuilder()
                                .setCourseId(courseId)
                                .build())
                        .getQuizzesList())
                .extracting(LearnerQuiz::getTitle)
                .containsExactly("Mixed", "Only");
    }

    /// The process was killed one statement before the end of the import.
    @Test
    void goWithAnImportThatIsTakenBack() throws Exception {
        var first = ended(importing(course()));
        platform.superuser().useTransaction(handle -> {
            handle.execute(
                    "UPDATE courses.operations SET state = 'RUNNING', ended_at = NULL WHERE id = CAST(? AS uuid)",
                    first.getId());
            handle.execute("""
                    INSERT INTO courses.scheduled_tasks (task_name, task_instance, execution_time, picked, version, priority)
                    VALUES ('operation', ?, now(), false, 1, 50)
                    """, first.getId());
        });
        Await.until("it begins again", () -> !operation(first).getResourceId().equals(first.getResourceId()));
        var second = ended(first);

        assertThat(rows(second.getResourceId())).as("quizzes and versions").isEqualTo(4);
        Await.until("nothing is left of the first", () -> rows(first.getResourceId()) == 0);
    }

    @Test
    void areTheSameInACourseThatWasExportedAndImportedAgain() throws Exception {
        var original = ended(importing(course()));
        var before = quizzes(original);
        QuizServiceGrpc.newBlockingStub(platform.as(author, "assignments"))
                .createQuiz(CreateQuizRequest.newBuilder()
                        .setRequestId(Classroom.newId())
                        .setCourseId(original.getResourceId())
                        .setTitle("Not published")
                        .build());
        var exported = ended(CourseServiceGrpc.newBlockingStub(platform.as(author, "courses"))
                .exportCourse(ExportCourseRequest.newBuilder()
                        .setRequestId(Classroom.newId())
                        .setCourseId(original.getResourceId())
                        .build())
                .getOperation());
        assertThat(exported.getState()).as(exported.getFailure()).isEqualTo(OperationState.OPERATION_STATE_SUCCEEDED);
        var copy = ended(importing(exported.getResourceId()));
        assertThat(copy.getState()).as(copy.getFailure()).isEqualTo(OperationState.OPERATION_STATE_SUCCEEDED);
        assertThat(copy.getIssuesList()).isEmpty();
        assertThat(copy.getDone())
                .as("a file, two quizzes, the pages of one lesson")
                .isEqualTo(4);

        var after = quizzes(copy);
        assertThat(after.stream().map(this::content).toList())
                .isEqualTo(before.stream().map(this::content).toList());
        var lessons = lessons(copy);
        assertThat(after)
                .extracting(Quiz::getLessonId)
                .containsExactly(lessons.get(1).getId(), lessons.get(2).getId());
        assertThat(picture(after.getFirst()))
                .as("pictures are those of the copy")
                .isNotEqualTo(picture(before.getFirst()));
    }

    @Test
    void stayBehindWhereTheyDrawFromBanksAndLoseALessonThatIsGone() throws Exception {
        var original = ended(importing(course()));
        LessonServiceGrpc.newBlockingStub(platform.as(author, "courses"))
                .deleteLesson(DeleteLessonRequest.newBuilder()
                        .setLessonId(lessons(original).getLast().getId())
                        .build());
        publishADraw(original.getResourceId());
        var exported = ended(CourseServiceGrpc.newBlockingStub(platform.as(author, "courses"))
                .exportCourse(ExportCourseRequest.newBuilder()
                        .setRequestId(Classroom.newId())
                        .setCourseId(original.getResourceId())
                        .build())
                .getOperation());
        assertThat(exported.getIssuesList()).singleElement().satisfies(issue -> {
            assertThat(issue.getLocation()).isEqualTo("quiz \"Drawn\"");
            assertThat(issue.getElement()).isEqualTo("draw of 1");
            assertThat(issue.getReason()).isEqualTo("questions that are drawn from a bank do not go along");
        });

        var copy = ended(importing(exported.getResourceId()));
        assertThat(copy.getState()).as(copy.getFailure()).isEqualTo(OperationState.OPERATION_STATE_SUCCEEDED);
        assertThat(quizzes(copy)).extracting(Quiz::getTitle).containsExactly("Mixed", "Only");
        assertThat(quizzes(copy).getLast().getLessonId()).isEmpty();
    }

    private void publishADraw(String courseId) {
        var channel = platform.as(author, "assignments");
        var bank = QuestionBankServiceGrpc.newBlockingStub(channel)
                .createQuestionBank(CreateQuestionBankRequest.newBuilder()
                        .setRequestId(Classroom.newId())
                        .setCourseId(courseId)
                        .setTitle("Bank")
                        .build())
                .getBank();
        QuestionServiceGrpc.newBlockingStub(channel)
                .createQuestion(Classroom.aQuestion("?", Classroom.trueFalse(true))
                        .setBankId(bank.getId())
                        .build());
        var quizzes = QuizServiceGrpc.newBlockingStub(channel);
        var quiz = quizzes.createQuiz(CreateQuizRequest.newBuilder()
                        .setRequestId(Classroom.newId())
                        .setCourseId(courseId)
                        .setTitle("Drawn")
                        .build())
                .getQuiz();
        DrawServiceGrpc.newBlockingStub(channel)
                .createDraw(Classroom.aDraw(quiz, bank, 1).build());
        quizzes.publishQuiz(
                PublishQuizRequest.newBuilder().setQuizId(quiz.getId()).build());
    }

    /// A quiz without what every quiz has of its own: ids, times and addresses.
    private GetQuizResponse content(Quiz quiz) {
        var whole = get(quiz).toBuilder();
        whole.getQuizBuilder()
                .clearId()
                .clearCourseId()
                .clearLessonId()
                .clearCreateTime()
                .clearUpdateTime()
                .clearPublishTime();
        whole.getQuestionsBuilderList()
                .forEach(question -> question.clearId()
                        .clearQuizId()
                        .setText(question.getText().replaceAll("aula-asset:[0-9a-f-]{36}", "aula-asset:")));
        return whole.build();
    }

    private String picture(Quiz quiz) {
        var name = Pattern.compile("aula-asset:([0-9a-f-]{36})")
                .matcher(get(quiz).getQuestions(0).getText());
        assertThat(name.find()).isTrue();
        return name.group(1);
    }

    private static int rows(String courseId) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                        SELECT (SELECT count(*) FROM assignments.quizzes WHERE course_id = :id)
                             + (SELECT count(*) FROM assignments.quiz_versions WHERE course_id = :id)
                        """)
                        .bind("id", UUID.fromString(courseId))
                        .mapTo(Integer.class)
                        .one());
    }

    private static Map<String, String> course() {
        return Map.of(
                "course.xml",
                """
                <course display_name="Tried" org="O" course="C" url_name="r"><chapter display_name="Chapter">
                  <sequential display_name="Mixed" graded="true"><vertical display_name="Page">
                    <html><p>text</p></html>%s%s%s
                  </vertical></sequential>
                  <sequential display_name="Only"><vertical display_name="Problems">
                    <problem display_name="Alone"><stringresponse answer="yes"/></problem>
                  </vertical></sequential>
                </chapter></course>
                """.formatted(CHOICE, WORDS, SCRIPTED),
                "static/dot.png",
                new String(java.util.Base64.getDecoder().decode(DOT), StandardCharsets.ISO_8859_1));
    }

    /// A picture of one dot.
    private static final String DOT =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private static byte[] archive(Map<String, String> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (var file : files.entrySet()) {
                var content = file.getValue()
                        .getBytes(
                                file.getKey().endsWith(".png") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
                var entry = new TarArchiveEntry(file.getKey());
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private Operation importing(Map<String, String> files) throws Exception {
        return importing(upload(archive(files)));
    }

    private Operation importing(String assetId) {
        return CourseServiceGrpc.newBlockingStub(platform.as(author, "courses"))
                .importCourse(ImportCourseRequest.newBuilder()
                        .setRequestId(Classroom.newId())
                        .setAssetId(assetId)
                        .build())
                .getOperation();
    }

    private String upload(byte[] bytes) throws Exception {
        var content = ContentServiceGrpc.newBlockingStub(platform.as(author, "content"));
        var sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        var announced = content.createUpload(CreateUploadRequest.newBuilder()
                .setRequestId(Classroom.newId())
                .setFileName("course.tar.gz")
                .setMediaType("application/gzip")
                .setSizeBytes(bytes.length)
                .setSha256(sha256)
                .build());
        var put = HttpRequest.newBuilder(URI.create(announced.getUploadUrl()))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes));
        announced.getHeadersMap().forEach((name, value) -> {
            if (!Set.of("host", "content-length").contains(name)) {
                put.setHeader(name, value);
            }
        });
        try (var client = HttpClient.newHttpClient()) {
            assertThat(client.send(put.build(), BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
        }
        var assetId = announced.getAsset().getId();
        content.completeUpload(
                CompleteUploadRequest.newBuilder().setAssetId(assetId).build());
        return assetId;
    }

    private Operation operation(Operation operation) {
        return CourseServiceGrpc.newBlockingStub(platform.as(author, "courses"))
                .getOperation(GetOperationRequest.newBuilder()
                        .setOperationId(operation.getId())
                        .build())
                .getOperation();
    }

    private Operation ended(Operation operation) throws Exception {
        Await.until("the import ends", () -> operation(operation).hasEndTime());
        return operation(operation);
    }

    private List<Lesson> lessons(Operation operation) {
        var section = SectionServiceGrpc.newBlockingStub(platform.as(author, "courses"))
                .batchListSections(BatchListSectionsRequest.newBuilder()
                        .addCourseIds(operation.getResourceId())
                        .build())
                .getLists(0)
                .getSections(0);
        return LessonServiceGrpc.newBlockingStub(platform.as(author, "courses"))
                .batchListLessons(BatchListLessonsRequest.newBuilder()
                        .addSectionIds(section.getId())
                        .build())
                .getLists(0)
                .getLessonsList();
    }

    private List<Quiz> quizzes(Operation operation) {
        return QuizServiceGrpc.newBlockingStub(platform.as(author, "assignments"))
                .listQuizzes(ListQuizzesRequest.newBuilder()
                        .setCourseId(operation.getResourceId())
                        .build())
                .getQuizzesList();
    }

    private GetQuizResponse get(Quiz quiz) {
        return QuizServiceGrpc.newBlockingStub(platform.as(author, "assignments"))
                .getQuiz(GetQuizRequest.newBuilder().setQuizId(quiz.getId()).build());
    }
}
