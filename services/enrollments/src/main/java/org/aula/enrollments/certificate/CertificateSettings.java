package org.aula.enrollments.certificate;

import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

/// How a course gives certificates.
///
/// @param validDays how long one holds; 0 for ever
@MappedEntity("certificate_settings")
record CertificateSettings(UUID courseId, boolean issued, int validDays) {

    /// Until somebody says otherwise.
    static CertificateSettings unsaid(UUID courseId) {
        return new CertificateSettings(courseId, true, 0);
    }
}
