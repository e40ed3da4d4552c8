package org.aula.auth.factor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class TotpTest {

    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /// RFC 6238, appendix B, SHA-1, of which six digits are the last of eight.
    @Test
    void codesAreThoseOfTheStandard() {
        Map.of(
                        59L, "94287082",
                        1111111109L, "07081804",
                        1111111111L, "14050471",
                        1234567890L, "89005924",
                        2000000000L, "69279037",
                        20000000000L, "65353130")
                .forEach((second, code) -> assertThat(Totp.code(SECRET, Instant.ofEpochSecond(second)))
                        .isEqualTo(code.substring(2)));
    }

    @Test
    void aCodeIsGoodOneStepBeforeAndAfterItsOwn() {
        var moment = Instant.ofEpochSecond(1111111111L);
        var code = Totp.code(SECRET, moment);
        var step = 1111111111L / 30;

        for (var off : new long[] {-30, 0, 30}) {
            assertThat(Totp.stepOf(SECRET, code, moment.plusSeconds(off))).hasValue(step);
        }
        for (var off : new long[] {-60, 60, 3600}) {
            assertThat(Totp.stepOf(SECRET, code, moment.plusSeconds(off))).isEmpty();
        }
        assertThat(Totp.stepOf(SECRET, "000000", moment)).isEmpty();
    }

    @Test
    void theUriIsWhatAuthenticatorAppsRead() {
        var secret = TotpSecret.of(SECRET, "Aula", "ada+1@test.example");

        assertThat(secret.base32()).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assertThat(secret.uri())
                .isEqualTo("otpauth://totp/Aula:ada%2B1%40test.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                        + "&issuer=Aula&algorithm=SHA1&digits=6&period=30");
    }

    @Test
    void recoveryCodesAreTenOfEightyBitsAndReadHoweverTheyAreWritten() {
        var codes = RecoveryCodes.generate();

        assertThat(new HashSet<>(codes)).hasSize(10);
        assertThat(codes).allMatch(code -> Pattern.matches("([A-Z2-7]{4}-){3}[A-Z2-7]{4}", code));
        var code = codes.getFirst();
        assertThat(RecoveryCodes.hash(code.toLowerCase(java.util.Locale.ROOT).replace('-', ' ')))
                .isEqualTo(RecoveryCodes.hash(code));
        assertThat(RecoveryCodes.hash(codes.getLast())).isNotEqualTo(RecoveryCodes.hash(code));
    }
}
