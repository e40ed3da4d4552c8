package org.aula.bff.engine;

import com.google.common.base.CaseFormat;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The `input` of a mutation, or an object inside it. What is wrong with it before any service is asked is
/// collected, so that the user learns of all of it at once.
public final class Input {

    private final Map<String, Object> values;
    private final List<String> path;
    private final List<Map<String, Object>> problems;
    private final @Nullable String viewerId;

    private Input(
            Map<String, Object> values,
            List<String> path,
            List<Map<String, Object>> problems,
            @Nullable String viewerId) {
        this.values = values;
        this.path = path;
        this.problems = problems;
        this.viewerId = viewerId;
    }

    /// @param values what the client sent
    /// @param viewerId who is signed in, as their token claims
    static Input of(Map<String, Object> values, @Nullable String viewerId) {
        return new Input(values, List.of("input"), new ArrayList<>(), viewerId);
    }

    /// What is wrong, as `UserError`s.
    List<Map<String, Object>> problems() {
        return problems;
    }

    /// Whether a field was given, be it null.
    public boolean has(String field) {
        return values.containsKey(field);
    }

    /// Whether a field was given and is not null.
    public boolean hasValue(String field) {
        return values.get(field) != null;
    }

    /// Notes when more than one of these fields has a value: the contract holds one, the others would be
    /// lost.
    public void atMostOne(String... fields) {
        var given = Stream.of(fields).filter(this::hasValue).toList();
        if (given.size() > 1) {
            problem(given.getLast(), "VALIDATION_FAILED", "only one of " + String.join(", ", fields) + " may be given");
        }
    }

    /// Which fields of a resource change: those that were given, be it null.
    ///
    /// @param others fields of the input that are not the resource's
    public FieldMask mask(String... others) {
        var mask = FieldMask.newBuilder();
        values.keySet().stream()
                .filter(field -> !List.of(others).contains(field))
                .forEach(field -> mask.addPaths(CaseFormat.LOWER_CAMEL.to(CaseFormat.LOWER_UNDERSCORE, field)));
        return mask.build();
    }

    /// The same for the fields of an object inside, which the contract names behind the object's name.
    public FieldMask maskWith(String child, String... others) {
        var outside = new ArrayList<>(List.of(others));
        outside.add(child);
        var mask = mask(outside.toArray(String[]::new)).toBuilder();
        var inside = child(child);
        if (inside != null) {
            var prefix = CaseFormat.LOWER_CAMEL.to(CaseFormat.LOWER_UNDERSCORE, child) + '.';
            inside.mask().getPathsList().forEach(path -> mask.addPaths(prefix + path));
        }
        return mask.build();
    }

    /// Text; empty when absent.
    public String text(String field) {
        return values.get(field) instanceof String text ? text : "";
    }

    /// A list of texts; empty when absent.
    public List<String> texts(String field) {
        return values.get(field) instanceof List<?> texts
                ? texts.stream().map(String::valueOf).toList()
                : List.of();
    }

    /// A whole number; 0 when absent.
    public int number(String field) {
        return Math.toIntExact(longNumber(field));
    }

    /// A whole number; 0 when absent.
    public long longNumber(String field) {
        return values.get(field) instanceof Number number ? number.longValue() : 0;
    }

    /// A number with a fraction; 0 when absent.
    public double fraction(String field) {
        return values.get(field) instanceof Number number ? number.doubleValue() : 0;
    }

    /// A switch; off when absent.
    public boolean flag(String field) {
        return Boolean.TRUE.equals(values.get(field));
    }

    /// A span of time; null when absent.
    public @Nullable Duration span(String field) {
        return values.get(field) instanceof java.time.Duration span ? Values.toProto(span) : null;
    }

    /// A day; null when absent.
    public com.google.type.@Nullable Date day(String field) {
        return values.get(field) instanceof LocalDate day ? Values.toProto(day) : null;
    }

    /// A JSON object; null when absent.
    public @Nullable Struct json(String field) {
        return values.get(field) instanceof Struct json ? json : null;
    }

    /// A value of an enumeration; unspecified when absent.
    public <E extends Enum<E>> E choice(String field, Class<E> type) {
        return Values.constant(type, values.get(field) instanceof String name ? name : null);
    }

    /// The UUID behind a global id; empty when absent or wrong, and then it is noted.
    public String id(String field, String... types) {
        if (!(values.get(field) instanceof String globalId)) {
            return "";
        }
        var id = GlobalId.parse(globalId).filter(found -> List.of(types).contains(found.type()));
        if (id.isEmpty()) {
            problem(field, "ID_INVALID", "is not the id of a " + String.join(" or ", types));
        }
        return id.map(GlobalId::id).orElse("");
    }

    /// The UUIDs behind a list of global ids; each that is wrong is noted.
    public List<String> ids(String field, String... types) {
        if (!(values.get(field) instanceof List<?> globalIds)) {
            return List.of();
        }
        var ids = new ArrayList<String>();
        for (var index = 0; index < globalIds.size(); index++) {
            var id = GlobalId.parse(String.valueOf(globalIds.get(index)))
                    .filter(found -> List.of(types).contains(found.type()));
            if (id.isPresent()) {
                ids.add(id.get().id());
            } else {
                problems.add(UserErrors.of(
                        join(path, List.of(field, Integer.toString(index))),
                        "ID_INVALID",
                        "is not the id of a " + String.join(" or ", types)));
            }
        }
        return ids;
    }

    /// An instant; null when absent.
    public @Nullable Timestamp time(String field) {
        return values.get(field) instanceof Instant time ? Values.toProto(time) : null;
    }

    /// The UUID of a person: of the one that is given, else of who is signed in. Empty for visitors, whom the
    /// services refuse, and when it is wrong, and then it is noted.
    public String person(String field) {
        return values.get(field) == null && viewerId != null ? viewerId : id(field, GlobalId.PERSON);
    }

    /// The key of this request: the given UUID, or a new one.
    public String requestId() {
        var given = text("requestId");
        if (given.isEmpty()) {
            return UUID.randomUUID().toString();
        }
        try {
            return UUID.fromString(given).toString();
        } catch (IllegalArgumentException malformed) {
            problem("requestId", "VALIDATION_FAILED", "must be a UUID");
            return "";
        }
    }

    /// An object inside; null when absent.
    public @Nullable Input child(String field) {
        return values.get(field) instanceof Map<?, ?> child ? inner(child, List.of(field)) : null;
    }

    /// The objects of a list inside; empty when absent.
    public List<Input> children(String field) {
        if (!(values.get(field) instanceof List<?> list)) {
            return List.of();
        }
        var children = new ArrayList<Input>();
        for (var index = 0; index < list.size(); index++) {
            if (list.get(index) instanceof Map<?, ?> child) {
                children.add(inner(child, List.of(field, Integer.toString(index))));
            }
        }
        return children;
    }

    private void problem(String field, String code, String message) {
        problems.add(UserErrors.of(join(path, List.of(field)), code, message));
    }

    private Input inner(Map<?, ?> child, List<String> step) {
        var named = new LinkedHashMap<String, Object>();
        child.forEach((name, value) -> named.put(String.valueOf(name), value));
        return new Input(named, join(path, step), problems, viewerId);
    }

    private static List<String> join(List<String> path, List<String> step) {
        var joined = new ArrayList<>(path);
        joined.addAll(step);
        return List.copyOf(joined);
    }
}
