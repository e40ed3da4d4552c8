package org.aula.auth.mail;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.aula.auth.key.HmacTokens;

/// Tokens of emails. A token is made of its row's id and a key that only this service has, so that
/// an email that is written again has the same link, although the database keeps no more than its
/// SHA-256.
@Singleton
final class EmailCodes {

    private final HmacTokens codes;

    EmailCodes(HmacTokens codes) {
        this.codes = codes;
    }

    /// The token of a row: 43 characters of base64url.
    String token(EmailKind kind, UUID id) {
        return codes.code("email " + kind, id.toString());
    }

    /// What is kept of the token of a row.
    byte[] hash(EmailKind kind, UUID id) {
        return hash(token(kind, id));
    }

    /// What is kept of a token. A plain hash is enough: a token holds 256 bits that nobody can guess.
    static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
