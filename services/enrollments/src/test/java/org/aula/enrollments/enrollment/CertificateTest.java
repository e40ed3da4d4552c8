package org.aula.enrollments.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.enrollments.enrollment.CourseBuilder.aCourse;

import io.grpc.Status.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.aula.api.enrollments.v1.BatchGetMyCertificatesRequest;
import org.aula.api.enrollments.v1.Certificate;
import org.aula.api.enrollments.v1.CertificateServiceGrpc;
import org.aula.api.enrollments.v1.CertificateServiceGrpc.CertificateServiceBlockingStub;
import org.aula.api.enrollments.v1.CertificateStatus;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.api.enrollments.v1.GetCertificateDocumentRequest;
import org.aula.api.enrollments.v1.GetCertificateRequest;
import org.aula.api.enrollments.v1.GetCertificateSettingsRequest;
import org.aula.api.enrollments.v1.ListMyCertificatesRequest;
import org.aula.api.enrollments.v1.RevokeCertificateRequest;
import org.aula.api.enrollments.v1.SetCertificateSettingsRequest;
import org.aula.api.enrollments.v1.VerifyCertificateRequest;
import org.aula.enrollments.enrollment.CourseBuilder.Course;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Certificates from the completion on.
final class CertificateTest {

    static final PinnedClock clock = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform =
            TestPlatform.with("enrollments").at(clock).setting("PUBLIC_URL", "https://learn.example.org/");

    private static final org.aula.api.common.v1.ErrorReason INVALID =
            org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED;

    private final TestUser learner = named("Ada", "Lovelace");
    private final TestUser instructor = platform.user();

    @Test
    void the_last_mandatory_lesson_brings_the_certificate() throws Exception {
        var course = course(2);
        var enrollments = EnrollmentCalls.as(platform, learner);
        var enrollment = enrollments.enroll(course);
        enrollments.complete(enrollment, course.lesson(0));
        assertThat(list(learner)).isEmpty();

        enrollments.complete(enrollment, course.lesson(1));

        var certificate = list(learner).getFirst();
        assertThat(certificate.getEnrollmentId()).isEqualTo(enrollment.getId());
        assertThat(certificate.getUserId()).isEqualTo(learner.id().toString());
        assertThat(certificate.getCourseId()).isEqualTo(course.name());
        assertThat(certificate.getLearnerName()).isEqualTo("Ada Lovelace");
        assertThat(certificate.getCourseTitle()).isEqualTo("A course");
        assertThat(certificate.getStatus()).isEqualTo(CertificateStatus.CERTIFICATE_STATUS_VALID);
        assertThat(certificate.getIssueTime().getSeconds())
                .isEqualTo(clock.instant().getEpochSecond());
        assertThat(certificate.hasExpireTime() || certificate.hasRevokeTime()).isFalse();
        assertThat(certificate.getVerificationUrl())
                .isEqualTo("https://learn.example.org/certificates/" + certificate.getNumber());
        assertThat(get(learner, certificate)).isEqualTo(certificate);
        assertThat(events(enrollment)).containsOnlyOnce("CourseCompleted", "CertificateIssued");
    }

    @Test
    void a_hundred_completions_at_once_issue_one() throws Exception {
        var course = course(1);
        var enrollments = EnrollmentCalls.as(platform, learner);
        var enrollment = enrollments.enroll(course);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var completions = new ArrayList<Future<Enrollment>>();
            for (int count = 0; count < 100; count++) {
                completions.add(threads.submit(() -> enrollments.complete(enrollment, course.lesson(0))));
            }
            for (var completion : completions) {
                assertThat(completion.get().getProgressPercentage()).isEqualTo(100);
            }
        }

