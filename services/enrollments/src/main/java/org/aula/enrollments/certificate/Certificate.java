package org.aula.enrollments.certificate;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.jspecify.annotations.Nullable;

/// Says that a learner completed a course.
///
/// @param learnerName as it was at the issue; empty when nobody knew it
/// @param courseTitle as it was at the issue
/// @param expiresAt null for never
/// @param revokedAt null while it is not
/// @param revokedBy null while it is not, or when no user did it
/// @param revocationReason empty while it is not
@MappedEntity("certificates")
record Certificate(
        UUID id,

        @TypeDef(type = DataType.STRING, converter = CertificateNumber.Column.class)
        CertificateNumber number,

        UUID enrollmentId,
        UUID userId,
        UUID courseId,
        String learnerName,
        String courseTitle,
        Instant issuedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable UUID revokedBy,
        String revocationReason) {

    /// As in the contract, without prefix.
    enum Status {
        VALID,
        EXPIRED,
        REVOKED
    }

    /// What was taken back stays so, also past its time.
    Status statusAt(Instant now) {
        if (revokedAt != null) {
            return Status.REVOKED;
        }
        return expiresAt != null && !expiresAt.isAfter(now) ? Status.EXPIRED : Status.VALID;
    }

    boolean isRevoked() {
        return revokedAt != null;
    }

    Certificate revoked(@Nullable UUID by, String reason, Instant now) {
        return new Certificate(
                id,
                number,
                enrollmentId,
                userId,
                courseId,
                learnerName,
                courseTitle,
                issuedAt,
                expiresAt,
                now,
                by,
                reason);
    }

    /// @throws org.aula.kernel.error.ServiceException CERTIFICATE_REVOKED
    void requireNotRevoked() {
        if (isRevoked()) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_CERTIFICATE_REVOKED, "the certificate is revoked", Map.of());
        }
    }
}
