package org.aula.auth.key;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.aula.kernel.settings.Settings;

/// Codes that only this service can make, the same for the same text: HMAC-SHA256 under a key
/// derived (HKDF) from the service's own private key. That key is a file and not in the database,
/// so whoever reads the database can make none.
@Singleton
public final class HmacTokens {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKey key;

    HmacTokens(Settings settings) throws ParseException, GeneralSecurityException {
        this.key = RootKey.derive(settings, ALGORITHM, "aula auth codes");
    }

    /// The code of a text: 43 characters of base64url.
    ///
    /// @param purpose keeps the codes of one use apart from those of another
    public String code(String purpose, String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((purpose + "\n").getBytes(StandardCharsets.UTF_8));
            var code = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
