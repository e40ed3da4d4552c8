package org.aula.auth.factor;

import com.google.common.base.Splitter;
import com.google.common.io.BaseEncoding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Codes for those whose authenticator app is lost: ten of 80 random bits each, written in base32 as
/// `XXXX-XXXX-XXXX-XXXX`.
final class RecoveryCodes {

    private static final int COUNT = 10;
    private static final int BYTES = 10;
    private static final int GROUP = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RecoveryCodes() {}

    /// New codes as they are shown.
    static List<String> generate() {
        return Stream.generate(RecoveryCodes::generateOne).limit(COUNT).toList();
    }

    /// What is kept of a code, however its owner writes it: small letters, spaces and dashes do not
    /// matter.
    static byte[] hash(String code) {
        var letters = code.toUpperCase(Locale.ROOT).replaceAll("[\\s-]", "");
        try {
            return MessageDigest.getInstance("SHA-256").digest(letters.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String generateOne() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return String.join(
                "-", Splitter.fixedLength(GROUP).split(BaseEncoding.base32().encode(bytes)));
    }
}
