package org.aula.auth.session;

import java.security.SecureRandom;
import java.util.Base64;

/// Tokens that nobody can guess: 32 bytes as base64url.
final class RandomToken {

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomToken() {}

    static String next() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
