package org.aula.auth.partner;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.text.ParseException;
import java.util.HashSet;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;

/// Public keys that a partner gave.
final class PartnerKeys {

    private static final int MOST = 5;
    private static final int LEAST_RSA_BITS = 2_048;

    private PartnerKeys() {}

    /// The keys as they are kept.
    ///
    /// @param json a JSON Web Key Set
    /// @throws ServiceException INVALID_ARGUMENT with KEYS_INVALID
    static String requireGood(String json) {
        try {
            var keys = JWKSet.parse(json);
            if (keys.isEmpty() || keys.size() > MOST) {
                throw invalid("1 to " + MOST + " keys are wanted");
            }
            var ids = new HashSet<String>();
            keys.getKeys().forEach(key -> requireGood(key, ids));
            return keys.toString();
        } catch (ParseException malformed) {
            throw invalid("this is no set of JSON Web Keys");
        }
    }

    private static void requireGood(JWK key, HashSet<String> ids) {
        if (key.isPrivate()) {
            throw invalid("only public keys are wanted");
        }
        var strong = key instanceof ECKey || key instanceof RSAKey rsa && rsa.size() >= LEAST_RSA_BITS;
        if (!strong) {
            throw invalid("keys are EC, or RSA from " + LEAST_RSA_BITS + " bits");
        }
        if (key.getKeyID() == null || !ids.add(key.getKeyID())) {
            throw invalid("each key has a kid of its own");
        }
    }

    private static ServiceException invalid(String message) {
        return Errors.invalid(ErrorReason.ERROR_REASON_KEYS_INVALID, "jwks_json", message);
    }
}
