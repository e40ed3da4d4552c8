package org.aula.bff.engine;

import com.google.common.base.CaseFormat;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Duration;
import com.google.protobuf.ProtocolMessageEnum;
import com.google.protobuf.Timestamp;
import com.google.type.Date;
import graphql.language.FieldDefinition;
import graphql.language.NonNullType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.aula.bff.backend.Contract;
import org.jspecify.annotations.Nullable;

/// Reads fields of the schema out of messages of the contract: a field of the schema is the field of the
/// same name. Where the schema allows null, null stands for what the contract leaves empty.
///
/// @param schema the schema
/// @param shown what fields give in place of messages of the contract, by the messages' full names
record FieldReader(SchemaFiles schema, Map<String, Function<Object, @Nullable Object>> shown) {

    /// Converts what a getter gives. The getter is handed over, not the value, so that reading a field
    /// takes one call less than it would by two functions.
    @FunctionalInterface
    private interface Conversion {
        Function<Object, @Nullable Object> of(Function<Object, @Nullable Object> get);
    }

    private static final Conversion AS_IT_IS = get -> get;

    /// How the field of an object is read.
    ///
    /// @param owner the name of the type that the field belongs to
    /// @param message the class of the messages that stand behind the type
    /// @return null if the contract has no field of that name
    @Nullable
    Function<Object, @Nullable Object> ofObject(String owner, Class<?> message, FieldDefinition definition) {
        var field = InputPaths.field(Contract.descriptor(message), definition.getName());
        return field == null ? null : read(owner, message, field, definition, true);
    }

    /// How a field is read out of a response. There 0 is a number: the field allows null for the case that
    /// there is no response.
    ///
    /// @throws IllegalStateException if the contract has no field of that name
    Function<Object, @Nullable Object> ofResponse(Class<?> message, FieldDefinition definition) {
        var field = InputPaths.field(Contract.descriptor(message), definition.getName());
        if (field == null) {
            throw new IllegalStateException(message.getSimpleName() + " has no field '" + definition.getName() + "'");
        }
        return read("", message, field, definition, false);
    }

    /// How a field is read out of the response that it was asked for: it is the response's only field, or
    /// the one of its name.
    ///
    /// @throws IllegalStateException if the response has several fields, of which none has the name
    Function<Object, @Nullable Object> ofOwnResponse(Class<?> message, FieldDefinition definition) {
        var fields = Contract.descriptor(message).getFields();
        return fields.size() == 1
                ? read("", message, fields.getFirst(), definition, false)
                : ofResponse(message, definition);
    }

    /// How the items of a page are read: the one list of messages that its response has.
    Function<Object, @Nullable Object> listOf(Class<?> response) {
        var lists = Contract.descriptor(response).getFields().stream()
                .filter(field -> field.isRepeated() && field.getJavaType() == JavaType.MESSAGE)
                .toList();
        if (lists.size() != 1) {
            throw new IllegalStateException(response.getSimpleName() + " has not one list of messages");
        }
        var list = lists.getFirst();
        return list(Getters.of(response, "get" + name(list) + "List"), message(list.getMessageType(), false));
    }

    private static String name(FieldDescriptor field) {
        return CaseFormat.LOWER_CAMEL.to(CaseFormat.UPPER_CAMEL, field.getJsonName());
    }

    private Function<Object, @Nullable Object> read(
            String owner, Class<?> message, FieldDescriptor field, FieldDefinition definition, boolean zeroIsNull) {
        if (field.isRepeated() != SchemaFiles.isList(definition.getType())) {
            throw new IllegalStateException("a list here is none in " + field.getFullName() + ", or the other way");
        }
        var name = name(field);
        if (field.isMapField()) {
            return entries(Getters.of(message, "get" + name + "Map"), definition);
        }
        var isNullable = !(definition.getType() instanceof NonNullType);
        if (field.isRepeated()) {
            return list(Getters.of(message, "get" + name + "List"), value(owner, field, definition, false));
        }
        var get = Getters.of(message, "get" + name);
        var mayBeAbsent = isNullable && field.hasPresence() && !isZeroWhereAbsent(field);
        var read = value(owner, field, definition, isNullable && !mayBeAbsent).of(get);
        if (mayBeAbsent) {
            var has = Getters.of(message, "has" + name);
            return object -> (Boolean) has.apply(object) ? read.apply(object) : null;
        }
        return zeroIsNull && isNullable && isNumber(field)
                ? object -> Values.numberOrNull((Number) get.apply(object))
                : read;
    }

