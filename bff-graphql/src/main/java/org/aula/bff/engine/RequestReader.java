package org.aula.bff.engine;

import build.buf.validate.ValidateProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import graphql.language.InputValueDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.aula.bff.engine.SchemaFiles.Ids;
import org.jspecify.annotations.Nullable;

/// Reads arguments, or an input, into a message of the contract by the names of their fields. What is
/// absent or null stays as the message has it. The fields that are given make the mask of an update; a
/// `request_id` that is not given is a new one.
final class RequestReader {

    /// A field of the input and what it is read into.
    ///
    /// @param path the field of the message, behind the fields that lead to it; empty where an object
    /// stands for
    ///     the message itself
    /// @param ids which global ids it takes; null if it is no id
    /// @param object reads the objects that are its values; null if they are none
    private record Argument(
            String name,
            List<FieldDescriptor> path,
            @Nullable Ids ids,
            @Nullable RequestReader object) {
        FieldDescriptor field() {
            return path.getLast();
        }
    }

    private static final String REQUEST_ID = "request_id";

    private final Descriptor message;
    private final Map<String, Argument> arguments = new LinkedHashMap<>();
    private final @Nullable FieldDescriptor mask;
    private final Set<String> masked;

    /// @param message what is read into
    /// @param definitions the arguments, or the fields of the input
    /// @throws IllegalStateException if the contract has no field for one of them
    RequestReader(SchemaFiles schema, Descriptor message, List<InputValueDefinition> definitions) {
        this(schema, message, definitions, null);
    }

    /// @param id what an argument `id` is read into; null if there is none
    RequestReader(
            SchemaFiles schema,
            Descriptor message,
            List<InputValueDefinition> definitions,
            @Nullable FieldDescriptor id) {
        this.message = message;
        this.mask = message.getFields().stream()
                .filter(InputPaths::isMask)
                .findFirst()
                .orElse(null);
        this.masked = mask == null
                ? Set.of()
                : Set.copyOf(mask.getOptions()
                        .getExtension(ValidateProto.field)
                        .getFieldMask()
                        .getInList());
        for (var index = 0; index < definitions.size(); index++) {
            var definition = definitions.get(index);
            arguments.put(definition.getName(), argument(schema, definition, path(definition.getName(), index, id)));
        }
    }

    /// A map of the contract is a list of objects: their first field is the key, the second the value.
    private List<FieldDescriptor> path(String name, int index, @Nullable FieldDescriptor id) {
        if (id != null && name.equals("id")) {
            return List.of(id);
        }
        return message.getOptions().getMapEntry()
                ? List.of(message.getFields().get(index))
                : InputPaths.fields(message, name);
    }

    private Argument argument(SchemaFiles schema, InputValueDefinition definition, List<FieldDescriptor> path) {
        var name = definition.getName();
        var type = SchemaFiles.named(definition.getType());
        var ids = SchemaFiles.ids(definition.getDirectives());
        if (path.isEmpty() && !schema.isInput(type)) {
            throw new IllegalStateException("no field of " + message.getFullName() + " for '" + name + "'");
        }
        if (type.equals("ID") && ids == null && !path.getLast().getName().equals(REQUEST_ID)) {
            throw new IllegalStateException("@id is missing at '" + name + "' of " + message.getFullName());
        }
        if (!path.isEmpty() && path.getLast().isRepeated() != SchemaFiles.isList(definition.getType())) {
            throw new IllegalStateException(
                    "'" + name + "' is a list, or " + path.getLast().getFullName() + " is");
        }
        if (!schema.isInput(type)) {
            return new Argument(name, path, ids, null);
        }
        var inner = path.isEmpty() ? message : path.getLast().getMessageType();
        return new Argument(name, path, ids, new RequestReader(schema, inner, schema.inputs(type)));
    }

    /// Reads a whole request.
    ///
    /// @param given the values by name
    /// @param request what is set already; the rest is read into it
    /// @param problems takes what is wrong with the values
    void read(Map<String, Object> given, Message.Builder request, InputProblems problems) {
        readInto(given, request, problems);
        var requestId = message.findFieldByName(REQUEST_ID);
        if (requestId != null) {
            request.setField(requestId, requestId((String) request.getField(requestId), problems));
        }
        if (mask != null) {
            request.setField(
                    mask,
                    FieldMask.newBuilder().addAllPaths(given(given, "", masked)).build());
        }
    }

