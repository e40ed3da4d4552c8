package org.aula.bff;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aula.api.enrollments.v1.AddEnrollmentListPartRequest;
import org.aula.api.enrollments.v1.BatchGetMyCertificatesRequest;
import org.aula.api.enrollments.v1.BatchGetMyCertificatesResponse;
import org.aula.api.enrollments.v1.Certificate;
import org.aula.api.enrollments.v1.CertificateStatus;
import org.aula.api.enrollments.v1.CertificateVerification;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.EnrollmentSource;
import org.aula.api.enrollments.v1.EnrollmentStatus;
import org.aula.api.enrollments.v1.GetCertificateDocumentRequest;
import org.aula.api.enrollments.v1.GetLessonProgressRequest;
import org.aula.api.enrollments.v1.GetLessonProgressResponse;
import org.aula.api.enrollments.v1.GetLessonStepsRequest;
import org.aula.api.enrollments.v1.GetLessonStepsResponse;
import org.aula.api.enrollments.v1.GetOperationRequest;
import org.aula.api.enrollments.v1.LessonNote;
import org.aula.api.enrollments.v1.LessonProgress;
import org.aula.api.enrollments.v1.LessonStanding;
import org.aula.api.enrollments.v1.LessonStep;
import org.aula.api.enrollments.v1.ListCourseEnrollmentsRequest;
import org.aula.api.enrollments.v1.ListCourseEnrollmentsResponse;
import org.aula.api.enrollments.v1.ListLessonNotesRequest;
import org.aula.api.enrollments.v1.ListLessonNotesResponse;
import org.aula.api.enrollments.v1.ListMyEnrollmentsRequest;
import org.aula.api.enrollments.v1.ListMyEnrollmentsResponse;
import org.aula.api.enrollments.v1.ListMyWaitlistEntriesRequest;
import org.aula.api.enrollments.v1.ListMyWaitlistEntriesResponse;
import org.aula.api.enrollments.v1.RunEnrollmentListRequest;
import org.aula.api.enrollments.v1.RunEnrollmentListResponse;
import org.aula.api.enrollments.v1.UpdateLessonNoteRequest;
import org.aula.api.enrollments.v1.VerifyCertificateRequest;
import org.aula.api.enrollments.v1.VerifyCertificateResponse;
import org.aula.api.enrollments.v1.WaitlistEntry;
import org.aula.api.enrollments.v1.WaitlistState;
import org.aula.api.operations.v1.Operation;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.testing.TestGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The pages on which people see what they learn, and instructors who does.
@Tag("fast")
class LearningPagesTest {

    @RegisterExtension
    static final TestGateway GATEWAY = new TestGateway();

    private static List<Enrollment> enrollments(int count, String learner) {
        return IntStream.range(0, count)
                .mapToObj(number -> Enrollment.newBuilder()
                        .setId(TestGateway.uuid("enrollment" + number))
                        .setUserId(TestGateway.uuid(learner + (learner.equals("me") ? "" : number)))
                        .setCourseId(TestGateway.uuid("course" + number))
                        .setStatus(EnrollmentStatus.ENROLLMENT_STATUS_PAUSED)
                        .build())
                .toList();
    }

    private static List<String> tokens(int count) {
        return IntStream.range(0, count).mapToObj(number -> "token" + number).toList();
    }

    @Test
    void whatTheViewerLearnsTakesAsManyCallsForTenAsForFifty() {
        GATEWAY.answer(
                ListMyEnrollmentsRequest.class,
                request -> ListMyEnrollmentsResponse.newBuilder()
                        .addAllEnrollments(enrollments(request.getPageSize(), "me"))
                        .addAllItemTokens(tokens(request.getPageSize()))
                        .build());
        GATEWAY.answer(
                BatchGetMyCertificatesRequest.class,
                request -> BatchGetMyCertificatesResponse.newBuilder()
                        .addCertificates(Certificate.newBuilder()
                                .setId(TestGateway.uuid("certificate"))
                                .setEnrollmentId(request.getEnrollmentIds(0))
                                .setNumber("7K2M"))
                        .build());
        GATEWAY.answer(
                ListMyWaitlistEntriesRequest.class,
                request -> ListMyWaitlistEntriesResponse.newBuilder()
                        .addEntries(WaitlistEntry.newBuilder()
                                .setId(TestGateway.uuid("entry"))
                                .setCourseId(TestGateway.uuid("course1"))
                                .setState(WaitlistState.WAITLIST_STATE_WAITING)
                                .setPosition(3))
                        .build());
        var list = """
                { viewer { enrollments(first: %d) { nodes {
                    status lessonProgress { status } certificate { number }
                    course { title maxStudents enrollmentCount myWaitlistEntry { state position } instructor { displayName } }
                } } } }
                """;

        var ten = GATEWAY.askSignedIn(list.formatted(10));
        var fifty = GATEWAY.askSignedIn(list.formatted(50));

        assertThat(ten.has("errors")).as(ten.toString()).isFalse();
        assertThat(ten.at("/extensions/grpcCalls").asInt()).isEqualTo(6);
        assertThat(fifty.at("/extensions/grpcCalls").asInt()).isEqualTo(6);
        var nodes = fifty.at("/data/viewer/enrollments/nodes");
        assertThat(nodes).hasSize(50);
        assertThat(nodes.at("/0/certificate/number").asText()).isEqualTo("7K2M");
        assertThat(nodes.at("/1/certificate").isNull()).isTrue();
        assertThat(nodes.at("/1/course/myWaitlistEntry/position").asInt()).isEqualTo(3);
        assertThat(nodes.at("/0/course/myWaitlistEntry").isNull()).isTrue();
        assertThat(nodes.at("/0/lessonProgress/0/status").asText()).isEqualTo("COMPLETED");
    }

