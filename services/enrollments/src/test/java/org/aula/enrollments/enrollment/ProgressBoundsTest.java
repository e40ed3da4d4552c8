package org.aula.enrollments.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.util.UUID;
import java.util.stream.Stream;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.enrollments.v1.BatchGetMyCertificatesRequest;
import org.aula.api.enrollments.v1.CertificateServiceGrpc;
import org.aula.api.enrollments.v1.DeleteLessonNoteRequest;
import org.aula.api.enrollments.v1.GetCertificateDocumentRequest;
import org.aula.api.enrollments.v1.GetCertificateRequest;
import org.aula.api.enrollments.v1.GetCertificateSettingsRequest;
import org.aula.api.enrollments.v1.GetLessonProgressRequest;
import org.aula.api.enrollments.v1.GetLessonStepsRequest;
import org.aula.api.enrollments.v1.ListMyCertificatesRequest;
import org.aula.api.enrollments.v1.RestartLessonRequest;
import org.aula.api.enrollments.v1.RevokeCertificateRequest;
import org.aula.api.enrollments.v1.SetCertificateSettingsRequest;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Bounds of requests that only name something: every broken field is named.
final class ProgressBoundsTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("enrollments");

    @TestFactory
    Stream<DynamicTest> broken_fields_are_named() {
        var user = platform.user("certificates:revoke", "courses:write", "courses:read", "enrollments:read");
        var progress = ProgressCalls.as(platform, user).stub();
        var certificates = CertificateServiceGrpc.newBlockingStub(platform.as(user, "enrollments"));
        var twice = UUID.randomUUID().toString();
        var many =
                Stream.generate(() -> UUID.randomUUID().toString()).limit(201).toList();
        return Stream.of(
                refuses(
                        "GetLessonProgress",
                        () -> progress.getLessonProgress(GetLessonProgressRequest.getDefaultInstance()),
                        "enrollment_id",
                        "lesson_id"),
                refuses(
                        "RestartLesson",
                        () -> progress.restartLesson(RestartLessonRequest.getDefaultInstance()),
                        "request_id",
                        "enrollment_id",
                        "lesson_id"),
                refuses(
                        "GetLessonSteps",
                        () -> progress.getLessonSteps(GetLessonStepsRequest.getDefaultInstance()),
                        "enrollment_id",
                        "lesson_id"),
                refuses(
                        "DeleteLessonNote",
                        () -> progress.deleteLessonNote(DeleteLessonNoteRequest.getDefaultInstance()),
                        "enrollment_id",
                        "lesson_id",
                        "note_id"),
                refuses(
                        "GetCertificate",
                        () -> certificates.getCertificate(GetCertificateRequest.getDefaultInstance()),
                        "certificate_id"),
                refuses(
                        "GetCertificateDocument",
                        () -> certificates.getCertificateDocument(GetCertificateDocumentRequest.getDefaultInstance()),
                        "certificate_id"),
                refuses(
                        "RevokeCertificate",
                        () -> certificates.revokeCertificate(RevokeCertificateRequest.getDefaultInstance()),
                        "certificate_id",
                        "reason"),
                refuses(
                        "GetCertificateSettings",
                        () -> certificates.getCertificateSettings(GetCertificateSettingsRequest.getDefaultInstance()),
                        "course_id"),
                refuses(
                        "SetCertificateSettings",
                        () -> certificates.setCertificateSettings(SetCertificateSettingsRequest.newBuilder()
                                .setValidDays(-1)
                                .build()),
                        "course_id",
                        "valid_days"),
                refuses(
                        "ListMyCertificates",
                        () -> certificates.listMyCertificates(ListMyCertificatesRequest.newBuilder()
                                .setPageToken("x".repeat(1_001))
                                .build()),
                        "page_token"),
                refuses(
                        "BatchGetMyCertificates, one twice",
                        () -> certificates.batchGetMyCertificates(BatchGetMyCertificatesRequest.newBuilder()
                                .addEnrollmentIds(twice)
                                .addEnrollmentIds(twice)
                                .build()),
                        "enrollment_ids"),
                refuses(
                        "BatchGetMyCertificates, too many",
                        () -> certificates.batchGetMyCertificates(BatchGetMyCertificatesRequest.newBuilder()
                                .addAllEnrollmentIds(many)
                                .build()),
                        "enrollment_ids"),
                refuses(
                        "BatchGetMyCertificates, no id",
                        () -> certificates.batchGetMyCertificates(BatchGetMyCertificatesRequest.newBuilder()
                                .addEnrollmentIds("x")
                                .build()),
                        "enrollment_ids[0]"));
    }

    private static DynamicTest refuses(String name, Refusal.Call call, String... fields) {
        return DynamicTest.dynamicTest(name, () -> {
            var refusal = Refusal.expect(Code.INVALID_ARGUMENT, ErrorReason.ERROR_REASON_VALIDATION_FAILED, call);
            assertThat(refusal.fields()).containsExactlyInAnyOrder(fields);
        });
    }
}
