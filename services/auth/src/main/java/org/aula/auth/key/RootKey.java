package org.aula.auth.key;

import com.nimbusds.jose.jwk.ECKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import org.aula.kernel.settings.Settings;

/// The root of this service's secrets: its own private key, a file that is not in the database. Keys
/// for different uses are derived from it by HKDF (RFC 5869), so that none tells of another.
final class RootKey {

    private static final int BYTES = 32;

    private RootKey() {}

    /// A key of 256 bits.
    ///
    /// @param use keeps keys of different uses apart
    static SecretKey derive(Settings settings, String algorithm, String use)
            throws ParseException, GeneralSecurityException {
        var own = ECKey.parse(settings.secret("services/" + settings.service() + ".jwk"));
        return KDF.getInstance("HKDF-SHA256")
                .deriveKey(
                        algorithm,
                        HKDFParameterSpec.ofExtract()
                                .addIKM(own.getD().decode())
                                .thenExpand(use.getBytes(StandardCharsets.UTF_8), BYTES));
    }
}
