package org.aula.bff.enrollments;

import graphql.schema.DataFetchingEnvironment;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.aula.api.courses.v1.Course;
import org.aula.api.enrollments.v1.Certificate;
import org.aula.api.enrollments.v1.CertificateSettings;
import org.aula.api.enrollments.v1.CertificateStatus;
import org.aula.api.enrollments.v1.CertificateVerification;
import org.aula.api.enrollments.v1.GetCertificateDocumentRequest;
import org.aula.api.enrollments.v1.GetCertificateDocumentResponse;
import org.aula.api.enrollments.v1.GetCertificateRequest;
import org.aula.api.enrollments.v1.GetCertificateResponse;
import org.aula.api.enrollments.v1.GetCertificateSettingsRequest;
import org.aula.api.enrollments.v1.GetCertificateSettingsResponse;
import org.aula.api.enrollments.v1.ListMyCertificatesRequest;
import org.aula.api.enrollments.v1.RevokeCertificateRequest;
import org.aula.api.enrollments.v1.SetCertificateSettingsRequest;
import org.aula.api.enrollments.v1.VerifyCertificateRequest;
import org.aula.api.enrollments.v1.VerifyCertificateResponse;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.PageAsked;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.aula.bff.users.Viewer;
import org.jspecify.annotations.Nullable;

/// Certificates: the learner's own, what anybody may verify, and how courses give them.
public final class CertificateFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        addCertificate(wiring);
        wiring.type("CertificateVerification", CertificateVerification.class)
                .value("number", CertificateVerification::getNumber)
                .value("status", verification -> Values.name(verification.getStatus()))
                .value("learnerName", CertificateVerification::getLearnerName)
                .value("courseTitle", CertificateVerification::getCourseTitle)
                .value("issueTime", verification -> Values.time(verification.getIssueTime()))
                .value("expireTime", verification -> Values.time(verification.getExpireTime()))
                .value("revokeTime", verification -> Values.time(verification.getRevokeTime()));
        wiring.type("CertificateDocument", GetCertificateDocumentResponse.class)
                .value("fileName", GetCertificateDocumentResponse::getFileName)
                .value(
                        "pdf",
                        document -> Base64.getEncoder()
                                .encodeToString(document.getPdf().toByteArray()));
        wiring.type("CertificateSettings", CertificateSettings.class)
                .value("issued", CertificateSettings::getIssued)
                .value("validDays", settings -> settings.getValidDays() == 0 ? null : settings.getValidDays());
        addJoins(wiring);
        addMutations(wiring);
    }

    private static void addCertificate(Wiring wiring) {
        wiring.type("Certificate", Certificate.class)
                .value("id", certificate -> GlobalId.of("Certificate", certificate.getId()))
                .value("number", Certificate::getNumber)
                .fetch(
                        "course",
                        (certificate, environment) -> Loader.COURSES.load(environment, certificate.getCourseId()))
                .value("learnerName", Certificate::getLearnerName)
                .value("courseTitle", Certificate::getCourseTitle)
                .value("status", certificate -> Values.name(certificate.getStatus()))
                .value("issueTime", certificate -> Values.time(certificate.getIssueTime()))
                .value("expireTime", certificate -> Values.time(certificate.getExpireTime()))
                .value("revokeTime", certificate -> Values.time(certificate.getRevokeTime()))
                .value("revocationReason", certificate -> Values.text(certificate.getRevocationReason()))
                .value("verificationUrl", certificate -> Values.text(certificate.getVerificationUrl()))
                .fetch("document", CertificateFields::document);
        wiring.node("Certificate", CertificateFields::certificate);
    }

    private static void addJoins(Wiring wiring) {
        wiring.query("certificate", CertificateFields::verification);
        wiring.type("Viewer", Viewer.class).fetch("certificates", (viewer, environment) -> ofViewer(environment));
        wiring.type("Enrollment", EnrollmentView.class)
                .fetch(
                        "certificate",
                        (view, environment) -> EnrollmentFields.isViewers(view, environment)
                                ? Loader.MY_CERTIFICATES.load(
                                        environment, view.enrollment().getId())
                                : null);
        wiring.type("Course", Course.class)
                .fetch("certificateSettings", (course, environment) -> settings(course.getId(), environment));
    }

    private static CompletableFuture<?> certificate(String id, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return Wiring.orNull(request.answer(request.certificates()
                        .getCertificate(GetCertificateRequest.newBuilder()
                                .setCertificateId(id)
                                .build()))
                .thenApply(GetCertificateResponse::getCertificate));
    }

    private static CompletableFuture<?> verification(DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return Wiring.orNull(request.answer(request.certificates()
                        .verifyCertificate(VerifyCertificateRequest.newBuilder()
                                .setNumber(Wiring.<String>required(environment, "number"))
                                .build()))
                .thenApply(VerifyCertificateResponse::getVerification));
    }

    private static @Nullable Object document(Certificate certificate, DataFetchingEnvironment environment) {
        if (certificate.getStatus() == CertificateStatus.CERTIFICATE_STATUS_REVOKED) {
            return null;
        }
        var request = Wiring.request(environment);
        return request.answer(request.certificates()
                .getCertificateDocument(GetCertificateDocumentRequest.newBuilder()
                        .setCertificateId(certificate.getId())
                        .build()));
    }

    private static CompletableFuture<CertificateSettings> settings(
            String courseId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return request.answer(request.certificates()
                        .getCertificateSettings(GetCertificateSettingsRequest.newBuilder()
                                .setCourseId(courseId)
                                .build()))
                .thenApply(GetCertificateSettingsResponse::getSettings);
    }

    private static CompletableFuture<Map<String, Object>> ofViewer(DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var page = PageAsked.of(environment);
        var list = ListMyCertificatesRequest.newBuilder()
                .setPageSize(page.first())
                .setPageToken(page.token())
                .setWithItemTokens(true)
                .build();
        return request.answer(request.certificates().listMyCertificates(list))
                .thenApply(found -> page.connection(
                        found.getCertificatesList(), found.getItemTokensList(), found.getNextPageToken()));
    }

    private static void addMutations(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "revokeCertificate",
                RevokeCertificateRequest.getDefaultInstance(),
                input -> RevokeCertificateRequest.newBuilder()
                        .setCertificateId(input.id("certificateId", "Certificate"))
                        .setReason(input.text("reason"))
                        .build(),
                (request, message) -> request.certificates().revokeCertificate(message),
                answer -> Map.of("certificate", answer.getCertificate())));
        wiring.mutation(new Mutation<>(
                "setCertificateSettings",
                SetCertificateSettingsRequest.getDefaultInstance(),
                input -> SetCertificateSettingsRequest.newBuilder()
                        .setCourseId(input.id("courseId", "Course"))
                        .setIssued(input.flag("issued"))
                        .setValidDays(input.number("validDays"))
                        .build(),
                (request, message) -> request.certificates().setCertificateSettings(message),
                answer -> Map.of("settings", answer.getSettings())));
    }
}
