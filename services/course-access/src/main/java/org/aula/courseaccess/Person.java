package org.aula.courseaccess;

import java.util.UUID;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.call.Caller;
import org.jspecify.annotations.Nullable;

/// Who asks, as far as it decides which courses there are and what of them may be read.
///
/// @param id the user, or null for a visitor or a service
/// @param seesAll whether every course exists and every lesson is open, as for reviewers
public record Person(@Nullable UUID id, boolean seesAll) {

    private static final String REVIEWER = "courses:read";

    /// Who makes the call in progress. Holders of `courses:read` and services see all, and so does whoever a
    /// permission let into this method, for whom the contract opens every resource.
    public static Person calling() {
        var scope = CallScope.current();
        return switch (scope.caller()) {
            case Caller.Anonymous ignored -> new Person(null, scope.seesAll());
            case Caller.User user -> new Person(user.id(), scope.seesAll() || user.holds(REVIEWER));
            case Caller.Partner partner -> new Person(null, scope.seesAll() || partner.holds(REVIEWER));
            case Caller.Service ignored -> new Person(null, true);
        };
    }

    /// Whether courses of this instructor exist for them in every state, with all lessons at any time.
    public boolean seesAllOf(UUID instructorId) {
        return seesAll || instructorId.equals(id);
    }
}
