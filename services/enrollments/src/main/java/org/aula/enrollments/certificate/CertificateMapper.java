package org.aula.enrollments.certificate;

import java.time.Instant;
import org.aula.api.enrollments.v1.CertificateStatus;
import org.aula.api.enrollments.v1.CertificateVerification;
import org.aula.kernel.time.Times;

/// To the contract's messages.
final class CertificateMapper {

    private CertificateMapper() {}

    static org.aula.api.enrollments.v1.Certificate toProto(Certificate certificate, String url, Instant now) {
        var message = org.aula.api.enrollments.v1.Certificate.newBuilder()
                .setId(certificate.id().toString())
                .setNumber(certificate.number().printed())
                .setEnrollmentId(certificate.enrollmentId().toString())
                .setUserId(certificate.userId().toString())
                .setCourseId(certificate.courseId().toString())
                .setLearnerName(certificate.learnerName())
                .setCourseTitle(certificate.courseTitle())
                .setStatus(status(certificate.statusAt(now)))
                .setIssueTime(Times.timestamp(certificate.issuedAt()))
                .setRevocationReason(certificate.revocationReason())
                .setVerificationUrl(url);
        if (certificate.expiresAt() != null) {
            message.setExpireTime(Times.timestamp(certificate.expiresAt()));
        }
        if (certificate.revokedAt() != null) {
            message.setRevokeTime(Times.timestamp(certificate.revokedAt()));
        }
        return message.build();
    }

    static CertificateVerification toVerification(Certificate certificate, Instant now) {
        var message = CertificateVerification.newBuilder()
                .setNumber(certificate.number().printed())
                .setStatus(status(certificate.statusAt(now)))
                .setLearnerName(certificate.learnerName())
                .setCourseTitle(certificate.courseTitle())
                .setIssueTime(Times.timestamp(certificate.issuedAt()));
        if (certificate.expiresAt() != null) {
            message.setExpireTime(Times.timestamp(certificate.expiresAt()));
        }
        if (certificate.revokedAt() != null) {
            message.setRevokeTime(Times.timestamp(certificate.revokedAt()));
        }
        return message.build();
    }

    static org.aula.api.enrollments.v1.CertificateSettings toProto(CertificateSettings settings) {
        return org.aula.api.enrollments.v1.CertificateSettings.newBuilder()
                .setCourseId(settings.courseId().toString())
                .setIssued(settings.issued())
                .setValidDays(settings.validDays())
                .build();
    }

    private static CertificateStatus status(Certificate.Status status) {
        return switch (status) {
            case VALID -> CertificateStatus.CERTIFICATE_STATUS_VALID;
            case EXPIRED -> CertificateStatus.CERTIFICATE_STATUS_EXPIRED;
            case REVOKED -> CertificateStatus.CERTIFICATE_STATUS_REVOKED;
        };
    }
}
