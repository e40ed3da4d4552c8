package org.aula.notifications.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What `auth` says of where a letter goes.
sealed interface Address {

    /// It goes there.
    ///
    /// @param link empty for notices
    /// @param expires when the link ends; null for notices
    record Known(String email, String link, @Nullable Instant expires) implements Address {}

    /// The letter has nothing to say any more.
    record Gone(String reason) implements Address {}
}
