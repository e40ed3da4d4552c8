package org.aula.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.aula.api.enrollments.v1.ProgressServiceGrpc;
import org.aula.api.enrollments.v1.WatchCourseProgressRequest;
import org.aula.bff.engine.GlobalId;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Listening;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// From the first lesson to the certificate and the grade, as the screens of everybody in it go, by GraphQL
/// through Envoy.
@SuppressWarnings("NullAway.Init")
final class LearningTest {

    private static Edge edge;
    private static Screens admin;
    private static Screens author;
    private static Screens visitor;

    /// What `run.sh` ends with where there is no Node.
    private static final int SKIPPED = 77;

    @BeforeAll
    static void open() throws Exception {
        edge = Edge.get();
        admin = new Screens(edge, edge.person("admin"));
        author = new Screens(edge, edge.person("instructor"));
        visitor = new Screens(edge, null);
    }

    /// A course of the catalog.
    private record Taught(String id, String lesson) {}

    private static Screens learner() {
        return new Screens(edge, edge.person());
    }

    /// In the catalog, with one lesson.
    private static Taught published(Map<String, ?> changes) throws Exception {
        var id = Screens.id(author.make("createCourse", Map.of("title", Screens.name("Learnt")), "course", "id"));
        var section = Screens.id(
                author.make("createSection", Map.of("courseId", id, "title", "The section"), "section", "id"));
        var lesson = Screens.id(
                author.make("createLesson", Map.of("sectionId", section, "title", "The lesson"), "lesson", "id"));
        if (!changes.isEmpty()) {
            var input = new java.util.HashMap<String, Object>(changes);
            input.put("courseId", id);
            author.change("updateCourse", input, "course { id }");
        }
        author.change("submitCourse", Map.of("courseId", id), "course { id }");
        admin.change("publishCourse", Map.of("courseId", id), "course { id }");
        return new Taught(id, lesson);
    }

    private static String enrolled(Screens learner, Taught course) throws Exception {
        return Screens.id(learner.make("enroll", Map.of("courseId", course.id()), "enrollment", "id"));
    }

    private static JsonObject first(JsonObject connection) {
        return nodes(connection).get(0).getAsJsonObject();
    }

    private static JsonArray nodes(JsonObject connection) {
        return connection.getAsJsonArray("nodes");
    }

    private static String text(JsonObject object, String field) {
        return object.get(field).getAsString();
    }

    @Test
    void aLearnerStudiesPausesAndCompletesAndAnybodyVerifiesTheCertificate() throws Exception {
        var course = published(Map.of());
        var learner = learner();
        var enrollment = enrolled(learner, course);
        var place = Map.of("enrollmentId", enrollment, "lessonId", course.lesson());

        learner.change(
                "recordProgress",
                Map.of(
                        "enrollmentId",
                        enrollment,
                        "lessonId",
                        course.lesson(),
                        "position",
                        "PT20S",
                        "timeSpent",
                        "PT15S"),
                "progress { status }");
        var again = learner.make("restartLesson", place, "standing", "attemptCount progress { position timeSpent }");
        learner.change(
                "completeLessonStep",
                Map.of("enrollmentId", enrollment, "lessonId", course.lesson(), "step", "intro"),
                "steps { name }");
        learner.change(
                "createLessonNote",
                Map.of("enrollmentId", enrollment, "lessonId", course.lesson(), "text", "Here", "position", "PT7S"),
                "note { id }");
        var paused = learner.make("pauseEnrollment", Map.of("enrollmentId", enrollment), "enrollment", "status");
        learner.change("resumeEnrollment", Map.of("enrollmentId", enrollment), "enrollment { status }");
        var done =
                learner.make("completeLesson", place, "enrollment", "status progressPercentage certificate { number }");

        assertThat(again.get("attemptCount").getAsInt()).isEqualTo(2);
        assertThat(text(again.getAsJsonObject("progress"), "timeSpent")).isEqualTo("PT15S");
        assertThat(text(paused, "status")).isEqualTo("PAUSED");
        assertThat(text(done, "status")).isEqualTo("COMPLETED");
        var mine = learner.read(
                        "{ node(id: \"%s\") { ... on Enrollment { lessonNotes(lessonId: \"%s\", first: 5) { nodes { text position } } lessonSteps(lessonId: \"%2$s\") { name } } } }"
                                .formatted(enrollment, course.lesson()))
                .getAsJsonObject("node");
        assertThat(text(first(mine.getAsJsonObject("lessonNotes")), "position")).isEqualTo("PT7S");
        assertThat(mine.getAsJsonArray("lessonSteps")).hasSize(1);
        assertThat(learner.fixed("pauseEnrollment", Map.of("enrollmentId", enrollment)))
                .isEqualTo("ENROLLMENT_NOT_ACTIVE input.enrollmentId");
        assertThat(learner().fixed("completeLesson", place)).isEqualTo("ENROLLMENT_NOT_FOUND input.enrollmentId");
        certificateHoldsUntilItIsRevoked(learner, text(done.getAsJsonObject("certificate"), "number"));
    }

