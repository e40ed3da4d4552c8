package org.aula.kernel.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.util.Map;
import org.aula.kernel.call.ServiceKeys;
import org.aula.kernel.settings.Settings;

/// Tokens of services that do not run in a test.
final class ServiceTokens {

    private ServiceTokens() {}

    static ServiceKeys of(String service, Map<String, String> environment, Clock clock) {
        try {
            return new ServiceKeys(new Settings(service, environment), clock);
        } catch (ParseException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static String sign(String service, Map<String, String> environment, JWTClaimsSet claims) {
        try {
            var key = ECKey.parse(new Settings(service, environment).secret("services/" + service + ".jwk"));
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (ParseException | JOSEException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
