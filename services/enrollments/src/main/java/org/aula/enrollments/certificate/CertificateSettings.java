package org.aula.enrollments.certificate;

import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

/// How a course gives certificates.
///
/// @param validDays how long one holds; 0 for ever
@MappedEntity("certificate_settings")
record CertificateSettings(UUID courseId, boolean issued, int validDays) {

    /// Those of a course without a row.
    static CertificateSettings defaults(UUID courseId) {
        return new CertificateSettings(courseId, true, 0);
    }
}
