package org.aula.assignments.course;

import java.util.Map;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;

/// Refusals that several resources share.
public final class Refusals {

    private Refusals() {}

    /// FAILED_PRECONDITION with TOO_MANY.
    ///
    /// @param limit how many there may be
    public static ServiceException tooMany(String message, int limit) {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_TOO_MANY, message, Map.of("limit", Integer.toString(limit)));
    }

    /// FAILED_PRECONDITION with TOO_LARGE.
    ///
    /// @param limit how large it may be, in bytes
    public static ServiceException tooLarge(String message, long bytes, long limit) {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_TOO_LARGE,
                message,
                Map.of("bytes", Long.toString(bytes), "limit", Long.toString(limit)));
    }

    /// FAILED_PRECONDITION with STATUS_FORBIDS.
    public static ServiceException statusForbids(String message, Enum<?> status) {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_STATUS_FORBIDS, message, Map.of("status", status.name()));
    }

    /// Refuses to take a text away that must be there.
    ///
    /// @throws ServiceException INVALID_ARGUMENT with VALIDATION_FAILED
    public static void requireText(String field, String text) {
        if (text.isBlank()) {
            throw Errors.invalid(
                    org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED, field, "must not be empty");
        }
    }
}
