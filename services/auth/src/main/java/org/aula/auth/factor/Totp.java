package org.aula.auth.factor;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import javax.crypto.spec.SecretKeySpec;

/// Time-based codes (RFC 6238) as every authenticator app makes them: SHA-1, six digits, steps of 30
/// seconds since 1970.
final class Totp {

    /// As long as a SHA-1, which RFC 4226 recommends.
    static final int SECRET_BYTES = 20;

    static final int DIGITS = 6;
    static final Duration STEP = Duration.ofSeconds(30);

    /// How many steps a clock may be off.
    private static final int TOLERANCE = 1;

    private static final String HMAC = TimeBasedOneTimePasswordGenerator.TOTP_ALGORITHM_HMAC_SHA1;
    private static final TimeBasedOneTimePasswordGenerator GENERATOR =
            new TimeBasedOneTimePasswordGenerator(STEP, DIGITS, HMAC);

    private Totp() {}

    /// The code of a moment.
    static String code(byte[] secret, Instant moment) {
        try {
            return GENERATOR.generateOneTimePasswordString(new SecretKeySpec(secret, HMAC), moment);
        } catch (InvalidKeyException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The step around a moment whose code this is, the latest if there are several.
    static OptionalLong stepOf(byte[] secret, String code, Instant moment) {
        var now = moment.getEpochSecond() / STEP.toSeconds();
        return LongStream.rangeClosed(now - TOLERANCE, now + TOLERANCE)
                .filter(step -> isSame(code, code(secret, Instant.ofEpochSecond(step * STEP.toSeconds()))))
                .max();
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
