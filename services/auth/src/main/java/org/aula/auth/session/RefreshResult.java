package org.aula.auth.session;

import java.util.UUID;
import org.aula.auth.account.Account;

/// How a refresh ended. Its effect is committed in each case, so refusals are values here and
/// thrown afterwards.
sealed interface RefreshResult {

    /// The session goes on with this token.
    ///
    /// @param rightsMillis when the account's rights were read, see
    ///     [org.aula.auth.access.RightsLockRepository#beginReading]
    /// @param token in clear
    record Granted(Account account, long rightsMillis, String token, RefreshToken kept) implements RefreshResult {}

    /// The token is unknown, expired or revoked.
    record Invalid() implements RefreshResult {}

    /// The token was used before; its session has ended now.
    record Reused(UUID accountId, UUID familyId) implements RefreshResult {}
}
