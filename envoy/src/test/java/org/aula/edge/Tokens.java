package org.aula.edge;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/// Signs tokens with a key of its own.
final class Tokens {

    private final ECKey key;

    Tokens(String keyId) throws JOSEException {
        key = new ECKeyGenerator(Curve.P_256)
                .keyID(keyId)
                .algorithm(JWSAlgorithm.ES256)
                .generate();
    }

    String publicKeys() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    String token(String issuer, String subject, String audience, Instant now) throws JOSEException {
        return sign(claims(issuer, subject, audience, now));
    }

    /// The token of a partner.
    String partner(String id, Instant now) throws JOSEException {
        return sign(claims("aula", id, "aula", now).claim("client_id", id));
    }

    private static JWTClaimsSet.Builder claims(String issuer, String subject, String audience, Instant now) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(subject)
                .audience(audience)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(1))));
    }

    private String sign(JWTClaimsSet.Builder claims) throws JOSEException {
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims.build());
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }
}
