package org.aula.assignments;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.aula.api.assignments.v1.AcceptedAnswer;
import org.aula.api.assignments.v1.AcceptedText;
import org.aula.api.assignments.v1.CreateDrawRequest;
import org.aula.api.assignments.v1.CreateFileAssignmentRequest;
import org.aula.api.assignments.v1.CreateQuestionBankRequest;
import org.aula.api.assignments.v1.CreateQuestionRequest;
import org.aula.api.assignments.v1.CreateQuizRequest;
import org.aula.api.assignments.v1.DrawServiceGrpc;
import org.aula.api.assignments.v1.DrawServiceGrpc.DrawServiceBlockingStub;
import org.aula.api.assignments.v1.FileAssignment;
import org.aula.api.assignments.v1.FileAssignmentServiceGrpc;
import org.aula.api.assignments.v1.FileAssignmentServiceGrpc.FileAssignmentServiceBlockingStub;
import org.aula.api.assignments.v1.PublishQuizRequest;
import org.aula.api.assignments.v1.Question;
import org.aula.api.assignments.v1.QuestionBank;
import org.aula.api.assignments.v1.QuestionBankServiceGrpc;
import org.aula.api.assignments.v1.QuestionBankServiceGrpc.QuestionBankServiceBlockingStub;
import org.aula.api.assignments.v1.QuestionForm;
import org.aula.api.assignments.v1.QuestionOption;
import org.aula.api.assignments.v1.QuestionServiceGrpc;
import org.aula.api.assignments.v1.QuestionServiceGrpc.QuestionServiceBlockingStub;
import org.aula.api.assignments.v1.Quiz;
import org.aula.api.assignments.v1.QuizDraw;
import org.aula.api.assignments.v1.QuizServiceGrpc;
import org.aula.api.assignments.v1.QuizServiceGrpc.QuizServiceBlockingStub;
import org.aula.api.assignments.v1.ShortAnswerForm;
import org.aula.api.assignments.v1.SingleChoiceForm;
import org.aula.api.assignments.v1.TrueFalseForm;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.api.courses.v1.CreateCourseRequest;
import org.aula.api.courses.v1.CreateLessonRequest;
import org.aula.api.courses.v1.CreateSectionRequest;
import org.aula.api.courses.v1.LessonServiceGrpc;
import org.aula.api.courses.v1.LessonType;
import org.aula.api.courses.v1.PublishCourseRequest;
import org.aula.api.courses.v1.SectionServiceGrpc;
import org.aula.api.courses.v1.SubmitCourseRequest;
import org.aula.api.enrollments.v1.CreateEnrollmentRequest;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;

/// What tests of this service share: an author with a course that the courses service made, and what is
/// asked there.
public final class Classroom {

    private final TestPlatform platform;
    private final TestUser author;
    private final String courseId;
    private final String quizLessonId;
    private final String assignmentLessonId;

    /// A course of a new author, with a lesson for quizzes and one for assignments, not published.
    public Classroom(TestPlatform platform) {
        this.platform = platform;
        this.author = platform.user("courses:create");
        this.courseId = CourseServiceGrpc.newBlockingStub(platform.as(author, "courses"))
                .createCourse(CreateCourseRequest.newBuilder()
                        .setRequestId(newId())
                        .setTitle("Course")
                        .build())
                .getCourse()
                .getId();
        var sectionId = SectionServiceGrpc.newBlockingStub(platform.as(author, "courses"))
                .createSection(CreateSectionRequest.newBuilder()
                        .setRequestId(newId())
                        .setCourseId(courseId)
                        .setTitle("Section")
                        .build())
                .getSection()
                .getId();
        this.quizLessonId = lesson(sectionId, LessonType.LESSON_TYPE_QUIZ);
        this.assignmentLessonId = lesson(sectionId, LessonType.LESSON_TYPE_ASSIGNMENT);
    }

    private String lesson(String sectionId, LessonType type) {
        return LessonServiceGrpc.newBlockingStub(platform.as(author, "courses"))
                .createLesson(CreateLessonRequest.newBuilder()
                        .setRequestId(newId())
                        .setSectionId(sectionId)
                        .setTitle("Lesson")
                        .setType(type)
                        .build())
                .getLesson()
                .getId();
    }

    /// Puts the course into the catalog.
    public Classroom published() {
        var reviewer = platform.user("courses:publish", "courses:read");
        CourseServiceGrpc.newBlockingStub(platform.as(author, "courses"))
                .submitCourse(
                        SubmitCourseRequest.newBuilder().setCourseId(courseId).build());
        CourseServiceGrpc.newBlockingStub(platform.as(reviewer, "courses"))
                .publishCourse(
                        PublishCourseRequest.newBuilder().setCourseId(courseId).build());
        return this;
    }

    public TestUser author() {
        return author;
    }

    public String courseId() {
        return courseId;
    }

    public String quizLessonId() {
        return quizLessonId;
    }

    public String assignmentLessonId() {
        return assignmentLessonId;
    }

