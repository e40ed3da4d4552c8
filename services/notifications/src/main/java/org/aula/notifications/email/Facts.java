package org.aula.notifications.email;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What an email tells.
///
/// @param time when it happened
/// @param link empty for notices
/// @param expires when the link, or what it leads to, ends; null for notices and for what has no end
/// @param course its title; empty when the email is about none
/// @param number of a certificate; empty when the email is about none
public record Facts(Instant time, String link, @Nullable Instant expires, String course, String number) {

    /// What is about an account.
    ///
    /// @param link empty for notices
    /// @param expires when the link ends; null for notices
    public static Facts ofAccount(Instant time, String link, @Nullable Instant expires) {
        return new Facts(time, link, expires, "", "");
    }
}
