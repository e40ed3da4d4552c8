package org.aula.enrollments.certificate;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;
import org.aula.kernel.events.Outbox;

/// Issues certificates, in the transaction that completes the course.
@Singleton
public final class CertificateIssuer {

    private final CertificateRepository certificates;
    private final Outbox outbox;

    CertificateIssuer(CertificateRepository certificates, Outbox outbox) {
        this.certificates = certificates;
        this.outbox = outbox;
    }

    /// Issues the one certificate of an enrollment.
    ///
    /// @return false when it has one, or its course issues none
    public boolean issue(UUID enrollmentId, UUID userId, UUID courseId, Instant now) {
        var issued = certificates.issue(
                UuidCreator.getTimeOrderedEpoch(), CertificateNumber.random(), enrollmentId, userId, courseId, now);
        if (issued != null) {
            outbox.append(CertificateEvents.issued(issued));
        }
        return issued != null;
    }
}
