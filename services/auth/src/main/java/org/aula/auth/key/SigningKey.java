package org.aula.auth.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A key that signs access tokens (ES256), with its private part.
///
/// @param signsAt from when on it signs, unless a newer one does
/// @param retiresAt from when on its tokens are refused; null while none has taken its place
record SigningKey(ECKey pair, Instant signsAt, @Nullable Instant retiresAt) {

    String id() {
        return pair.getKeyID();
    }

    boolean signs(Instant now) {
        return !now.isBefore(signsAt);
    }

    boolean isRetired(Instant now) {
        return retiresAt != null && !now.isBefore(retiresAt);
    }

    /// A new key.
    static SigningKey generate(Instant signsAt) {
        try {
            var pair = new ECKeyGenerator(Curve.P_256)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate();
            return new SigningKey(pair, signsAt, null);
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
