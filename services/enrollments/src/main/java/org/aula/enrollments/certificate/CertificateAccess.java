package org.aula.enrollments.certificate;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.jdbi.v3.core.Handle;

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
    void requireSeen(Handle handle, Certificate certificate) {
        var scope = CallScope.current();
        if (scope.seesAll()) {
            return;
        }
        if (scope.caller().is(certificate.userId())) {
            scope.requireOwner(certificate.userId());
            return;
        }
        var instructor = certificates
                .findInstructor(handle, certificate.courseId())
                .filter(scope.caller()::is)
                .orElseThrow(() -> notFound(certificate.id()));
        scope.requireOwner(instructor);
    }

    /// Passes for the course's instructor, and whoever a permission lets in.
    ///
    /// @throws ServiceException CERTIFICATE_NOT_FOUND; NOT_OWNER for the learner, who sees it
    void requireRevocable(Handle handle, Certificate certificate) {
        requireSeen(handle, certificate);
        var scope = CallScope.current();
        if (!scope.seesAll()) {
            scope.requireOwner(certificates
                    .findInstructor(handle, certificate.courseId())
                    .orElseThrow(() -> notFound(certificate.id())));
        }
    }

    /// Passes for the course's instructor, and whoever a permission lets in.
    ///
    /// @throws ServiceException COURSE_NOT_FOUND; NOT_OWNER for those who see it in the catalog
    void requireCourse(Handle handle, UUID courseId) {
        var scope = CallScope.current();
        var instructor = certificates
                .findInstructor(handle, courseId)
                .filter(owner ->
                        scope.seesAll() || scope.caller().is(owner) || certificates.isPublished(handle, courseId))
                .orElseThrow(() ->
                        Errors.notFound(ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, "there is no course " + courseId));
        scope.requireOwner(instructor);
    }

    static ServiceException notFound(UUID id) {
        return Errors.notFound(ErrorReason.ERROR_REASON_CERTIFICATE_NOT_FOUND, "there is no certificate " + id);
    }
}
