package org.aula.users.input;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aula.api.common.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.jspecify.annotations.Nullable;

/// JSON that the platform keeps and does not read: objects are maps, arrays lists, numbers doubles, null is
/// null.
public final class FreeJson {

    private static final int MAX_DEPTH = 16;
    private static final char NUL = '\0';

    private final String field;
    private final int mostBytes;
    private long bytes;

    private FreeJson(String field, int mostBytes) {
        this.field = field;
        this.mostBytes = mostBytes;
    }

    /// Reads an object within its bounds.
    ///
    /// @param field the request's field, which a refusal names
    /// @param mostBytes how long it may be as JSON without white space, in UTF-8
    /// @throws ServiceException INVALID_ARGUMENT when it is too long, deeper than 16, holds a number that JSON
    ///     has not, or a name with a NUL character
    public static Map<String, @Nullable Object> read(Struct json, String field, int mostBytes) {
        return new FreeJson(field, mostBytes).object(json, 1);
    }

    /// A copy of an object that is made of maps and lists of a store's own, which would equal no others.
    public static Map<String, @Nullable Object> copy(Map<String, ?> json) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        json.forEach((name, value) -> object.put(name, copied(value)));
        return object;
    }

    /// The object as a message.
    public static Struct message(Map<String, ?> json) {
        var struct = Struct.newBuilder();
        json.forEach((name, value) -> struct.putFields(name, value(value)));
        return struct.build();
    }

    private Map<String, @Nullable Object> object(Struct json, int depth) {
        requireShallow(depth);
        count(2 + 2L * json.getFieldsCount());
        var object = new LinkedHashMap<String, @Nullable Object>();
        json.getFieldsMap().forEach((name, value) -> {
            if (name.indexOf(NUL) >= 0) {
                throw refused("must not hold a name with a NUL character");
            }
            countText(name);
            object.put(name, plain(value, depth));
        });
        return object;
    }

    private List<@Nullable Object> array(ListValue json, int depth) {
        requireShallow(depth);
        count(2L + json.getValuesCount());
        var array = new ArrayList<@Nullable Object>(json.getValuesCount());
        json.getValuesList().forEach(value -> array.add(plain(value, depth)));
        return array;
    }

    private @Nullable Object plain(Value value, int depth) {
        return switch (value.getKindCase()) {
            case NULL_VALUE, KIND_NOT_SET -> {
                count(4);
                yield null;
            }
            case BOOL_VALUE -> {
                count(4);
                yield value.getBoolValue();
            }
            case NUMBER_VALUE -> number(value.getNumberValue());
            case STRING_VALUE -> {
                countText(value.getStringValue());
                yield value.getStringValue();
            }
            case STRUCT_VALUE -> object(value.getStructValue(), depth + 1);
            case LIST_VALUE -> array(value.getListValue(), depth + 1);
        };
    }

    private Double number(double number) {
        if (!Double.isFinite(number)) {
            throw refused("must not hold a number without end");
        }
        count(Double.toString(number).length());
        return number;
    }

    private void requireShallow(int depth) {
        if (depth > MAX_DEPTH) {
            throw refused("must not be deeper than " + MAX_DEPTH);
        }
    }

    private void countText(String text) {
        count(2 + text.getBytes(StandardCharsets.UTF_8).length);
    }

    private void count(long more) {
        bytes += more;
        if (bytes > mostBytes) {
            throw refused("must not be longer than " + mostBytes + " bytes as JSON");
        }
    }

    private ServiceException refused(String message) {
        return Errors.invalid(ErrorReason.ERROR_REASON_VALIDATION_FAILED, field, message);
    }

    private static @Nullable Object copied(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> object -> {
                var copy = new LinkedHashMap<String, @Nullable Object>();
                object.forEach((name, member) -> copy.put(String.valueOf(name), copied(member)));
                yield copy;
            }
            case List<?> array -> {
                var copy = new ArrayList<@Nullable Object>(array.size());
                array.forEach(member -> copy.add(copied(member)));
                yield copy;
            }
            default -> value;
        };
    }

    private static Value value(@Nullable Object plain) {
        var value = Value.newBuilder();
        switch (plain) {
            case null -> value.setNullValue(NullValue.NULL_VALUE);
            case Boolean truth -> value.setBoolValue(truth);
            case Number number -> value.setNumberValue(number.doubleValue());
            case Map<?, ?> object -> {
                var struct = Struct.newBuilder();
                object.forEach((name, member) -> struct.putFields(String.valueOf(name), value(member)));
                value.setStructValue(struct);
            }
            case List<?> array -> {
                var list = ListValue.newBuilder();
                array.forEach(member -> list.addValues(value(member)));
                value.setListValue(list);
            }
            default -> value.setStringValue(plain.toString());
        }
        return value.build();
    }
}