        assertThat(list(learner)).hasSize(1);
        assertThat(events(enrollment))
                .containsExactly("UserEnrolled", "LessonCompleted", "CourseCompleted", "CertificateIssued");
    }

    @Test
    void name_and_title_stay_as_they_were() throws Exception {
        var certificate = certificate(course(1));
        platform.superuser().useHandle(handle -> {
            handle.execute("UPDATE users.users SET last_name = 'King' WHERE id = ?", learner.id());
            handle.execute(
                    "UPDATE courses.courses SET title = 'New' WHERE id = ?",
                    UUID.fromString(certificate.getCourseId()));
        });

        assertThat(get(learner, certificate)).isEqualTo(certificate);
    }

    @Test
    void anybody_verifies_by_the_number() throws Exception {
        var certificate = certificate(course(1));
        var visitor = CertificateServiceGrpc.newBlockingStub(platform.anonymous("enrollments"));

        var found = verify(visitor, certificate.getNumber().replace("-", " ").toLowerCase(java.util.Locale.ROOT));

        assertThat(found.getNumber()).isEqualTo(certificate.getNumber());
        assertThat(found.getStatus()).isEqualTo(CertificateStatus.CERTIFICATE_STATUS_VALID);
        assertThat(found.getLearnerName()).isEqualTo("Ada Lovelace");
        assertThat(found.getCourseTitle()).isEqualTo("A course");
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_CERTIFICATE_NOT_FOUND,
                () -> verify(visitor, "0000-0000-0000-0000"));
        var mistyped = Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_CERTIFICATE_NUMBER_INVALID,
                () -> verify(visitor, "0000-0000-0000-0001"));
        assertThat(mistyped.fields()).containsExactly("number");
        for (var broken : List.of("", "0".repeat(65))) {
            assertThat(Refusal.expect(Code.INVALID_ARGUMENT, INVALID, () -> verify(visitor, broken))
                            .fields())
                    .containsExactly("number");
        }
    }

    @Test
    void learner_instructor_and_administrators_see_it_and_nobody_else() throws Exception {
        var certificate = certificate(course(1));

        assertThat(get(instructor, certificate)).isEqualTo(certificate);
        assertThat(get(platform.user("enrollments:read"), certificate)).isEqualTo(certificate);
        for (var stranger : List.of(platform.user(), platform.user("certificates:revoke"))) {
            var reason = ErrorReason.ERROR_REASON_CERTIFICATE_NOT_FOUND;
            Refusal.expect(Code.NOT_FOUND, reason, () -> get(stranger, certificate));
            Refusal.expect(Code.NOT_FOUND, reason, () -> pdf(stranger, certificate));
            assertThat(list(stranger)).isEmpty();
            assertThat(batch(stranger, certificate.getEnrollmentId()).getMissingEnrollmentIdsList())
                    .containsExactly(certificate.getEnrollmentId());
        }
    }

    @Test
    void it_prints_what_it_says() throws Exception {
        var certificate = certificate(course(1));

        try (var pdf = Loader.loadPDF(pdf(learner, certificate))) {
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains("Ada Lovelace", "A course", certificate.getNumber(), certificate.getVerificationUrl());
        }
    }

    @Test
    void the_instructor_takes_it_back_for_good() throws Exception {
        var certificate = certificate(course(1));
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> revoke(learner, certificate, "mine"));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_CERTIFICATE_NOT_FOUND,
                () -> revoke(platform.user("enrollments:read"), certificate, "not mine"));

        var revoked = revoke(instructor, certificate, "copied");

        assertThat(revoked.getStatus()).isEqualTo(CertificateStatus.CERTIFICATE_STATUS_REVOKED);
        assertThat(revoked.getRevocationReason()).isEqualTo("copied");
        assertThat(revoke(platform.user("certificates:revoke"), certificate, "again"))
                .isEqualTo(revoked);
        assertThat(get(learner, certificate)).isEqualTo(revoked);
        var seen = verify(
                CertificateServiceGrpc.newBlockingStub(platform.anonymous("enrollments")), certificate.getNumber());
        assertThat(seen.getStatus()).isEqualTo(CertificateStatus.CERTIFICATE_STATUS_REVOKED);
        assertThat(seen.hasRevokeTime()).isTrue();
        assertThat(seen.toString()).doesNotContain("copied");
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_CERTIFICATE_REVOKED,
                () -> pdf(learner, certificate));
        assertThat(events(certificate.getEnrollmentId())).containsOnlyOnce("CertificateRevoked");
        var other = certificate(course(1));
        assertThat(revoke(platform.user("certificates:revoke"), other, "fraud").getStatus())
                .isEqualTo(CertificateStatus.CERTIFICATE_STATUS_REVOKED);
        for (var broken : List.of("", "x".repeat(501))) {
            assertThat(Refusal.expect(Code.INVALID_ARGUMENT, INVALID, () -> revoke(instructor, other, broken))
                            .fields())
                    .containsExactly("reason");
        }
    }

    @Test
    void it_ends_when_its_course_says_so() throws Exception {
        var course = course(1);
        var before = certificate(course);
        set(instructor, course, true, 30);
        var other = named("Grace", "Hopper");
        var limited = certificate(course, other);
        var visitor = CertificateServiceGrpc.newBlockingStub(platform.anonymous("enrollments"));
        assertThat(limited.getExpireTime().getSeconds() - limited.getIssueTime().getSeconds())
                .isEqualTo(Duration.ofDays(30).toSeconds());
        assertThat(verify(visitor, limited.getNumber()).getStatus())
                .isEqualTo(CertificateStatus.CERTIFICATE_STATUS_VALID);

        clock.advance(Duration.ofDays(30));

        assertThat(verify(visitor, limited.getNumber()).getStatus())
                .isEqualTo(CertificateStatus.CERTIFICATE_STATUS_EXPIRED);
        assertThat(verify(visitor, before.getNumber()).getStatus())
                .isEqualTo(CertificateStatus.CERTIFICATE_STATUS_VALID);
    }

    @Test
    void a_course_may_give_none() throws Exception {
        var course = course(1);
        set(instructor, course, false, 0);
        var enrollments = EnrollmentCalls.as(platform, learner);

        enrollments.complete(enrollments.enroll(course), course.lesson(0));

        assertThat(list(learner)).isEmpty();
    }

    @Test
    void settings_are_the_instructors() throws Exception {
        var course = course(1);
        assertThat(settings(instructor, course).getIssued()).isTrue();
        assertThat(set(instructor, course, true, 365)).isEqualTo(settings(instructor, course));
        assertThat(set(platform.user("courses:write"), course, false, 7).getValidDays())
                .isEqualTo(7);
        assertThat(settings(platform.user("courses:read"), course).getIssued()).isFalse();
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> set(learner, course, true, 0));
        var draft = aCourse(platform).draft().build();
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, () -> settings(learner, draft));
        for (var days : new int[] {-1, 36_501}) {
            assertThat(Refusal.expect(Code.INVALID_ARGUMENT, INVALID, () -> set(instructor, course, true, days))
                            .fields())
                    .containsExactly("valid_days");
        }
    }

    @Test
    void a_list_pages_from_the_latest_in_one_statement() throws Exception {
        var all = new ArrayList<Certificate>();
        for (int count = 0; count < 3; count++) {
            all.addFirst(certificate(course(1)));
        }
        var stub = as(learner);
        var page = stub.listMyCertificates(ListMyCertificatesRequest.newBuilder()
                .setPageSize(2)
                .setWithItemTokens(true)
                .build());
        var rest = stub.listMyCertificates(ListMyCertificatesRequest.newBuilder()
                .setPageSize(2)
                .setPageToken(page.getNextPageToken())
                .build());

        assertThat(page.getCertificatesList()).isEqualTo(all.subList(0, 2));
        assertThat(page.getItemTokensList()).hasSize(2);
        assertThat(rest.getCertificatesList()).isEqualTo(all.subList(2, 3));
        assertThat(rest.getNextPageToken()).isEmpty();
        // One of them opens the transaction.
        assertThat(platform.statements(
                        "enrollments", () -> stub.listMyCertificates(ListMyCertificatesRequest.getDefaultInstance())))
                .isEqualTo(1);
        var ids = all.stream().map(Certificate::getEnrollmentId).toArray(String[]::new);
        assertThat(batch(learner, ids).getCertificatesList()).isEqualTo(all);
        assertThat(platform.statements("enrollments", () -> batch(learner, ids)))
                .isEqualTo(1);
        assertThat(Refusal.expect(Code.INVALID_ARGUMENT, INVALID, () -> batch(learner))
                        .fields())
                .containsExactly("enrollment_ids");
        assertThat(Refusal.expect(
                                Code.INVALID_ARGUMENT,
                                INVALID,
                                () -> stub.listMyCertificates(ListMyCertificatesRequest.newBuilder()
                                        .setPageSize(-1)
                                        .build()))
                        .fields())
                .containsExactly("page_size");
    }

    private Certificate certificate(Course course) {
        return certificate(course, learner);
    }

    private static Certificate certificate(Course course, TestUser who) {
        var enrollments = EnrollmentCalls.as(platform, who);
        var enrollment = enrollments.enroll(course);
        course.mandatory().forEach(lesson -> enrollments.complete(enrollment, lesson.toString()));
        return batch(who, enrollment.getId()).getCertificates(0);
    }

    private Course course(int lessons) {
        var course = aCourse(platform).lessons(lessons, 0).build();
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE courses.courses SET instructor_id = ? WHERE id = ?", instructor.id(), course.id()));
        return course;
    }

    private static TestUser named(String first, String last) {
        var user = platform.user();
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "INSERT INTO users.users (id, first_name, last_name) VALUES (?, ?, ?)",
                        user.id(),
                        first,
                        last));
        return user;
    }

    private static CertificateServiceBlockingStub as(TestUser user) {
        return CertificateServiceGrpc.newBlockingStub(platform.as(user, "enrollments"));
    }

    private static List<Certificate> list(TestUser user) {
        return as(user).listMyCertificates(ListMyCertificatesRequest.getDefaultInstance())
                .getCertificatesList();
    }

    private static org.aula.api.enrollments.v1.BatchGetMyCertificatesResponse batch(TestUser user, String... ids) {
        return as(user).batchGetMyCertificates(BatchGetMyCertificatesRequest.newBuilder()
                .addAllEnrollmentIds(List.of(ids))
                .build());
    }

    private static Certificate get(TestUser user, Certificate certificate) {
        return as(user).getCertificate(GetCertificateRequest.newBuilder()
                        .setCertificateId(certificate.getId())
                        .build())
                .getCertificate();
    }

    private static byte[] pdf(TestUser user, Certificate certificate) {
        return as(user).getCertificateDocument(GetCertificateDocumentRequest.newBuilder()
                        .setCertificateId(certificate.getId())
                        .build())
                .getPdf()
                .toByteArray();
    }

    private static Certificate revoke(TestUser user, Certificate certificate, String reason) {
        return as(user).revokeCertificate(RevokeCertificateRequest.newBuilder()
                        .setCertificateId(certificate.getId())
                        .setReason(reason)
                        .build())
                .getCertificate();
    }

    private static org.aula.api.enrollments.v1.CertificateVerification verify(
            CertificateServiceBlockingStub stub, String number) {
        return stub.verifyCertificate(
                        VerifyCertificateRequest.newBuilder().setNumber(number).build())
                .getVerification();
    }

    private static org.aula.api.enrollments.v1.CertificateSettings settings(TestUser user, Course course) {
        return as(user).getCertificateSettings(GetCertificateSettingsRequest.newBuilder()
                        .setCourseId(course.name())
                        .build())
                .getSettings();
    }

    private static org.aula.api.enrollments.v1.CertificateSettings set(
            TestUser user, Course course, boolean issued, int days) {
        return as(user).setCertificateSettings(SetCertificateSettingsRequest.newBuilder()
                        .setCourseId(course.name())
                        .setIssued(issued)
                        .setValidDays(days)
                        .build())
                .getSettings();
    }

    private static List<String> events(Enrollment enrollment) {
        return events(enrollment.getId());
    }

    private static List<String> events(String enrollmentId) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                                SELECT replace(type, 'aula.enrollments.v1.', '') FROM enrollments.outbox
                                WHERE key = ? AND type LIKE 'aula.enrollments.%' ORDER BY id
                                """)
                        .bind(0, enrollmentId)
                        .mapTo(String.class)
                        .list());
    }
}
