package org.aula.enrollments.certificate;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;

/// Who sees which certificate. To everybody else it does not exist.
@Singleton
final class CertificateAccess {

    private final CertificateRepository certificates;

    CertificateAccess(CertificateRepository certificates) {
        this.certificates = certificates;
    }

    /// Passes for the learner, the course's instructor, and whoever a permission lets in.
    ///
    /// @throws ServiceException CERTIFICATE_NOT_FOUND
    void requireSeen(Certificate certificate) {
        var scope = CallScope.current();
        if (scope.seesAll()) {
            return;
        }
        if (scope.caller().is(certificate.userId())) {
            scope.requireOwner(certificate.userId());
            return;
        }
        var instructor = certificates
                .findInstructor(certificate.courseId())
                .filter(scope.caller()::is)
                .orElseThrow(() -> notFound(certificate.id()));
        scope.requireOwner(instructor);
    }

    /// Passes for the course's instructor, and whoever a permission lets in.
    ///
    /// @throws ServiceException CERTIFICATE_NOT_FOUND; NOT_OWNER for the learner, who sees it
    void requireRevocable(Certificate certificate) {
        requireSeen(certificate);
        var scope = CallScope.current();
        if (!scope.seesAll()) {
            scope.requireOwner(
                    certificates.findInstructor(certificate.courseId()).orElseThrow(() -> notFound(certificate.id())));
        }
    }

    /// Passes for the course's instructor, and whoever a permission lets in.
    ///
    /// @throws ServiceException COURSE_NOT_FOUND; NOT_OWNER for those who see it in the catalog
    void requireCourse(UUID courseId) {
        var scope = CallScope.current();
        var instructor = certificates
                .findInstructor(courseId)
                .filter(owner -> scope.seesAll() || scope.caller().is(owner) || certificates.isPublished(courseId))
                .orElseThrow(() ->
                        Errors.notFound(ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, "there is no course " + courseId));
        scope.requireOwner(instructor);
    }

    static ServiceException notFound(UUID id) {
        return Errors.notFound(ErrorReason.ERROR_REASON_CERTIFICATE_NOT_FOUND, "there is no certificate " + id);
    }
}
