package org.aula.kernel.token;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.call.Caller;

/// The rights in a token: when they were read, and the keys under which `auth` publishes changes of them.
///
/// @param readMillis milliseconds since 1970
/// @param keys the account, the session and the roles; a partner's id as an account's; none for services
record Rights(long readMillis, List<String> keys) {

    static Rights of(Caller caller, long readMillis) {
        var keys = new ArrayList<String>();
        if (caller instanceof Caller.User user) {
            keys.add(account(user.id()));
            if (user.sessionId() != null) {
                keys.add(session(user.sessionId()));
            }
            user.roles().forEach(role -> keys.add(role(role)));
        } else if (caller instanceof Caller.Partner partner) {
            keys.add(account(partner.id()));
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
