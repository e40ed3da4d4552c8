package org.aula.bff.engine;

import com.google.protobuf.Timestamp;
import graphql.schema.DataFetchingEnvironment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The `filter` of a list. What is absent filters nothing.
///
/// @param given the values by name
public record Filter(Map<String, Object> given) {

    /// The filter that a field was given.
    public static Filter of(DataFetchingEnvironment environment) {
        var given = Wiring.<Map<String, Object>>argument(environment, "filter");
        return new Filter(given == null ? Map.of() : given);
    }

    /// Text; empty when absent.
    public String text(String name) {
        return given.get(name) instanceof String text ? text : "";
    }

    /// A switch; off when absent.
    public boolean flag(String name) {
        return Boolean.TRUE.equals(given.get(name));
    }

    /// A value of an enumeration; unspecified when absent.
    public <E extends Enum<E>> E choice(String name, Class<E> type) {
        return Values.constant(type, given.get(name) instanceof String choice ? choice : null);
    }

    /// An instant; null when absent.
    public @Nullable Timestamp time(String name) {
        return given.get(name) instanceof Instant time ? Values.toProto(time) : null;
    }

    /// The UUID of a person; empty when absent.
    ///
    /// @throws RefusedException INVALID_ARGUMENT, ID_INVALID
    public String person(String name) {
        var globalId = text(name);
        return globalId.isEmpty() ? "" : GlobalId.requirePerson(globalId);
    }

    /// The UUID behind a global id; empty when absent.
    ///
    /// @throws RefusedException INVALID_ARGUMENT, ID_INVALID
    public String id(String name, String type) {
        var globalId = text(name);
        return globalId.isEmpty() ? "" : GlobalId.require(globalId, type);
    }

    /// The UUIDs behind a list of global ids.
    ///
    /// @throws RefusedException INVALID_ARGUMENT, ID_INVALID
    public List<String> ids(String name, String type) {
        return given.get(name) instanceof List<?> ids
                ? ids.stream()
                        .map(id -> GlobalId.require(String.valueOf(id), type))
                        .toList()
                : List.of();
    }

    /// A number; null when absent.
    public @Nullable Number number(String name) {
        return given.get(name) instanceof Number number ? number : null;
    }

    /// What the services know by a global id, or the text as it is where it is none.
    public String idOrText(String name) {
        var text = text(name);
        return GlobalId.parse(text).map(GlobalId::id).orElse(text);
    }
}
