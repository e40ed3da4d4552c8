package org.aula.enrollments.certificate;

import com.google.protobuf.Message;
import org.aula.api.enrollments.v1.CertificateIssued;
import org.aula.api.enrollments.v1.CertificateRevoked;
import org.aula.kernel.time.Times;

/// Events of certificates.
final class CertificateEvents {

    private CertificateEvents() {}

    static Message issued(Certificate certificate) {
        var event = CertificateIssued.newBuilder()
                .setCertificateId(certificate.id().toString())
                .setEnrollmentId(certificate.enrollmentId().toString())
                .setUserId(certificate.userId().toString())
                .setCourseId(certificate.courseId().toString());
        if (certificate.expiresAt() != null) {
            event.setExpireTime(Times.timestamp(certificate.expiresAt()));
        }
        return event.build();
    }

    static Message revoked(Certificate certificate) {
        return CertificateRevoked.newBuilder()
                .setCertificateId(certificate.id().toString())
                .setEnrollmentId(certificate.enrollmentId().toString())
                .setUserId(certificate.userId().toString())
                .setCourseId(certificate.courseId().toString())
                .build();
    }
}
