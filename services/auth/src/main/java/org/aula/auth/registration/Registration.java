package org.aula.auth.registration;

import io.micronaut.data.annotation.MappedEntity;
import java.time.ZoneId;
import org.aula.api.common.v1.ErrorReason;
import org.aula.kernel.error.Errors;

/// What a visitor said about themselves when registering.
///
/// @param languageCode BCP 47
/// @param timeZone IANA name
@MappedEntity("registrations")
public record Registration(String firstName, String lastName, String languageCode, String timeZone) {

    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT with VALIDATION_FAILED for a
    ///     time zone that is well formed and does not exist
    public void requireKnownTimeZone() {
        if (!ZoneId.getAvailableZoneIds().contains(timeZone)) {
            throw Errors.invalid(ErrorReason.ERROR_REASON_VALIDATION_FAILED, "time_zone", "must be an IANA time zone");
        }
    }
}