    private static boolean isNumber(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case INT, LONG, FLOAT, DOUBLE -> true;
            default -> false;
        };
    }

    /// Whether the conversion gives null for a message that is not there.
    private static boolean isZeroWhereAbsent(FieldDescriptor field) {
        return field.getJavaType() == JavaType.MESSAGE
                && switch (field.getMessageType().getFullName()) {
                    case "google.protobuf.Timestamp", "google.protobuf.Duration", "google.type.Date" -> true;
                    default -> false;
                };
    }

    /// How one value is converted.
    private Conversion value(String owner, FieldDescriptor field, FieldDefinition definition, boolean isNullable) {
        return switch (field.getJavaType()) {
            case STRING -> text(owner, definition, isNullable);
            case ENUM -> get -> object -> Values.enumName((ProtocolMessageEnum) get.apply(object));
            case MESSAGE -> message(field.getMessageType(), isNullable);
            case BYTE_STRING -> throw new IllegalStateException(field + " is bytes, which the schema does not have");
            default -> AS_IT_IS;
        };
    }

    private static Conversion text(String owner, FieldDefinition definition, boolean isNullable) {
        if (!SchemaFiles.named(definition.getType()).equals("ID")) {
            return isNullable ? get -> object -> Values.textOrNull((String) get.apply(object)) : AS_IT_IS;
        }
        var ids = SchemaFiles.ids(definition.getDirectives());
        if (ids == null && !definition.getName().equals("id")) {
            throw new IllegalStateException("@id is missing at " + owner + "." + definition.getName());
        }
        var type = ids == null ? owner : ids.types().getFirst();
        return isNullable
                ? get -> object -> GlobalId.ofOrNull(type, (String) get.apply(object))
                : get -> object -> GlobalId.of(type, (String) get.apply(object));
    }

    private Conversion message(Descriptor type, boolean isNullable) {
        return switch (type.getFullName()) {
            case "google.protobuf.Timestamp" -> get -> object -> Values.instant((Timestamp) get.apply(object));
            case "google.protobuf.Duration" ->
                isNullable
                        ? get -> object -> Values.durationOrNull((Duration) get.apply(object))
                        : get -> object -> Values.duration((Duration) get.apply(object));
            case "google.type.Date" -> get -> object -> Values.date((Date) get.apply(object));
            default -> {
                var as = shown.get(type.getFullName());
                yield as == null ? AS_IT_IS : get -> object -> as.apply(get.apply(object));
            }
        };
    }

    private static Function<Object, @Nullable Object> list(Function<Object, Object> get, Conversion conversion) {
        if (conversion == AS_IT_IS) {
            return get;
        }
        var convert = conversion.of(Function.identity());
        return object -> ((List<?>) get.apply(object))
                .stream().map(convert).filter(Objects::nonNull).toList();
    }

    /// A map of the contract is a list of objects, by key: their first field is the key, the second the
    /// value.
    private Function<Object, @Nullable Object> entries(Function<Object, Object> get, FieldDefinition definition) {
        var fields = schema.fields(SchemaFiles.named(definition.getType()));
        var key = fields.get(0).getName();
        var value = fields.get(1).getName();
        return object -> {
            var entries = new TreeMap<String, Map<String, Object>>();
            ((Map<?, ?>) get.apply(object))
                    .forEach((name, held) -> entries.put((String) name, Map.of(key, name, value, held)));
            return List.copyOf(entries.values());
        };
    }
}
