package org.aula.bff.engine;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a Relay id stands for: base64url of `Type:uuid`, without padding. Where several domains have things
/// of a type, it is `Type:domain:uuid`. What is one of its kind for several things is named by all of them, as
/// the grade of a learner in a course is by `CourseGrade:course:learner`; a number may follow. What has a name
/// in place of a UUID is named by that, as `Role:name` is.
///
/// @param type the GraphQL type's name
/// @param id what the services know it by: UUIDs, behind the domain where there is one, divided by colons
public record GlobalId(String type, String id) {

    private static final String UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final Pattern BY_UUID =
            Pattern.compile("[A-Za-z]+:((?:[a-z]+:)?" + UUID + "(?::" + UUID + "){0,2}(?::[1-9][0-9]{0,8})?)");
    private static final Pattern BY_NAME = Pattern.compile("(?:Role|Permission):([a-z][a-z0-9_:]*)");

    /// The id as clients see it.
    ///
    /// @param parts what it is named by, one or several
    public static String of(String type, String... parts) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((type + ':' + String.join(":", parts)).getBytes(StandardCharsets.UTF_8));
    }

    /// The same of an id that may be empty; null then.
    public static @Nullable String ofOrNull(String type, String id) {
        return id.isEmpty() ? null : of(type, id);
    }

    /// Reads an id that a client sent; empty if it is none.
    public static Optional<GlobalId> parse(String globalId) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(globalId), StandardCharsets.UTF_8);
            var type = text.substring(0, Math.max(text.indexOf(':'), 0));
            return Stream.of(BY_UUID, BY_NAME)
                    .map(pattern -> pattern.matcher(text))
                    .filter(Matcher::matches)
                    .map(found -> new GlobalId(type, found.group(1).toLowerCase(Locale.ROOT)))
                    .findFirst();
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    /// What it is named by.
    ///
    /// @param count how many parts an id of this type has
    /// @throws RefusedException INVALID_ARGUMENT, ID_INVALID, if it has another number of them
    public List<String> parts(int count) {
        var parts = isName() ? List.of(id) : List.of(id.split(":", -1));
        if (parts.size() != count) {
            throw RefusedException.invalid("ID_INVALID", "the id is not one of a " + type);
        }
        return parts;
    }

    /// The UUID of the thing itself, behind those of what it belongs to; its name where it has one.
    String own() {
        return isName() ? id : id.substring(id.lastIndexOf(':') + 1);
    }

    private boolean isName() {
        return BY_NAME.matcher(type + ':' + id).matches();
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
