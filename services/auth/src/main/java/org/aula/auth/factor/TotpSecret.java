package org.aula.auth.factor;

import com.google.common.io.BaseEncoding;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// What an authenticator app is told, once.
///
/// @param base32 for typing in
/// @param uri the same as an `otpauth://` URI, for a QR code
public record TotpSecret(String base32, String uri) {

    /// What the app of an account is told.
    ///
    /// @param issuer the platform's name in the app
    static TotpSecret of(byte[] secret, String issuer, String account) {
        var base32 = BaseEncoding.base32().omitPadding().encode(secret);
        var uri = "otpauth://totp/" + encode(issuer) + ":" + encode(account) + "?secret=" + base32 + "&issuer="
                + encode(issuer) + "&algorithm=SHA1&digits=" + Totp.DIGITS + "&period=" + Totp.STEP.toSeconds();
        return new TotpSecret(base32, uri);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
