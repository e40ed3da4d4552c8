package org.aula.auth.key;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.ParseException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.aula.kernel.settings.Settings;

/// Secrets as they may lie in the database: AES-256-GCM under a key that is not there. What is sealed
/// for one purpose and owner does not open for another.
@Singleton
public final class EncryptedSecrets {

    /// First byte of what is sealed, so that another way of sealing can come beside this one.
    private static final byte VERSION = 1;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String CIPHER = "AES/GCM/NoPadding";

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    EncryptedSecrets(Settings settings) throws ParseException, GeneralSecurityException {
        this.key = RootKey.derive(settings, "AES", "aula auth seals");
    }

    /// Seals a secret.
    ///
    /// @param purpose what it is and whose, such as `totp <account id>`
    public byte[] seal(String purpose, byte[] secret) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var sealed = crypt(Cipher.ENCRYPT_MODE, purpose, nonce, secret);
        return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                .put(VERSION)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /// Opens what was sealed for the same purpose.
    ///
    /// @throws IllegalStateException when it was altered, or sealed under another key or for another
    ///     purpose
    public byte[] open(String purpose, byte[] sealed) {
        var buffer = ByteBuffer.wrap(sealed);
        if (sealed.length <= 1 + NONCE_BYTES || buffer.get() != VERSION) {
            throw new IllegalStateException("this was not sealed here: " + purpose);
        }
        var nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        var rest = new byte[buffer.remaining()];
        buffer.get(rest);
        return crypt(Cipher.DECRYPT_MODE, purpose, nonce, rest);
    }

    private byte[] crypt(int mode, String purpose, byte[] nonce, byte[] text) {
        try {
            var cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("a secret does not open: " + purpose, broken);
        }
    }
}
