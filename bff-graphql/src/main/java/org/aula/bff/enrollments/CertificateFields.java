package org.aula.bff.enrollments;

import graphql.schema.DataFetchingEnvironment;
import java.util.Base64;
import org.aula.api.courses.v1.Course;
import org.aula.api.enrollments.v1.Certificate;
import org.aula.api.enrollments.v1.CertificateServiceGrpc;
import org.aula.api.enrollments.v1.CertificateSettings;
import org.aula.api.enrollments.v1.CertificateStatus;
import org.aula.api.enrollments.v1.GetCertificateDocumentRequest;
import org.aula.api.enrollments.v1.GetCertificateDocumentResponse;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Wiring;
import org.aula.bff.users.Viewer;
import org.jspecify.annotations.Nullable;

/// Certificates: the learner's own, what anybody may verify, and how courses give them.
public final class CertificateFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("Certificate", Certificate.class)
                .load("course", Loader.COURSES, Certificate::getCourseId)
                .fetch("document", CertificateFields::document);
        wiring.type("CertificateDocument", GetCertificateDocumentResponse.class)
                .value(
                        "pdf",
                        document -> Base64.getEncoder()
                                .encodeToString(document.getPdf().toByteArray()));
        wiring.node("Certificate", CertificateServiceGrpc.getGetCertificateMethod(), "certificate_id");
        wiring.type("CertificateSettings", CertificateSettings.class).id(CertificateSettings::getCourseId);
        wiring.node("CertificateSettings", CertificateServiceGrpc.getGetCertificateSettingsMethod(), "course_id");
        wiring.find("certificate", CertificateServiceGrpc.getVerifyCertificateMethod());
        wiring.type("Viewer", Viewer.class).page("certificates", CertificateServiceGrpc.getListMyCertificatesMethod());
        wiring.type("Enrollment", EnrollmentView.class)
                .fetch(
                        "certificate",
                        (view, environment) -> EnrollmentFields.isViewers(view, environment)
                                ? Loader.MY_CERTIFICATES.load(environment, view.id())
                                : null);
        wiring.type("Course", Course.class)
                .call(
                        "certificateSettings",
                        CertificateServiceGrpc.getGetCertificateSettingsMethod(),
                        "course_id",
                        Course::getId);
    }

    private static @Nullable Object document(Certificate certificate, DataFetchingEnvironment environment) {
        return certificate.getStatus() == CertificateStatus.CERTIFICATE_STATUS_REVOKED
                ? null
                : Wiring.request(environment)
                        .call(
                                CertificateServiceGrpc.getGetCertificateDocumentMethod(),
                                GetCertificateDocumentRequest.newBuilder()
                                        .setCertificateId(certificate.getId())
                                        .build());
    }
}
