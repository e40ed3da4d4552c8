package org.aula.users.user;

import com.google.rpc.BadRequest.FieldViolation;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.users.v1.UpdateUserRequest;
import org.aula.kernel.error.Errors;
import org.aula.users.input.Mask;
import org.jspecify.annotations.Nullable;

/// What an UpdateUser asks for, with the rules that the contract only says in words.
final class UpdateMapper {

    private static final String DEFAULT_LANGUAGE = "en";
    private static final String DEFAULT_ZONE = "UTC";
    private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1900, 1, 1);
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    private final UpdateUserRequest request;
    private final Mask mask;
    private final @Nullable LocalDate birthDate;

    /// @param today the latest date on earth
    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT with every field that is broken
    UpdateMapper(UpdateUserRequest request, LocalDate today) {
        this.request = request;
        this.mask = Mask.of(request.getUpdateMask());
        var violations = new ArrayList<FieldViolation>();
        requireName("first_name", request.getFirstName(), violations);
        requireName("last_name", request.getLastName(), violations);
        this.birthDate = mask.names("birth_date") && request.hasBirthDate() ? birthDate(today, violations) : null;
        requireZone(violations);
        if (!violations.isEmpty()) {
            throw Errors.invalid(
                    ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                    "the request breaks the contract",
                    violations,
                    Map.of());
        }
    }

    /// The picture that the update sets; empty when it sets none.
    String picture() {
        return mask.choose("avatar_url", request::getAvatarUrl, "");
    }

    /// What is said of a user after this update.
    UserDetails apply(UserDetails before) {
        return new UserDetails(
                mask.choose("first_name", request::getFirstName, before.firstName()),
                mask.choose("last_name", request::getLastName, before.lastName()),
                mask.choose("phone", request::getPhone, before.phone()),
                mask.names("birth_date") ? birthDate : before.birthDate(),
                mask.names("gender") ? UserMapper.fromProto(request.getGender()) : before.gender(),
                mask.choose(
                        "language_code", () -> or(request.getLanguageCode(), DEFAULT_LANGUAGE), before.languageCode()),
                mask.choose("time_zone", () -> or(request.getTimeZone(), DEFAULT_ZONE), before.timeZone()),
                mask.choose("avatar_url", request::getAvatarUrl, before.avatarUrl()),
                mask.choose("short_bio", request::getShortBio, before.shortBio()));
    }

    private void requireName(String field, String name, List<FieldViolation> violations) {
        if (mask.names(field) && name.isBlank()) {
            violations.add(Errors.violation(field, "must not be empty"));
        }
    }

    private void requireZone(List<FieldViolation> violations) {
        if (mask.names("time_zone") && !request.getTimeZone().isEmpty() && !ZONES.contains(request.getTimeZone())) {
            violations.add(Errors.violation("time_zone", "must be a time zone of IANA's"));
        }
    }

    private @Nullable LocalDate birthDate(LocalDate today, List<FieldViolation> violations) {
        try {
            var date = UserMapper.fromProto(request.getBirthDate());
            if (!date.isBefore(EARLIEST_BIRTH) && !date.isAfter(today)) {
                return date;
            }
            violations.add(Errors.violation("birth_date", "must lie between 1900 and today"));
        } catch (DateTimeException noDay) {
            violations.add(Errors.violation("birth_date", "must be a day with year, month and day"));
        }
        return null;
    }

    private static String or(String value, String otherwise) {
        return value.isEmpty() ? otherwise : value;
    }
}
