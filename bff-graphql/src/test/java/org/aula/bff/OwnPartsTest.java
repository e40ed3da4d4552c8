package org.aula.bff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.rpc.Code;
import java.util.List;
import java.util.Map;
import org.aula.api.courses.v1.DeleteSectionRequest;
import org.aula.api.enrollments.v1.CompleteLessonRequest;
import org.aula.api.enrollments.v1.CompleteLessonResponse;
import org.aula.api.enrollments.v1.DeleteLessonNoteRequest;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.LessonProgress;
import org.aula.api.enrollments.v1.LessonProgressStatus;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.testing.Refusal;
import org.aula.bff.testing.TestGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The viewer's parts of screens that others see too, and what changes on them.
@Tag("fast")
class OwnPartsTest {

    @RegisterExtension
    static final TestGateway GATEWAY = new TestGateway();

    private static final List<String> OWN =
            List.of("myGrade", "learnerQuizzes", "learnerFileAssignments", "leaderboard");
    private static final String COURSE = """
            { course(id: "%s") { title myEnrollment { id } myGrade { percentage }
              learnerQuizzes(first: 5) { nodes { title } } learnerFileAssignments(first: 5) { nodes { title } }
              leaderboard(first: 5) { entries { rank } } } }
            """.formatted(TestGateway.id("Course", "course"));

    @Test
    void aVisitorHasNoneAndNothingIsAsked() {
        var answer = GATEWAY.ask(COURSE);

        assertNothingIsTheirs(answer);
        assertThat(answer.at("/extensions/grpcCalls").asInt()).isEqualTo(1);
    }

    @Test
    void whoIsNotEnrolledHasNoneEither() {
        GATEWAY.refuse(Refusal.of(Code.PERMISSION_DENIED, "ENROLLMENT_REQUIRED", Map.of()));

        var answer = GATEWAY.askSignedIn(COURSE);

        assertNothingIsTheirs(answer);
    }

    private static void assertNothingIsTheirs(JsonNode answer) {
        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(OWN)
                .allSatisfy(
                        field -> assertThat(answer.at("/data/course/" + field).isNull())
                                .as(field)
                                .isTrue());
    }

    @Test
    void otherRefusalsAreTold() {
        GATEWAY.refuse(Refusal.of(Code.UNAVAILABLE, "SERVICE_UNAVAILABLE", Map.of()));

        assertThat(GATEWAY.askSignedIn(COURSE).path("errors")).hasSize(OWN.size());
    }

    @Test
    void whatIsDeletedIsToldByTheIdThatItHad() {
        var section = TestGateway.id("Section", "gone");
        var note = GlobalId.of(
                "LessonNote", TestGateway.uuid("mine"), TestGateway.uuid("lesson"), TestGateway.uuid("note"));

        var answer = GATEWAY.askSignedIn("""
                mutation {
                  deleteSection(input: {sectionId: "%s"}) { deletedId }
                  deleteLessonNote(input: {enrollmentId: "%s", lessonId: "%s", noteId: "%s"}) { deletedId }
                  deleteQuiz(input: {quizId: "%s"}) { deletedId }
                  deleteRole(input: {role: "mentor"}) { deletedId }
                }
                """.formatted(
                        section,
                        TestGateway.id("Enrollment", "mine"),
                        TestGateway.id("Lesson", "lesson"),
                        note,
                        TestGateway.id("LearnerQuiz", "quiz")));

        assertThat(answer.at("/data/deleteSection/deletedId").asText())
                .as(answer.toString())
                .isEqualTo(section);
        assertThat(answer.at("/data/deleteLessonNote/deletedId").asText()).isEqualTo(note);
        assertThat(answer.at("/data/deleteQuiz/deletedId").asText()).isEqualTo(TestGateway.id("Quiz", "quiz"));
        assertThat(answer.at("/data/deleteRole/deletedId").asText()).isEqualTo(GlobalId.of("Role", "mentor"));
        assertThat(GATEWAY.request(DeleteSectionRequest.class).getSectionId()).isEqualTo(TestGateway.uuid("gone"));
        assertThat(GATEWAY.request(DeleteLessonNoteRequest.class).getNoteId()).isEqualTo(TestGateway.uuid("note"));
    }

    @Test
    void whatIsNotDeletedIsNotTold() {
        GATEWAY.refuse(Refusal.of(Code.NOT_FOUND, "SECTION_NOT_FOUND", Map.of()));

        var payload = GATEWAY.askSignedIn(
                        "mutation { deleteSection(input: {sectionId: \"%s\"}) { deletedId userErrors { code } } }"
                                .formatted(TestGateway.id("Section", "gone")))
                .at("/data/deleteSection");

        assertThat(payload.path("deletedId").isNull()).isTrue();
        assertThat(payload.at("/userErrors/0/code").asText()).isEqualTo("SECTION_NOT_FOUND");
    }

    @Test
    void aCompletedLessonComesWithItsProgress() {
        GATEWAY.answer(
                CompleteLessonRequest.class,
                request -> CompleteLessonResponse.newBuilder()
                        .setEnrollment(Enrollment.newBuilder()
                                .setId(request.getEnrollmentId())
                                .setCourseId(TestGateway.uuid("course"))
                                .addLessons(progress(request, TestGateway.uuid("other")))
                                .addLessons(progress(request, request.getLessonId())))
                        .build());

        var payload = GATEWAY.askSignedIn(
                        """
                        mutation { completeLesson(input: {enrollmentId: "%s", lessonId: "%s"}) {
                            progress { id lessonId status } lesson { id title } userErrors { code }
                        } }
                        """.formatted(TestGateway.id("Enrollment", "mine"), TestGateway.id("Lesson", "lesson")))
                .at("/data/completeLesson");

        assertThat(payload.at("/progress/id").asText())
                .as(payload.toString())
                .isEqualTo(GlobalId.of("LessonProgress", TestGateway.uuid("mine"), TestGateway.uuid("lesson")));
        assertThat(payload.at("/progress/status").asText()).isEqualTo("COMPLETED");
        assertThat(payload.at("/lesson/id").asText()).isEqualTo(TestGateway.id("Lesson", "lesson"));
    }

    private static LessonProgress progress(CompleteLessonRequest request, String lessonId) {
        return LessonProgress.newBuilder()
                .setEnrollmentId(request.getEnrollmentId())
                .setLessonId(lessonId)
                .setStatus(LessonProgressStatus.LESSON_PROGRESS_STATUS_COMPLETED)
                .build();
    }
}