    /// Lets learners read the lesson for assignments from then on.
    public void releaseAssignmentLessonAt(Instant time) {
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE courses.lessons SET release_at = ? WHERE id = CAST(? AS uuid)",
                        java.sql.Timestamp.from(time),
                        assignmentLessonId));
    }

    /// A new learner of the course, which is published.
    public TestUser enrolled() {
        var learner = platform.user();
        EnrollmentServiceGrpc.newBlockingStub(platform.as(learner, "enrollments"))
                .createEnrollment(CreateEnrollmentRequest.newBuilder()
                        .setRequestId(newId())
                        .setCourseId(courseId)
                        .build());
        return learner;
    }

    public QuizServiceBlockingStub quizzes() {
        return quizzes(author);
    }

    public QuizServiceBlockingStub quizzes(TestUser user) {
        return QuizServiceGrpc.newBlockingStub(platform.as(user, "assignments"));
    }

    public QuestionServiceBlockingStub questions() {
        return questions(author);
    }

    public QuestionServiceBlockingStub questions(TestUser user) {
        return QuestionServiceGrpc.newBlockingStub(platform.as(user, "assignments"));
    }

    public DrawServiceBlockingStub draws() {
        return draws(author);
    }

    public DrawServiceBlockingStub draws(TestUser user) {
        return DrawServiceGrpc.newBlockingStub(platform.as(user, "assignments"));
    }

    public QuestionBankServiceBlockingStub banks() {
        return banks(author);
    }

    public QuestionBankServiceBlockingStub banks(TestUser user) {
        return QuestionBankServiceGrpc.newBlockingStub(platform.as(user, "assignments"));
    }

    public FileAssignmentServiceBlockingStub files() {
        return files(author);
    }

    public FileAssignmentServiceBlockingStub files(TestUser user) {
        return FileAssignmentServiceGrpc.newBlockingStub(platform.as(user, "assignments"));
    }

    public Quiz quiz(String title) {
        return quizzes()
                .createQuiz(CreateQuizRequest.newBuilder()
                        .setRequestId(newId())
                        .setCourseId(courseId)
                        .setTitle(title)
                        .build())
                .getQuiz();
    }

    public Quiz publish(Quiz quiz) {
        return quizzes()
                .publishQuiz(
                        PublishQuizRequest.newBuilder().setQuizId(quiz.getId()).build())
                .getQuiz();
    }

    public QuestionBank bank(String title) {
        return banks().createQuestionBank(CreateQuestionBankRequest.newBuilder()
                        .setRequestId(newId())
                        .setCourseId(courseId)
                        .setTitle(title)
                        .build())
                .getBank();
    }

    /// A question of one point at the end of a quiz.
    public Question question(Quiz quiz, String text, QuestionForm form) {
        return questions()
                .createQuestion(aQuestion(text, form).setQuizId(quiz.getId()).build())
                .getQuestion();
    }

    public Question question(QuestionBank bank, String text, String... tags) {
        return questions()
                .createQuestion(aQuestion(text, trueFalse(true))
                        .setBankId(bank.getId())
                        .addAllTags(List.of(tags))
                        .build())
                .getQuestion();
    }

    public QuizDraw draw(Quiz quiz, QuestionBank bank, int count, String... tags) {
        return draws().createDraw(
                        aDraw(quiz, bank, count).addAllTags(List.of(tags)).build())
                .getDraw();
    }

    public static CreateDrawRequest.Builder aDraw(Quiz quiz, QuestionBank bank, int count) {
        return CreateDrawRequest.newBuilder()
                .setRequestId(newId())
                .setQuizId(quiz.getId())
                .setBankId(bank.getId())
                .setCount(count)
                .setPointsEach(2);
    }

    public FileAssignment file(String title) {
        return files().createFileAssignment(CreateFileAssignmentRequest.newBuilder()
                        .setRequestId(newId())
                        .setCourseId(courseId)
                        .setTitle(title)
                        .build())
                .getFileAssignment();
    }

    public static CreateQuestionRequest.Builder aQuestion(String text, QuestionForm form) {
        return CreateQuestionRequest.newBuilder()
                .setRequestId(newId())
                .setText(text)
                .setForm(form)
                .setPoints(1);
    }

    public static QuestionForm trueFalse(boolean correct) {
        return QuestionForm.newBuilder()
                .setTrueFalse(TrueFalseForm.newBuilder().setCorrect(correct))
                .build();
    }

    public static QuestionForm singleChoice(String correct, String... options) {
        return QuestionForm.newBuilder()
                .setSingleChoice(SingleChoiceForm.newBuilder()
                        .addAllOptions(options(options))
                        .setCorrectOptionId(correct))
                .build();
    }

    public static QuestionForm shortAnswer(String... accepted) {
        var form = ShortAnswerForm.newBuilder();
        for (var text : accepted) {
            form.addAccepted(AcceptedAnswer.newBuilder()
                    .setText(AcceptedText.newBuilder().setValue(text))
                    .setCreditPercent(100));
        }
        return QuestionForm.newBuilder().setShortAnswer(form).build();
    }

    /// Options whose text is their id.
    public static List<QuestionOption> options(String... ids) {
        return List.of(ids).stream()
                .map(id -> QuestionOption.newBuilder().setId(id).setText(id).build())
                .toList();
    }

    public static String newId() {
        return UUID.randomUUID().toString();
    }

    /// Names of what this domain told of a resource, in order, without audit entries.
    public List<String> events(String key) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                        SELECT replace(type, 'aula.assignments.v1.', '') FROM assignments.outbox
                        WHERE key = :key AND type LIKE 'aula.assignments.v1.%' ORDER BY id
                        """)
                        .bind("key", key)
                        .mapTo(String.class)
                        .list());
    }
}
