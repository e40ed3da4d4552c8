package org.aula.notifications.delivery;

import org.aula.notifications.letter.Facts;

/// Where a letter goes and what it tells, as it is now.
sealed interface Address {

    /// It goes there.
    record Known(String email, Facts facts) implements Address {}

    /// The letter has nothing to say any more.
    record Gone(String reason) implements Address {}
}