    private static void certificateHoldsUntilItIsRevoked(Screens learner, String number) throws Exception {
        var verify = "{ certificate(number: \"%s\") { status courseTitle } }".formatted(number);
        assertThat(text(visitor.read(verify).getAsJsonObject("certificate"), "status"))
                .isEqualTo("VALID");
        var own = first(learner.read("{ viewer { certificates(first: 5) { nodes { id document { fileName pdf } } } } }")
                .getAsJsonObject("viewer")
                .getAsJsonObject("certificates"));
        var pdf = java.util.Base64.getDecoder().decode(text(own.getAsJsonObject("document"), "pdf"));
        assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
        assertThat(learner().fixed("revokeCertificate", Map.of("certificateId", Screens.id(own), "reason", "Envy")))
                .isEqualTo("CERTIFICATE_NOT_FOUND input.certificateId");
        author.change(
                "revokeCertificate",
                Map.of("certificateId", Screens.id(own), "reason", "Copied"),
                "certificate { id }");
        assertThat(text(visitor.read(verify).getAsJsonObject("certificate"), "status"))
                .isEqualTo("REVOKED");
    }

    @Test
    void whoWatchesTheirCourseSeesALessonCompletedInAnotherWindow() throws Exception {
        var course = published(Map.of());
        var person = edge.person();
        var enrollment = enrolled(new Screens(edge, person), course);
        var byGrpc = Listening.to(
                edge.as(person),
                ProgressServiceGrpc.getWatchCourseProgressMethod(),
                WatchCourseProgressRequest.newBuilder()
                        .setCourseId(GlobalId.parse(course.id()).orElseThrow().id())
                        .build());
        Await.until("what is there", () -> !byGrpc.heard().isEmpty());
        var builder = new ProcessBuilder(
                        "../clients/tests/run.sh",
                        "live.test.js",
                        edge.uri("/graphql").toString())
                .redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "TOKEN",
                        person.token(),
                        "COURSE_ID",
                        course.id(),
                        "ENROLLMENT_ID",
                        enrollment,
                        "LESSON_ID",
                        course.lesson()));
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        var status = process.waitFor();
        assumeTrue(status != SKIPPED, output);
        assertThat(status).as(output).isZero();
        Await.untilHolds(
                () -> assertThat(byGrpc.heard().getLast().getEnrollment().getProgressPercentage())
                        .isEqualTo(100));
        byGrpc.cancel();
    }

    @Test
    void whoFindsACourseFullWaitsAndTakesTheSeatThatIsOffered() throws Exception {
        var course = published(Map.of("maxStudents", 1));
        var seated = learner();
        var waiting = learner();
        var seat = enrolled(seated, course);

        assertThat(waiting.fixed("enroll", Map.of("courseId", course.id()))).isEqualTo("COURSE_FULL input.courseId");
        var entry = waiting.make("joinWaitlist", Map.of("courseId", course.id()), "entry", "id position");
        assertThat(entry.get("position").getAsInt()).isEqualTo(1);
        assertThat(waiting.fixed("joinWaitlist", Map.of("courseId", course.id())))
                .isEqualTo("ALREADY_WAITING input.courseId");
        var seen =
                author.read("{ course(id: \"%s\") { waitlist(first: 5) { nodes { learner { displayName } state } } } }"
                        .formatted(course.id()));
        assertThat(nodes(seen.getAsJsonObject("course").getAsJsonObject("waitlist")))
                .hasSize(1);

        seated.change("dropEnrollment", Map.of("enrollmentId", seat), "enrollment { status }");
        var question = "{ course(id: \"%s\") { myWaitlistEntry { state offerExpireTime } } }".formatted(course.id());
        Await.until("the seat is offered", () -> isOffered(waiting, question));
        var accepted = waiting.change(
                "acceptWaitlistOffer",
                Map.of("waitlistEntryId", Screens.id(entry)),
                "entry { state } enrollment { status course { title } }");

        assertThat(text(accepted.getAsJsonObject("entry"), "state")).isEqualTo("ACCEPTED");
        assertThat(text(accepted.getAsJsonObject("enrollment"), "status")).isEqualTo("ENROLLED");
    }

    private static boolean isOffered(Screens who, String question) {
        try {
            var entry = who.read(question).getAsJsonObject("course").get("myWaitlistEntry");
            return entry.isJsonObject()
                    && text(entry.getAsJsonObject(), "state").equals("OFFERED");
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void placesAreGivenOneByOneAndByListAndTheInstructorSeesThem() throws Exception {
        var course = published(Map.of());
        var gifted = learner();
        var listed = learner();
        Await.until("both are known", () -> isKnown(gifted) && isKnown(listed));

        admin.change(
                "grantEnrollment",
                Map.of("userId", gifted.userId(), "courseId", course.id(), "source", "GIFT"),
                "enrollment { source }");
        var csv =
                "user_id\n" + java.util.Objects.requireNonNull(listed.person()).id() + "\nnobody\n";
        var list = Screens.id(admin.make("createEnrollmentList", Map.of("courseId", course.id()), "list", "id"));
        admin.change(
                "addEnrollmentListPart",
                Map.of("enrollmentListId", list, "number", 1, "csv", csv),
                "list { partCount sizeBytes }");
        var operation =
                Screens.id(admin.make("runEnrollmentList", Map.of("enrollmentListId", list), "operation", "id"));
        var question = "{ operation(id: \"%s\") { state issueCount issues { location } } }".formatted(operation);
        Await.until("the list is done", () -> isDone(admin, question));

        var ended = admin.read(question).getAsJsonObject("operation");
        assertThat(text(ended, "state")).isEqualTo("SUCCEEDED");
        assertThat(ended.get("issueCount").getAsLong()).isEqualTo(1);
        var seen = author.read(
                "{ course(id: \"%s\") { enrollments(first: 10, sources: [GIFT, BULK]) { nodes { source learner { displayName } } } } }"
                        .formatted(course.id()));
        assertThat(nodes(seen.getAsJsonObject("course").getAsJsonObject("enrollments")))
                .hasSize(2);
        assertThat(gifted.refused(
                        "grantEnrollment",
                        Map.of("userId", gifted.userId(), "courseId", course.id(), "source", "GIFT")))
                .isEqualTo("PERMISSION_MISSING");
        assertThat(admin.fixed("addEnrollmentListPart", Map.of("enrollmentListId", list, "number", 2, "csv", "x")))
                .isEqualTo("ENROLLMENT_LIST_CLOSED input.enrollmentListId");
    }

    /// Those who have just registered are users some moments later.
    private static boolean isKnown(Screens who) {
        try {
            return who.read("{ viewer { user { id } } }")
                    .getAsJsonObject("viewer")
                    .get("user")
                    .isJsonObject();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static boolean isDone(Screens who, String question) {
        try {
            var state = text(who.read(question).getAsJsonObject("operation"), "state");
            return !state.equals("PENDING") && !state.equals("RUNNING");
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String quiz(Taught course) throws Exception {
        var quiz = Screens.id(
                author.make("createQuiz", Map.of("courseId", course.id(), "title", "The quiz"), "quiz", "id"));
        var options = List.of(Map.of("key", "a", "text", "Right"), Map.of("key", "b", "text", "Wrong"));
        author.change(
                "createQuestion",
                Map.of(
                        "quizId",
                        quiz,
                        "text",
                        "Which?",
                        "points",
                        2,
                        "form",
                        Map.of("singleChoice", Map.of("options", options, "correctOptionKey", "a"))),
                "question { id }");
        author.change(
                "createQuestion",
                Map.of("quizId", quiz, "text", "Why?", "points", 3, "form", Map.of("essay", Map.of("minWords", 1))),
                "question { id }");
        author.change("publishQuiz", Map.of("quizId", quiz), "quiz { publishedVersion }");
        return quiz;
    }

    @Test
    void aQuizIsTakenGradedByMachineAndByHandAndExplainsItsGrade() throws Exception {
        var course = published(Map.of());
        var quiz = quiz(course);
        var learner = learner();
        enrolled(learner, course);
        var shown =
                first(learner.read("{ course(id: \"%s\") { learnerQuizzes(first: 5) { nodes { id questionCount } } } }"
                                .formatted(course.id()))
                        .getAsJsonObject("course")
                        .getAsJsonObject("learnerQuizzes"));
        assertThat(shown.get("questionCount").getAsInt()).isEqualTo(2);
        assertThat(learner.read("{ quiz(id: \"%s\") { title } }".formatted(quiz))
                        .get("quiz")
                        .isJsonNull())
                .as("the author's view is the author's")
                .isTrue();

        var attempt = learner.make(
                "startAttempt",
                Map.of("quizId", Screens.id(shown)),
                "attempt",
                "id questions { question { questionId } key { __typename } }");
        var questions = attempt.getAsJsonArray("questions");
        assertThat(questions.get(0).getAsJsonObject().get("key").isJsonNull()).isTrue();
        var which = question(questions, 0);
        var why = question(questions, 1);
        learner.change(
                "saveAnswers",
                Map.of(
                        "attemptId",
                        Screens.id(attempt),
                        "answers",
                        List.of(Map.of("questionId", why, "text", "Because"))),
                "attempt { status }");
        var submitted = learner.make(
                "submitAttempt",
                Map.of(
                        "attemptId", Screens.id(attempt),
                        "answers", List.of(Map.of("questionId", which, "choice", Map.of("optionKeys", List.of("a"))))),
                "attempt",
                "status score");
        assertThat(text(submitted, "status")).isEqualTo("SUBMITTED");
        assertThat(submitted.get("score").getAsDouble()).isEqualTo(2);
        assertThat(learner.fixed("startAttempt", Map.of("quizId", quiz))).isEqualTo("NONE_LEFT input.quizId");
        gradedByHand(course);
        gradeIsExplained(course, learner);
    }

    private static String question(JsonArray questions, int index) {
        return text(questions.get(index).getAsJsonObject().getAsJsonObject("question"), "questionId");
    }

    private static void gradedByHand(Taught course) throws Exception {
        var waiting = first(author.read(
                        "{ course(id: \"%s\") { pendingResponses(first: 5) { nodes { responseId maxPoints answer { text } } } } }"
                                .formatted(course.id()))
                .getAsJsonObject("course")
                .getAsJsonObject("pendingResponses"));
        assertThat(text(waiting.getAsJsonObject("answer"), "text")).isEqualTo("Because");
        author.change("claimResponse", Map.of("responseId", text(waiting, "responseId")), "claimedUntil");
        assertThat(author.fixed("gradeResponse", Map.of("responseId", text(waiting, "responseId"), "points", 4)))
                .isEqualTo("POINTS_OUT_OF_RANGE input.points");
        var graded = author.make(
                "gradeResponse",
                Map.of("responseId", text(waiting, "responseId"), "points", 1.5, "feedback", "Say more"),
                "attempt",
                "status score");
        assertThat(text(graded, "status")).isEqualTo("GRADED");
        assertThat(graded.get("score").getAsDouble()).isEqualTo(3.5);
    }

    private static void gradeIsExplained(Taught course, Screens learner) throws Exception {
        var grade = learner.read(
                        "{ course(id: \"%s\") { myGrade { percentage letter categories { items { points standing sourceId } } } } }"
                                .formatted(course.id()))
                .getAsJsonObject("course")
                .getAsJsonObject("myGrade");
        assertThat(grade.get("percentage").getAsDouble()).isEqualTo(70);
        var item = grade.getAsJsonArray("categories")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("items")
                .get(0)
                .getAsJsonObject();
        assertThat(text(item, "standing")).isEqualTo("COUNTED");
        var source = learner.read("{ attempt(id: \"%s\") { questions { result { points feedback } } } }"
                .formatted(text(item, "sourceId")));
        assertThat(source.getAsJsonObject("attempt").getAsJsonArray("questions"))
                .hasSize(2);
        var book = author.read(
                "{ course(id: \"%s\") { grades(first: 5) { nodes { learner { displayName } points } } gradesCsv { csv endCursor } } }"
                        .formatted(course.id()));
        assertThat(nodes(book.getAsJsonObject("course").getAsJsonObject("grades")))
                .hasSize(1);
    }

    @Test
    void workIsHandedInWithItsFilesAndGradedByARubric() throws Exception {
        var course = published(Map.of());
        var work = Screens.id(author.make(
                "createFileAssignment", Map.of("courseId", course.id(), "title", "The work"), "fileAssignment", "id"));
        var levels = List.of(
                Map.of("key", "good", "title", "Good", "points", 100),
                Map.of("key", "fair", "title", "Fair", "points", 40));
        var rubric = Map.of("criteria", List.of(Map.of("key", "clear", "title", "Clear", "levels", levels)));
        author.change(
                "updateFileAssignment",
                Map.of(
                        "fileAssignmentId",
                        work,
                        "settings",
                        Map.of("fileExtensions", List.of("pdf"), "rubric", rubric)),
                "fileAssignment { id }");
        author.change("publishFileAssignment", Map.of("fileAssignmentId", work), "fileAssignment { status }");
        var learner = learner();
        enrolled(learner, course);

        var draft = Screens.id(learner.make("createSubmission", Map.of("fileAssignmentId", work), "submission", "id"));
        var asset = Uploads.forSubmission(learner, draft, Uploads.pdf("My work"));
        learner.change(
                "updateSubmission", Map.of("submissionId", draft, "assetIds", List.of(asset)), "submission { id }");
        learner.change("submitSubmission", Map.of("submissionId", draft), "submission { status }");
        var handedIn = first(author.read(
                        "{ course(id: \"%s\") { submissions(first: 5) { nodes { id files { fileName } downloads { url } } } } }"
                                .formatted(course.id()))
                .getAsJsonObject("course")
                .getAsJsonObject("submissions"));
        var file = handedIn.getAsJsonArray("downloads").get(0).getAsJsonObject();
        assertThat(Uploads.load(text(file, "url")).statusCode()).isEqualTo(200);
        assertThat(author.fixed("gradeSubmission", Map.of("submissionId", draft, "points", 50)))
                .isEqualTo("RUBRIC_MISMATCH input.levels");
        author.change(
                "gradeSubmission",
                Map.of("submissionId", draft, "levels", List.of(Map.of("criterionKey", "clear", "levelKey", "fair"))),
                "submission { score }");

        var seen = learner.read("{ submission(id: \"%s\") { status score levels { levelKey } } }".formatted(draft))
                .getAsJsonObject("submission");
        assertThat(text(seen, "status")).isEqualTo("GRADED");
        assertThat(seen.get("score").getAsDouble()).isEqualTo(40);
    }
}
