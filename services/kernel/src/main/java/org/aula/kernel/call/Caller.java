package org.aula.kernel.call;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who calls: nobody known, a user, a partner's program, or a service that acts for itself.
public sealed interface Caller {

    /// A short name that is unique among callers: `anonymous`, a user's id, `partner:<id>` or `service:<name>`.
    String key();

    /// Whether the caller holds a permission such as `courses:write`.
    default boolean holds(String permission) {
        return switch (this) {
            case User user -> user.permissions().contains(permission);
            case Partner partner -> partner.permissions().contains(permission);
            case Anonymous ignored -> false;
            case Service ignored -> false;
        };
    }

    /// Whether the caller is this user.
    default boolean is(UUID userId) {
        return this instanceof User user && user.id().equals(userId);
    }

    /// A visitor without a token.
    record Anonymous() implements Caller {
        @Override
        public String key() {
            return "anonymous";
        }
    }

    /// A signed-in user, as the access token tells.
    ///
    /// @param id the user's id
    /// @param roles names of the roles
    /// @param permissions what roles and grants give, less the denials
    /// @param sessionId the session that the token belongs to, or null when it names none
    /// @param verified whether the account is verified; false too when the token does not say
    record User(
            UUID id,
            Set<String> roles,
            Set<String> permissions,
            @Nullable UUID sessionId,
            boolean verified) implements Caller {
        @Override
        public String key() {
            return id.toString();
        }
    }

    /// A program of a partner that acts for itself. It owns nothing.
    ///
    /// @param id the partner's id
    /// @param permissions the scopes of its token
    record Partner(UUID id, Set<String> permissions) implements Caller {
        @Override
        public String key() {
            return "partner:" + id;
        }
    }

    /// A service that acts for itself.
    ///
    /// @param name the service's name, such as `courses`
    record Service(String name) implements Caller {
        @Override
        public String key() {
            return "service:" + name;
        }
    }
}
