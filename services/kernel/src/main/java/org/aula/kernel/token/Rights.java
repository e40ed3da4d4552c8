package org.aula.kernel.token;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.call.Caller;

/// The rights in a token: when they were read, and by which names `auth` would tell of their change.
///
/// @param readMillis milliseconds since 1970
/// @param keys the account, the session and the roles; none for a caller who is no user
record Rights(long readMillis, List<String> keys) {

    static Rights of(Caller caller, long readMillis) {
        var keys = new ArrayList<String>();
        if (caller instanceof Caller.User user) {
            keys.add(account(user.id()));
            if (user.sessionId() != null) {
                keys.add(session(user.sessionId()));
            }
            user.roles().forEach(role -> keys.add(role(role)));
        }
        return new Rights(readMillis, List.copyOf(keys));
    }

    static String account(UUID id) {
        return "account " + id;
    }

    static String session(UUID id) {
        return "session " + id;
    }

    static String role(String name) {
        return "role " + name;
    }
}
