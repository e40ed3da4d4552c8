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
        /// By the first characters of the names, see [#NAME_LENGTH].
        NAME {
            @Override
            List<String> sortKey(User user) {
                return List.of(
                        beginning(user.details().lastName()),
                        beginning(user.details().firstName()),
                        user.id().toString());
            }
        };

        /// What the list's statement compares a user by.
        abstract List<String> sortKey(User user);
    }

    /// Characters of a name that decide its place; with all of them a token could outgrow its bound.
    static final int NAME_LENGTH = 40;

    private static String beginning(String name) {
        var characters = Math.min(NAME_LENGTH, name.codePointCount(0, name.length()));
        return name.substring(0, name.offsetByCodePoints(0, characters));
    }
}