    @Test
    void anInstructorSeesWhoLearnsButNotTheirOwnProgressInPlaceOfTheirs() {
        GATEWAY.answer(
                ListCourseEnrollmentsRequest.class,
                request -> ListCourseEnrollmentsResponse.newBuilder()
                        .addAllEnrollments(enrollments(request.getPageSize(), "learner"))
                        .addAllItemTokens(tokens(request.getPageSize()))
                        .setNextPageToken("more")
                        .build());

        var answer = GATEWAY.ask("""
                query($id: ID!) { course(id: $id) {
                    enrollments(first: 100, after: "behind", statuses: [PAUSED, DROPPED], sources: [GIFT]) {
                      nodes { learner { displayName } lessonProgress { status } certificate { number } }
                      pageInfo { endCursor hasPreviousPage }
                    }
                } }
                """, Map.of("id", TestGateway.id("Course", "course")), TestGateway.token());

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(answer.at("/extensions/grpcCalls").asInt()).isEqualTo(3);
        var found = answer.at("/data/course/enrollments");
        assertThat(found.at("/pageInfo/endCursor").asText()).isEqualTo("token99");
        assertThat(found.path("nodes")).hasSize(100).allSatisfy(node -> {
            assertThat(node.at("/learner/displayName").asText()).isEqualTo("Ada Lovelace");
            assertThat(node.path("lessonProgress").isNull()).isTrue();
            assertThat(node.path("certificate").isNull()).isTrue();
        });
        var asked = GATEWAY.request(ListCourseEnrollmentsRequest.class);
        assertThat(asked.getPageToken()).isEqualTo("behind");
        assertThat(asked.getStatusesList())
                .containsExactly(EnrollmentStatus.ENROLLMENT_STATUS_PAUSED, EnrollmentStatus.ENROLLMENT_STATUS_DROPPED);
        assertThat(asked.getSourcesList()).containsExactly(EnrollmentSource.ENROLLMENT_SOURCE_GIFT);
    }

    @Test
    void aVisitorWaitsNowhereAndNobodyIsAsked() {
        var answer = GATEWAY.ask("{ courses(first: 10) { nodes { myWaitlistEntry { position } } } }");

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(GATEWAY.requests()).hasSize(1);
    }

    @Test
    void aLessonsPlayerKnowsWhereToGoOnWhatWasNotedAndWhichStepsAreDone() {
        GATEWAY.answer(
                GetLessonProgressRequest.class,
                request -> GetLessonProgressResponse.newBuilder()
                        .setStanding(LessonStanding.newBuilder()
                                .setAttemptCount(2)
                                .setProgress(LessonProgress.newBuilder()
                                        .setLessonId(request.getLessonId())
                                        .setTimeSpent(Duration.newBuilder().setSeconds(75))
                                        .setPosition(Duration.newBuilder().setSeconds(30))))
                        .build());
        GATEWAY.answer(
                GetLessonStepsRequest.class,
                request -> GetLessonStepsResponse.newBuilder()
                        .addSteps(LessonStep.newBuilder().setName("intro"))
                        .build());
        GATEWAY.answer(
                ListLessonNotesRequest.class,
                request -> ListLessonNotesResponse.newBuilder()
                        .addNotes(LessonNote.newBuilder()
                                .setId(TestGateway.uuid("note"))
                                .setEnrollmentId(request.getEnrollmentId())
                                .setLessonId(request.getLessonId())
                                .setText("here"))
                        .addItemTokens("t")
                        .build());

        var answer = GATEWAY.ask(
                """
                query($course: ID!, $lesson: ID!) { course(id: $course) { myEnrollment {
                    lessonStanding(lessonId: $lesson) { attemptCount lastAttemptTime progress { position timeSpent } }
                    lessonSteps(lessonId: $lesson) { name }
                    lessonNotes(lessonId: $lesson, first: 5) { nodes { id text position } }
                } } }
                """,
                Map.of("course", TestGateway.id("Course", "course"), "lesson", TestGateway.id("Lesson", "lesson")),
                TestGateway.token());

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(answer.at("/extensions/grpcCalls").asInt()).isEqualTo(5);
        var mine = answer.at("/data/course/myEnrollment");
        assertThat(mine.at("/lessonStanding/attemptCount").asInt()).isEqualTo(2);
        assertThat(mine.at("/lessonStanding/progress/position").asText()).isEqualTo("PT30S");
        assertThat(mine.at("/lessonStanding/progress/timeSpent").asText()).isEqualTo("PT1M15S");
        assertThat(mine.at("/lessonSteps/0/name").asText()).isEqualTo("intro");
        assertThat(mine.at("/lessonNotes/nodes/0/id").asText())
                .isEqualTo(GlobalId.of(
                        "LessonNote", TestGateway.uuid("mine"), TestGateway.uuid("lesson"), TestGateway.uuid("note")));
        assertThat(GATEWAY.request(GetLessonProgressRequest.class).getEnrollmentId())
                .isEqualTo(TestGateway.uuid("mine"));
    }

