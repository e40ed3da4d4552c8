package org.aula.bff.engine;

import com.google.common.base.CaseFormat;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.ProtocolMessageEnum;
import com.google.protobuf.Timestamp;
import com.google.type.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Values of the contract as the schema gives them: absent where the contract sends a default.
public final class Values {

    private static final String UNRECOGNIZED = "UNRECOGNIZED";
    private static final String UNSPECIFIED = "UNSPECIFIED";
    private static final ClassValue<String> PREFIXES = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            return prefix(type.getSimpleName());
        }
    };

    private Values() {}

    /// An instant; null when it was not set.
    public static @Nullable Instant instant(Timestamp time) {
        return time.getSeconds() == 0 && time.getNanos() == 0
                ? null
                : Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    /// A duration.
    public static java.time.Duration duration(Duration duration) {
        return java.time.Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    }

    /// A duration; null when it is zero.
    public static java.time.@Nullable Duration durationOrNull(Duration duration) {
        return duration.getSeconds() == 0 && duration.getNanos() == 0 ? null : duration(duration);
    }

    /// A number; null when it is 0, where that means that there is none.
    public static @Nullable Number numberOrNull(Number number) {
        return number.doubleValue() == 0 ? null : number;
    }

    /// Text; null when it is empty.
    public static @Nullable String textOrNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /// A value of an enumeration without its prefix; null for unspecified and for values newer than this
    /// build.
    public static @Nullable String enumName(ProtocolMessageEnum value) {
        var constant = (Enum<?>) value;
        if (constant.name().equals(UNRECOGNIZED)) {
            return null;
        }
        var name = constant.name()
                .substring(PREFIXES.get(constant.getDeclaringClass()).length());
        return name.equals(UNSPECIFIED) ? null : name;
    }

    /// The value of an enumeration that a name without prefix stands for; unspecified for null.
    static <E extends Enum<E>> E enumValue(Class<E> type, @Nullable String name) {
        return Enum.valueOf(type, PREFIXES.get(type) + (name == null ? UNSPECIFIED : name));
    }

    /// The value of an enumeration that a name without prefix stands for.
    static EnumValueDescriptor enumValue(EnumDescriptor type, String name) {
        return Objects.requireNonNull(type.findValueByName(prefix(type.getName()) + name), name);
    }

    /// A duration for the contract.
    public static Duration toProto(java.time.Duration duration) {
        return Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }

    /// A date; null when it was not set.
    public static @Nullable LocalDate date(Date date) {
        return date.getYear() == 0 ? null : LocalDate.of(date.getYear(), date.getMonth(), date.getDay());
    }

    /// A date for the contract.
    public static Date toProto(LocalDate date) {
        return Date.newBuilder()
                .setYear(date.getYear())
                .setMonth(date.getMonthValue())
                .setDay(date.getDayOfMonth())
                .build();
    }

    /// An instant for the contract.
    public static Timestamp toProto(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    private static String prefix(String type) {
        return CaseFormat.UPPER_CAMEL.to(CaseFormat.UPPER_UNDERSCORE, type) + '_';
    }
}
