package org.aula.kernel.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.token.TokenVerifier;
import org.aula.kernel.token.UserKeys;

/// A key of the test's own that signs users' tokens, for tests that run without `auth`.
final class TestUserKeys implements UserKeys {

    private final ECKey key = generate("test");

    @Override
    public Optional<ECKey> find(String keyId) {
        return keyId.equals(key.getKeyID()) ? Optional.of(key.toPublicJWK()) : Optional.empty();
    }

    String token(UUID userId, List<String> permissions, Clock clock, Duration life) {
        return sign(key, TokenVerifier.USER_ISSUER, userId.toString(), permissions, clock, life);
    }

    /// Of somebody whose account is not verified, as far as a token can tell that says nothing of it.
    String unverified(UUID userId, List<String> permissions, Clock clock) {
        var claims = claims(TokenVerifier.USER_ISSUER, userId.toString(), permissions, clock, Duration.ofMinutes(15))
                .claim(TokenVerifier.VERIFIED_CLAIM, null);
        return sign(key, claims.build());
    }

    /// A token that says of which session it is and when its rights were read.
    String token(UUID userId, List<String> roles, UUID sessionId, long rightsMillis, Clock clock) {
        var claims = claims(TokenVerifier.USER_ISSUER, userId.toString(), List.of(), clock, Duration.ofMinutes(15))
                .claim("roles", roles)
                .claim("sid", sessionId.toString())
                .claim(TokenVerifier.RIGHTS_CLAIM, rightsMillis);
        return sign(key, claims.build());
    }

    /// As a stranger would forge it: the right claims and key id, another key.
    String forged(UUID userId, List<String> permissions, Clock clock) {
        return sign(
                generate("test"),
                TokenVerifier.USER_ISSUER,
                userId.toString(),
                permissions,
                clock,
                Duration.ofMinutes(5));
    }

    private static String sign(
            ECKey key, String issuer, String subject, List<String> permissions, Clock clock, Duration life) {
        return sign(key, claims(issuer, subject, permissions, clock, life).build());
    }

    private static JWTClaimsSet.Builder claims(
            String issuer, String subject, List<String> permissions, Clock clock, Duration life) {
        var now = clock.instant();
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(issuer)
                .subject(subject)
                .claim("roles", List.of())
                .claim("permissions", permissions)
                .claim("sid", UUID.randomUUID().toString())
                .claim(TokenVerifier.VERIFIED_CLAIM, true)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(life)));
    }

    private static String sign(ECKey key, JWTClaimsSet claims) {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
        try {
            jwt.sign(new ECDSASigner(key));
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
        return jwt.serialize();
    }

    private static ECKey generate(String keyId) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(keyId).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
