package org.aula.enrollments.enrollment;

import io.micronaut.data.annotation.MappedEntity;
import java.util.Map;
import java.util.UUID;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.kernel.error.Errors;

/// A course as `courses` publishes it in its view.
///
/// @param priceMinor in the currency's minor unit; 0 means free
@MappedEntity("courses")
record CatalogCourse(UUID id, boolean inCatalog, long priceMinor) {

    /// @throws org.aula.kernel.error.ServiceException PAYMENT_REQUIRED
    void requireFree() {
        if (priceMinor > 0) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_PAYMENT_REQUIRED, "this course is not free; buy it", Map.of());
        }
    }
}
