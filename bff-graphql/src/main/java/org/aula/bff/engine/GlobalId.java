package org.aula.bff.engine;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a Relay id stands for: base64url of `Type:uuid`, without padding. Where several domains have things
/// of a type, it is `Type:domain:uuid`.
///
/// @param type the GraphQL type's name
/// @param id the UUID that the services know, behind the domain where there is one
public record GlobalId(String type, String id) {

    private static final Pattern PARTS = Pattern.compile("(?<type>[^:]+):(?<domain>(?:[a-z]+:)?)(?<uuid>[^:]+)");

    /// The id as clients see it.
    public static String of(String type, String id) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((type + ':' + id).getBytes(StandardCharsets.UTF_8));
    }

    /// The same of an id that may be empty; null then.
    public static @Nullable String ofOrNull(String type, String id) {
        return id.isEmpty() ? null : of(type, id);
    }

    /// Reads an id that a client sent; empty if it is none.
    public static Optional<GlobalId> parse(String globalId) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(globalId), StandardCharsets.UTF_8);
            var parts = PARTS.matcher(text);
            if (!parts.matches()) {
                return Optional.empty();
            }
            var id = UUID.fromString(parts.group("uuid")).toString();
            return Optional.of(new GlobalId(parts.group("type"), parts.group("domain") + id));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    /// Reads the argument of a query.
    ///
    /// @throws RefusedException INVALID_ARGUMENT, ID_INVALID
    public static GlobalId require(String globalId) {
        return parse(globalId)
                .orElseThrow(
                        () -> RefusedException.invalid("ID_INVALID", "'" + globalId + "' is not an id of this API"));
    }

    /// Reads the argument of a query that takes ids of some types only.
    ///
    /// @throws RefusedException INVALID_ARGUMENT, ID_INVALID
    public static String require(String globalId, String... types) {
        var found = require(globalId);
        if (!List.of(types).contains(found.type())) {
            throw RefusedException.invalid(
                    "ID_INVALID", "the id is of a " + found.type() + ", not of a " + String.join(" or ", types));
        }
        return found.id();
    }

    /// Reads the argument of a query that takes any id of a person.
    ///
    /// @throws RefusedException INVALID_ARGUMENT, ID_INVALID
    public static String requirePerson(String globalId) {
        return require(globalId, "User", "Account", "UserSummary");
    }
}
