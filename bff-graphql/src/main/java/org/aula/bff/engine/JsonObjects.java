package org.aula.bff.engine;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON objects between the Structs of the contract and the maps of the GraphQL library.
final class JsonObjects {

    /// Far below the hundred levels at which protobuf stops reading, three of which make one of JSON.
    static final int MAX_DEPTH = 16;

    private static final double EXACT = 1L << 53;

    private JsonObjects() {}

    /// @throws IllegalArgumentException if it is too deep, or holds what JSON cannot
    static Struct write(Map<?, ?> object) {
        return struct(object, 1);
    }

    static Map<String, @Nullable Object> read(Struct struct) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        struct.getFieldsMap().forEach((name, value) -> object.put(name, plain(value)));
        return object;
    }

    private static Struct struct(Map<?, ?> object, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("a JSON is at most " + MAX_DEPTH + " levels deep");
        }
        var struct = Struct.newBuilder();
        object.forEach((name, value) -> struct.putFields(String.valueOf(name), value(value, depth + 1)));
        return struct.build();
    }

    private static Value value(@Nullable Object plain, int depth) {
        var value = Value.newBuilder();
        return switch (plain) {
            case null -> value.setNullValue(NullValue.NULL_VALUE).build();
            case Boolean truth -> value.setBoolValue(truth).build();
            case Number number -> value.setNumberValue(finite(number)).build();
            case String text -> value.setStringValue(text).build();
            case List<?> list -> value.setListValue(list(list, depth)).build();
            case Map<?, ?> object -> value.setStructValue(struct(object, depth)).build();
            // A variable of this type inside a literal.
            case Struct struct ->
                value.setStructValue(struct(read(struct), depth)).build();
            default -> value.setStringValue(plain.toString()).build();
        };
    }

    private static ListValue list(List<?> list, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("a JSON is at most " + MAX_DEPTH + " levels deep");
        }
        var values = ListValue.newBuilder();
        list.forEach(item -> values.addValues(value(item, depth + 1)));
        return values.build();
    }

    private static double finite(Number number) {
        var value = number.doubleValue();
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a number in a JSON is too large");
        }
        return value;
    }

    private static @Nullable Object plain(Value value) {
        return switch (value.getKindCase()) {
            case BOOL_VALUE -> value.getBoolValue();
            case NUMBER_VALUE -> number(value.getNumberValue());
            case STRING_VALUE -> value.getStringValue();
            case STRUCT_VALUE -> read(value.getStructValue());
            case LIST_VALUE -> items(value.getListValue());
            case NULL_VALUE, KIND_NOT_SET -> null;
        };
    }

    private static List<@Nullable Object> items(ListValue list) {
        var items = new ArrayList<@Nullable Object>();
        list.getValuesList().forEach(item -> items.add(plain(item)));
        return items;
    }

    /// Whole numbers come back as they went, not as `5.0`.
    private static Number number(double number) {
        return number == Math.rint(number) && Math.abs(number) <= EXACT ? (Number) (long) number : (Number) number;
    }
}
