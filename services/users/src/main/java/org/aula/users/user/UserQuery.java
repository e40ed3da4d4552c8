package org.aula.users.user;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which users a list shows, and in which order.
///
/// @param after sort key of the last user that was read, see [Order#sortKey]; empty for the first page
/// @param limit users at most
record UserQuery(Filter filter, Order order, List<String> after, int limit) {

    /// What a user must be; what is null or empty is not asked for.
    ///
    /// @param text part of the names, or how the address or the user name begins
    /// @param deleted deleted users instead of living ones
    record Filter(
            String text,
            String role,
            String accountStatus,
            @Nullable Instant createdFrom,
            @Nullable Instant createdBefore,
            boolean deleted) {}

    /// Orders of a list. The id decides between equals.
    enum Order {
        NEWEST {
            @Override
            List<String> sortKey(User user) {
                return List.of(user.createdAt().toString(), user.id().toString());
            }
        },
        /// By last name, then first name.
        NAME {
            @Override
            List<String> sortKey(User user) {
                return UserRepository.SORTED.cursor(
                        user.id().toString(),
                        user.details().lastName(),
                        user.details().firstName());
            }
        };

        /// What the list's statement compares a user by.
        abstract List<String> sortKey(User user);
    }
}
