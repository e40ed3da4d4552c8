package org.aula.users.user;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.aula.api.users.v1.ErrorReason;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.Errors;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// Users as they are in their rows. What a person or an administrator changes of one is locked, written, told
/// to listeners and to the audit log in one transaction.
@Singleton
final class UserService {

    private final UserRepository users;
    private final UserListRepository list;
    private final UserEvents events;
    private final Database database;
    private final Clock clock;

    UserService(UserRepository users, UserListRepository list, UserEvents events, Database database, Clock clock) {
        this.users = users;
        this.list = list;
        this.events = events;
        this.database = database;
        this.clock = clock;
    }

    /// Those of the users that exist, by their ids.
    Map<UUID, User> findAll(List<UUID> ids) {
        return database.query(() -> users.findAll(ids));
    }

    /// Users, one page and the first of the next.
    List<User> list(UserQuery query) {
        return database.query(() -> list.list(query));
    }

    /// A change that leads nowhere new is not refused for its etag: most likely the first answer got lost.
    ///
    /// @param etag empty changes whatever is there
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with USER_NOT_FOUND, ABORTED with
    ///     ETAG_MISMATCH
    User update(UUID id, String etag, UnaryOperator<UserDetails> description) {
        return database.transact(() -> {
            var before = users.lock(id)
                    .filter(User::isLiving)
                    .orElseThrow(() -> Errors.notFound(ErrorReason.ERROR_REASON_USER_NOT_FOUND, "user not found"));
            var next = before.describe(description.apply(before.details()), Times.now(clock));
            if (next.equals(before)) {
                events.unchanged();
                return before;
            }
            Etags.require(etag, before.version());
            users.update(next);
            events.updated(before, next);
            return next;
        });
    }
}
