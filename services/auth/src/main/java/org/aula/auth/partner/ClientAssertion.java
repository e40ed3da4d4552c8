package org.aula.auth.partner;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a partner signs to show who it is: `private_key_jwt` of RFC 7523.
///
/// @param partnerId whom it is of, by its own word
/// @param id tells it from all others of that partner
record ClientAssertion(UUID partnerId, String id, Instant expires, SignedJWT jwt) {

    static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.PS256, JWSAlgorithm.RS256);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final int LONGEST_ID = 255;

    /// Reads what does not need the key.
    ///
    /// @param audiences this server, by the names that it has
    /// @throws OAuthException invalid_client
    static ClientAssertion read(String text, Set<String> audiences, Instant now) {
        try {
            var jwt = SignedJWT.parse(text);
            var claims = jwt.getJWTClaimsSet();
            var subject = claims.getSubject();
            if (subject == null || !subject.equals(claims.getIssuer())) {
                throw refused("iss and sub are both the client_id");
            }
            if (claims.getAudience().stream().noneMatch(audiences::contains)) {
                throw refused("aud is not this server");
            }
            var id = claims.getJWTID();
            if (id == null || id.isEmpty() || id.length() > LONGEST_ID) {
                throw refused("jti is missing or too long");
            }
            return new ClientAssertion(UUID.fromString(subject), id, requireTime(claims, now), jwt);
        } catch (ParseException | IllegalArgumentException malformed) {
            throw refused("the assertion is malformed");
        }
    }

    /// @param jwks the partner's keys; null for none
    /// @throws OAuthException invalid_client
    void requireSignature(@Nullable String jwks) {
        try {
            var header = jwt.getHeader();
            var key = jwks == null ? null : JWKSet.parse(jwks).getKeyByKeyId(header.getKeyID());
            if (!ALGORITHMS.contains(header.getAlgorithm())
                    || !(key instanceof AsymmetricJWK asymmetric)
                    || !jwt.verify(
                            new DefaultJWSVerifierFactory().createJWSVerifier(header, asymmetric.toPublicKey()))) {
                throw refused("no key of the partner has signed the assertion");
            }
        } catch (JOSEException | ParseException unfit) {
            throw refused("no key of the partner has signed the assertion");
        }
    }

    private static Instant requireTime(JWTClaimsSet claims, Instant now) {
        var expires = claims.getExpirationTime();
        if (expires == null
                || expires.toInstant().isBefore(now.minus(SKEW))
                || expires.toInstant().isAfter(now.plus(LONGEST).plus(SKEW))) {
            throw refused("exp is at most five minutes from now");
        }
        var notBefore = claims.getNotBeforeTime();
        if (notBefore != null && notBefore.toInstant().isAfter(now.plus(SKEW))) {
            throw refused("nbf is to come");
        }
        // As long as it could be used again.
        return expires.toInstant().plus(SKEW);
    }

    private static OAuthException refused(String description) {
        return OAuthException.invalidClient(description);
    }
}
