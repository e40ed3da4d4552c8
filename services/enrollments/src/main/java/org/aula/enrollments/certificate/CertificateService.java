package org.aula.enrollments.certificate;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.call.Caller;
import org.aula.kernel.change.Change;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// What is done with certificates that [CertificateIssuer] issued, and how courses issue them.
@Singleton
final class CertificateService {

    private final CertificateRepository certificates;
    private final CertificateAccess access;
    private final VerificationPage page;
    private final Database database;
    private final Outbox outbox;
    private final Audit audit;
    private final Clock clock;

    CertificateService(
            CertificateRepository certificates,
            CertificateAccess access,
            VerificationPage page,
            Database database,
            Outbox outbox,
            Audit audit,
            Clock clock) {
        this.certificates = certificates;
        this.access = access;
        this.page = page;
        this.database = database;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /// The certificate of a number that somebody typed, for everybody.
    ///
    /// @throws ServiceException CERTIFICATE_NUMBER_INVALID, CERTIFICATE_NOT_FOUND
    Certificate verify(String typed) {
        var number = CertificateNumber.parse(typed)
                .orElseThrow(() -> Errors.invalid(
                        ErrorReason.ERROR_REASON_CERTIFICATE_NUMBER_INVALID,
                        "number",
                        "no certificate has this number; look whether it was mistyped"));
        return database.query(() -> certificates.findByNumber(number))
                .orElseThrow(() -> Errors.notFound(
                        ErrorReason.ERROR_REASON_CERTIFICATE_NOT_FOUND, "there is no certificate " + number.printed()));
    }

    /// @throws ServiceException CERTIFICATE_NOT_FOUND, also when the caller may not see it
    Certificate get(UUID id) {
        return database.query(() -> {
            var certificate = certificates.find(id).orElseThrow(() -> CertificateAccess.notFound(id));
            access.requireSeen(certificate);
            return certificate;
        });
    }

    /// A certificate that can be printed.
    ///
    /// @throws ServiceException as [#get], and CERTIFICATE_REVOKED
    Certificate getPrintable(UUID id) {
        var certificate = get(id);
        certificate.requireNotRevoked();
        return certificate;
    }

    /// A learner's certificates, the latest first.
    ///
    /// @param before the last id of the page before; null for the first page
    List<Certificate> list(UUID userId, @Nullable UUID before, int limit) {
        return database.query(() -> certificates.list(userId, before, limit));
    }

    /// Those certificates of a learner's enrollments that exist, in any order.
    List<Certificate> findByEnrollments(UUID userId, Collection<UUID> enrollmentIds) {
        return database.query(() -> certificates.findByEnrollments(userId, enrollmentIds));
    }

    /// Revokes a certificate; one that is revoked stays as it is.
    ///
    /// @throws ServiceException CERTIFICATE_NOT_FOUND, NOT_OWNER
    Certificate revoke(UUID id, String reason) {
        return database.transact(() -> {
            var before = certificates.lock(id).orElseThrow(() -> CertificateAccess.notFound(id));
            access.requireRevocable(before);
            var change = before.isRevoked() ? Change.none(before) : new Change<>(before, revoked(before, reason));
            if (!change.isNone()) {
                certificates.revoke(change.after());
                outbox.append(CertificateEvents.revoked(change.after()));
            }
            audit.record(
                    "certificate",
                    id,
                    change,
                    certificate ->
                            CertificateMapper.toProto(certificate, page.of(certificate.number()), clock.instant()));
            return change.after();
        });
    }

    /// How a course issues certificates.
    ///
    /// @throws ServiceException COURSE_NOT_FOUND, NOT_OWNER
    CertificateSettings settings(UUID courseId) {
        return database.query(() -> requireSettings(courseId));
    }

    /// Sets how a course issues certificates from now on.
    ///
    /// @throws ServiceException COURSE_NOT_FOUND, NOT_OWNER
    void set(CertificateSettings next) {
        database.transact(() -> {
            var before = requireSettings(next.courseId());
            certificates.saveSettings(next.courseId(), next.issued(), next.validDays());
            audit.record(
                    "certificate_settings", next.courseId(), new Change<>(before, next), CertificateMapper::toProto);
        });
    }

    private CertificateSettings requireSettings(UUID courseId) {
        access.requireCourse(courseId);
        return certificates.findSettings(courseId).orElseGet(() -> CertificateSettings.defaults(courseId));
    }

    private Certificate revoked(Certificate certificate, String reason) {
        var by = CallScope.current().caller() instanceof Caller.User user ? user.id() : null;
        return certificate.revoked(by, reason, Times.now(clock));
    }
}
