package org.aula.notifications.delivery;

import org.aula.notifications.email.Facts;

/// Where an email goes and what it tells, as it is now.
sealed interface Address {

    /// It goes there.
    record Known(String email, Facts facts) implements Address {}

    /// The email has nothing to say any more.
    record Gone(String reason) implements Address {}
}