    private void readInto(Map<String, Object> given, Message.Builder builder, InputProblems problems) {
        InputPaths.inlined(message).forEach(builder::getFieldBuilder);
        var chosen = new HashMap<OneofDescriptor, List<String>>();
        arguments.forEach((name, argument) -> {
            var value = given.get(name);
            if (value != null && argument.path().isEmpty()) {
                Objects.requireNonNull(argument.object()).readInto(object(value), builder, problems);
            } else if (value != null
                    || (argument.ids() != null && argument.ids().orViewer())) {
                set(builder, argument, value, problems.at(name));
                if (value != null && argument.field().getContainingOneof() != null) {
                    chosen.computeIfAbsent(argument.field().getContainingOneof(), oneof -> new ArrayList<>())
                            .add(name);
                }
            }
        });
        chosen.values().stream()
                .filter(names -> names.size() > 1)
                .forEach(names -> problems.at(names.getLast())
                        .note("VALIDATION_FAILED", "only one of " + String.join(", ", names) + " may be given"));
    }

    private static void set(
            Message.Builder builder, Argument argument, @Nullable Object value, InputProblems problems) {
        var target = builder;
        for (var leading : argument.path().subList(0, argument.path().size() - 1)) {
            target = target.getFieldBuilder(leading);
        }
        var field = argument.field();
        if (value instanceof List<?> list) {
            for (var index = 0; index < list.size(); index++) {
                var item = list.get(index);
                if (item != null) {
                    target.addRepeatedField(field, one(target, argument, item, problems.at(Integer.toString(index))));
                }
            }
        } else {
            target.setField(field, one(target, argument, value, problems));
        }
    }

    private static Object one(
            Message.Builder builder, Argument argument, @Nullable Object value, InputProblems problems) {
        var field = argument.field();
        if (argument.ids() != null) {
            return id(argument.ids(), value, problems);
        }
        var object = argument.object();
        if (object != null) {
            var inner = builder.newBuilderForField(field);
            object.readInto(object(Objects.requireNonNull(value)), inner, problems);
            return inner.build();
        }
        return plain(field, Objects.requireNonNull(value));
    }

    /// The UUID behind a global id; empty when it is wrong, and then that is noted. Empty also for the
    /// viewer where nobody is signed in: the service refuses that.
    private static String id(Ids ids, @Nullable Object value, InputProblems problems) {
        if (value == null) {
            return Objects.requireNonNullElse(problems.viewerId(), "");
        }
        var id = GlobalId.parse(String.valueOf(value))
                .filter(found -> ids.types().contains(found.type()));
        if (id.isEmpty()) {
            problems.note("ID_INVALID", "is not the id of a " + String.join(" or ", ids.types()));
        }
        return id.map(GlobalId::own).orElse("");
    }

    private static String requestId(String given, InputProblems problems) {
        if (given.isEmpty()) {
            return UUID.randomUUID().toString();
        }
        try {
            return UUID.fromString(given).toString();
        } catch (IllegalArgumentException malformed) {
            problems.at("requestId").note("VALIDATION_FAILED", "must be a UUID");
            return "";
        }
    }

    private static Object plain(FieldDescriptor field, Object value) {
        return switch (value) {
            case Instant time -> Values.toProto(time);
            case Duration duration -> Values.toProto(duration);
            case LocalDate date -> Values.toProto(date);
            case Number number -> number(field.getJavaType(), number);
            case String name when field.getJavaType() == JavaType.ENUM -> Values.enumValue(field.getEnumType(), name);
            case String text when field.getJavaType() == JavaType.BYTE_STRING -> ByteString.copyFromUtf8(text);
            default -> value;
        };
    }

    private static Object number(JavaType type, Number number) {
        return switch (type) {
            case INT -> Math.toIntExact(number.longValue());
            case LONG -> number.longValue();
            case FLOAT -> number.floatValue();
            default -> number.doubleValue();
        };
    }

    /// The paths of the fields that are given, be they null, as far as the contract lets a mask name them.
    private List<String> given(Map<String, Object> given, String prefix, Set<String> allowed) {
        var paths = new ArrayList<String>();
        given.forEach((name, value) -> {
            var argument = arguments.get(name);
            if (argument == null || argument.path().isEmpty()) {
                return;
            }
            var path = prefix + argument.field().getName();
            if (allowed.contains(path)) {
                paths.add(path);
            } else if (argument.object() != null && value != null) {
                paths.addAll(argument.object().given(object(value), path + '.', allowed));
            }
        });
        return paths;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }
}
