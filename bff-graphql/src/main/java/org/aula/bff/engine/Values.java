package org.aula.bff.engine;

import com.google.common.base.CaseFormat;
import com.google.protobuf.Duration;
import com.google.protobuf.ProtocolMessageEnum;
import com.google.protobuf.Timestamp;
import com.google.type.Date;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Values of the contract as the schema gives them: absent where the contract sends a default.
public final class Values {

    private static final String UNRECOGNIZED = "UNRECOGNIZED";
    private static final String UNSPECIFIED = "UNSPECIFIED";
    private static final ClassValue<String> PREFIXES = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            return CaseFormat.UPPER_CAMEL.to(CaseFormat.UPPER_UNDERSCORE, type.getSimpleName()) + '_';
        }
    };

    private Values() {}

    /// An instant; null when it was not set.
    public static @Nullable Instant time(Timestamp time) {
        return time.getSeconds() == 0 && time.getNanos() == 0
                ? null
                : Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    /// A span of time.
    public static java.time.Duration span(Duration span) {
        return java.time.Duration.ofSeconds(span.getSeconds(), span.getNanos());
    }

    /// A span of time; null when it is zero.
    public static java.time.@Nullable Duration spanOrNull(Duration span) {
        return span.getSeconds() == 0 && span.getNanos() == 0 ? null : span(span);
    }

    /// A number; null when it is 0, where that means that there is none.
    public static @Nullable Integer numberOrNull(int number) {
        return number == 0 ? null : number;
    }

    /// Text; null when it is empty.
    public static @Nullable String text(String text) {
        return text.isEmpty() ? null : text;
    }

    /// A value of an enumeration without its prefix; null for unspecified and for values newer than this
    /// build.
    public static @Nullable String name(ProtocolMessageEnum value) {
        var constant = (Enum<?>) value;
        if (constant.name().equals(UNRECOGNIZED)) {
            return null;
        }
        var name = constant.name()
                .substring(PREFIXES.get(constant.getDeclaringClass()).length());
        return name.equals(UNSPECIFIED) ? null : name;
    }

    /// The value of an enumeration that a name without prefix stands for; unspecified for null.
    public static <E extends Enum<E>> E constant(Class<E> type, @Nullable String name) {
        return Enum.valueOf(type, PREFIXES.get(type) + (name == null ? UNSPECIFIED : name));
    }

    /// A span of time for the contract.
    public static Duration toProto(java.time.Duration span) {
        return Duration.newBuilder()
                .setSeconds(span.getSeconds())
                .setNanos(span.getNano())
                .build();
    }

    /// A day; null when it was not set.
    public static @Nullable LocalDate day(Date day) {
        return day.getYear() == 0 ? null : LocalDate.of(day.getYear(), day.getMonth(), day.getDay());
    }

    /// A day for the contract.
    public static Date toProto(LocalDate day) {
        return Date.newBuilder()
                .setYear(day.getYear())
                .setMonth(day.getMonthValue())
                .setDay(day.getDayOfMonth())
                .build();
    }

    /// An instant for the contract.
    public static Timestamp toProto(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
