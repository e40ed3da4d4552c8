package org.aula.migrate;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The keys with which services sign tokens for each other, the key that seals page tokens, and the secret by
/// which services know the edge.
final class ServiceKeys {

    private static final int KEY_BYTES = 32;

    private final Secrets secrets;

    ServiceKeys(Secrets secrets) {
        this.secrets = secrets;
    }

    /// Makes what is absent: `services/<name>.jwk` (EC P-256 private JWK, its `kid` the service's name),
    /// `services/jwks.json` (their public halves), `page-token.key` (base64) and `edge.key` (base64url).
    void ensure(Collection<String> services) {
        List<JWK> keys = new ArrayList<>();
        for (String service : services) {
            keys.add(parse(secrets.ensure("services/" + service + ".jwk", () -> generate(service))));
        }
        String published = new JWKSet(keys).toString(true);
        if (!secrets.read("services/jwks.json").equals(Optional.of(published))) {
            secrets.write("services/jwks.json", published);
        }
        secrets.ensure("page-token.key", () -> Base64.getEncoder().encodeToString(secrets.randomBytes(KEY_BYTES)));
        secrets.ensure("edge.key", () -> Secrets.text(secrets.randomBytes(KEY_BYTES)));
    }

    private static String generate(String service) {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(service)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .generate()
                    .toJSONString();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey parse(String jwk) {
        try {
            return ECKey.parse(jwk);
        } catch (ParseException e) {
            throw new MigrationException("A service's key is not an EC JWK: " + e.getMessage(), e);
        }
    }
}
