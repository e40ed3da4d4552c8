package org.aula.users.user;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import org.aula.api.users.v1.ErrorReason;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// Deletes users softly and takes it back, together with their accounts.
///
/// **Order.** The account goes first, and comes back first: `auth` may refuse (the last administrator, an
/// address that is taken by now), and then nothing has happened here. From its OK on there is one
/// direction only: the row follows the account. So the state between both steps says by itself what is left
/// to do: an account that is gone with a living row is a deletion to finish, the reverse a restoration.
///
/// **Repair.** A call that ends between the steps, by a crash or its deadline, was not answered. Whoever
/// repeats it begins with the account again, which `auth` answers as the first time, and finishes; if
/// nobody does, [AccountReconciliationJob] lets the row follow within minutes. Both steps may be repeated
/// by several at once: the row is locked, and only who changes it tells listeners.
@Singleton
final class UserRemoval {

    private final AccountClient accounts;
    private final UserRepository users;
    private final UserEvents events;
    private final Database database;
    private final Clock clock;

    UserRemoval(AccountClient accounts, UserRepository users, UserEvents events, Database database, Clock clock) {
        this.accounts = accounts;
        this.users = users;
        this.events = events;
        this.database = database;
        this.clock = clock;
    }

    /// The etag counts until the account is asked for; what changes after that is deleted with the rest. A
    /// user that is deleted already stays so, whatever the etag.
    ///
    /// @throws ServiceException NOT_FOUND with USER_NOT_FOUND, ABORTED with ETAG_MISMATCH,
    ///     FAILED_PRECONDITION with LAST_ADMIN
    void delete(UUID id, String etag) {
        var user = database.query(() -> users.find(id)).orElseThrow(UserRemoval::notFound);
        if (user.isLiving()) {
            Etags.require(etag, user.version());
        }
        accounts.delete(id);
        settle(id, true, true);
    }

    /// @throws ServiceException NOT_FOUND with USER_NOT_FOUND, ALREADY_EXISTS with EMAIL_TAKEN or
    ///     USERNAME_TAKEN
    User restore(UUID id) {
        if (database.query(() -> users.find(id)).isEmpty()) {
            throw notFound();
        }
        accounts.restore(id);
        return settle(id, false, true);
    }

    /// Lets a row follow its account where a call left it behind.
    void follow(UUID id, boolean gone) {
        settle(id, gone, false);
    }

    private User settle(UUID id, boolean gone, boolean audited) {
        return database.transact(() -> {
            var before = users.lock(id).orElseThrow(UserRemoval::notFound);
            var next = gone ? before.delete(Times.now(clock)) : before.restore(Times.now(clock));
            if (!next.equals(before)) {
                users.update(next);
                tell(next);
            }
            if (audited) {
                events.removalAudited(before, next);
            }
            return next;
        });
    }

    private void tell(User user) {
        if (user.isLiving()) {
            events.restored(user.id());
        } else {
            events.deleted(user.id());
        }
    }

    private static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_USER_NOT_FOUND, "user not found");
    }
}
