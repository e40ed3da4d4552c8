package org.aula.enrollments.certificate;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.courseaccess.CourseGuard;
import org.aula.enrollments.course.CourseErrors;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;

/// Who sees which certificate. To everybody else it does not exist.
@Singleton
final class CertificateAccess {

    private final CourseGuard guard;

    CertificateAccess(CourseGuard guard) {
        this.guard = guard;
    }

    /// Passes for the learner, the course's instructor, and whoever a permission lets in.
    ///
    /// @return whether the caller is not the learner
    /// @throws ServiceException CERTIFICATE_NOT_FOUND
    boolean requireSeen(Certificate certificate) {
        return guard.requireLearnerOrTeacher(
                certificate.userId(), certificate.courseId(), () -> notFound(certificate.id()));
    }

    /// Passes for the course's instructor, and whoever a permission lets in.
    ///
    /// @throws ServiceException CERTIFICATE_NOT_FOUND; NOT_OWNER for the learner, who sees it
    void requireRevocable(Certificate certificate) {
        var scope = CallScope.current();
        if (!requireSeen(certificate) && !scope.seesAll()) {
            scope.requireOwner(guard.find(certificate.courseId(), null)
                    .orElseThrow(() -> notFound(certificate.id()))
                    .instructorId());
        }
    }

    /// Passes for the course's instructor, and whoever a permission lets in.
    ///
    /// @throws ServiceException COURSE_NOT_FOUND; NOT_OWNER for those who may know of it
    void requireCourse(UUID courseId) {
        guard.requireTeacher(courseId, () -> CourseErrors.notFound(courseId));
    }

    static ServiceException notFound(UUID id) {
        return Errors.notFound(ErrorReason.ERROR_REASON_CERTIFICATE_NOT_FOUND, "there is no certificate " + id);
    }
}
