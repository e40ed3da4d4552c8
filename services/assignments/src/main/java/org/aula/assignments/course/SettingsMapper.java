package org.aula.assignments.course;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.FieldMaskUtil;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.aula.api.common.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// Parts of messages that several resources share.
public final class SettingsMapper {

    /// What a mask names takes the place of what was there.
    public static final FieldMaskUtil.MergeOptions REPLACE =
            new FieldMaskUtil.MergeOptions().setReplaceMessageFields(true).setReplaceRepeatedFields(true);

    private SettingsMapper() {}

    /// @throws ServiceException INVALID_ARGUMENT with VALIDATION_FAILED when it is more exact
    public static BigDecimal hundredths(String field, double percentage) {
        try {
            return BigDecimal.valueOf(percentage).setScale(2, RoundingMode.UNNECESSARY);
        } catch (ArithmeticException tooExact) {
            throw invalid(field, "must have two decimals at most");
        }
    }

    /// @throws ServiceException INVALID_ARGUMENT with VALIDATION_FAILED when it is more exact
    public static Duration wholeSeconds(String field, com.google.protobuf.Duration duration) {
        if (duration.getNanos() != 0) {
            throw invalid(field, "must be whole seconds");
        }
        return Times.duration(duration);
    }

    /// As exact as the database keeps it.
    public static Instant instant(Timestamp timestamp) {
        return Times.instant(timestamp).truncatedTo(ChronoUnit.MICROS);
    }

    public static @Nullable UUID id(String text) {
        return text.isEmpty() ? null : UUID.fromString(text);
    }

    public static String text(@Nullable UUID id) {
        return id == null ? "" : id.toString();
    }

    /// INVALID_ARGUMENT with VALIDATION_FAILED.
    public static ServiceException invalid(String field, String message) {
        return Errors.invalid(ErrorReason.ERROR_REASON_VALIDATION_FAILED, field, message);
    }
}