    @Test
    void ofANoteOnlyWhatIsGivenChanges() {
        GATEWAY.askSignedIn(
                "mutation { updateLessonNote(input: {enrollmentId: \"%s\", lessonId: \"%s\", noteId: \"%s\", position: \"PT5S\"}) { userErrors { code } } }"
                        .formatted(
                                TestGateway.id("Enrollment", "e"),
                                TestGateway.id("Lesson", "l"),
                                TestGateway.id("LessonNote", "n")));

        var update = GATEWAY.request(UpdateLessonNoteRequest.class);
        assertThat(update.getUpdateMask().getPathsList()).containsExactly("position");
        assertThat(update.getPosition().getSeconds()).isEqualTo(5);
    }

    @Test
    void anybodyVerifiesACertificateByItsNumber() {
        GATEWAY.answer(
                VerifyCertificateRequest.class,
                request -> VerifyCertificateResponse.newBuilder()
                        .setVerification(CertificateVerification.newBuilder()
                                .setNumber(request.getNumber())
                                .setLearnerName("Ada Lovelace")
                                .setCourseTitle("Graphs")
                                .setStatus(CertificateStatus.CERTIFICATE_STATUS_VALID))
                        .build());

        var answer =
                GATEWAY.ask("{ certificate(number: \"7K2M\") { number status learnerName courseTitle expireTime } }");

        assertThat(answer.at("/data/certificate/status").asText()).isEqualTo("VALID");
        assertThat(answer.at("/data/certificate/learnerName").asText()).isEqualTo("Ada Lovelace");
        assertThat(answer.at("/data/certificate/expireTime").isNull()).isTrue();
    }

    @Test
    void aRevokedCertificateHasNoDocumentAndNobodyIsAskedForOne() {
        GATEWAY.answer(
                org.aula.api.enrollments.v1.GetCertificateRequest.class,
                request -> org.aula.api.enrollments.v1.GetCertificateResponse.newBuilder()
                        .setCertificate(Certificate.newBuilder()
                                .setId(request.getCertificateId())
                                .setRevocationReason("copied")
                                .setStatus(CertificateStatus.CERTIFICATE_STATUS_REVOKED))
                        .build());

        var answer = GATEWAY.ask(
                "query($id: ID!) { node(id: $id) { ... on Certificate { status revocationReason document { pdf } } } }",
                Map.of("id", TestGateway.id("Certificate", "certificate")),
                TestGateway.token());

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(answer.at("/data/node/revocationReason").asText()).isEqualTo("copied");
        assertThat(answer.at("/data/node/document").isNull()).isTrue();
        assertThat(GATEWAY.requests()).noneMatch(GetCertificateDocumentRequest.class::isInstance);
    }

    @Test
    void aListOfEnrollmentsIsSentInPartsAndItsOperationFoundByItsId() {
        var operation = Operation.newBuilder()
                .setId(TestGateway.uuid("operation"))
                .setKind("enrollments.bulk")
                .build();
        GATEWAY.answer(
                RunEnrollmentListRequest.class,
                request -> RunEnrollmentListResponse.newBuilder()
                        .setOperation(operation)
                        .build());
        GATEWAY.answer(
                GetOperationRequest.class,
                request -> org.aula.api.enrollments.v1.GetOperationResponse.newBuilder()
                        .setOperation(operation)
                        .build());
        var list = TestGateway.id("EnrollmentList", "list");

        var answer = GATEWAY.askSignedIn("""
                mutation {
                  addEnrollmentListPart(input: {enrollmentListId: "%1$s", number: 1, csv: "email\\ná@example.org\\n"}) { userErrors { code } }
                  runEnrollmentList(input: {enrollmentListId: "%1$s", dryRun: true}) { operation { id kind } userErrors { code } }
                }
                """.formatted(list));
        var id = answer.at("/data/runEnrollmentList/operation/id").asText();
        var found = GATEWAY.ask(
                "query($id: ID!) { operation(id: $id) { kind course { id } } }", Map.of("id", id), TestGateway.token());

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(GATEWAY.request(AddEnrollmentListPartRequest.class).getCsv().toStringUtf8())
                .isEqualTo("email\ná@example.org\n");
        assertThat(GATEWAY.request(RunEnrollmentListRequest.class).getDryRun()).isTrue();
        assertThat(found.at("/data/operation/kind").asText()).isEqualTo("enrollments.bulk");
        assertThat(GATEWAY.request(GetOperationRequest.class).getOperationId())
                .isEqualTo(TestGateway.uuid("operation"));
    }
}
