package org.aula.auth.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EncryptedSecretsTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth");

    private static final byte[] SECRET = "a secret".getBytes(StandardCharsets.UTF_8);

    private static EncryptedSecrets seals() {
        return platform.bean("auth", EncryptedSecrets.class);
    }

    @Test
    void whatIsSealedOpensAgainAndNeverLooksTheSame() {
        var sealed = seals().seal("totp ada", SECRET);

        assertThat(seals().open("totp ada", sealed)).isEqualTo(SECRET);
        assertThat(seals().seal("totp ada", SECRET)).isNotEqualTo(sealed);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("a secret");
    }

    @Test
    void whatWasAlteredOrBelongsToSomethingElseDoesNotOpen() {
        var sealed = seals().seal("totp ada", SECRET);
        for (int index = 0; index < sealed.length; index++) {
            var altered = sealed.clone();
            altered[index] ^= 1;
            assertThatThrownBy(() -> seals().open("totp ada", altered)).isInstanceOf(IllegalStateException.class);
        }

        assertThatThrownBy(() -> seals().open("totp bob", sealed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> seals().open("totp ada", new byte[0])).isInstanceOf(IllegalStateException.class);
    }
}
