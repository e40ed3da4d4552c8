package org.aula.auth.mail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What an email needs beside its words.
///
/// @param email where it goes
/// @param link a page for the person; empty for notices
/// @param token of the link; empty for notices
/// @param expiresAt when the link ends; null for notices
record Email(
        String email, String link, String token, @Nullable Instant expiresAt) {

    static Email notice(String email) {
        return new Email(email, "", "", null);
    }
}
