package org.aula.auth.account;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which accounts a list shows, the newest first.
///
/// @param status null for every state
/// @param role empty for every role
/// @param prefix how the address or the user name begins; empty for all
/// @param after the last account that was read, or null for the first page
/// @param limit accounts at most
public record AccountQuery(
        @Nullable AccountStatus status,
        String role,
        String prefix,
        @Nullable UUID after,
        int limit) {

    /// What the list's statement compares an account by: ids rise with the time of creation.
    public static List<String> sortKey(Account account) {
        return List.of(account.id().toString());
    }
}
