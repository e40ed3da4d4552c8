package org.aula.auth.key;

import com.github.f4b6a3.uuid.UuidCreator;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.aula.auth.account.Account;
import org.aula.kernel.token.TokenVerifier;

/// Writes access tokens of users and partners.
@Singleton
public final class AccessTokens {

    private final SigningKeys keys;

    AccessTokens(SigningKeys keys) {
        this.keys = keys;
    }

    /// A signed token with an account's roles and permissions, and whether it is verified.
    ///
    /// @param sessionId the session's family of refresh tokens
    /// @param rightsMillis when the account was read, see
    ///     [org.aula.auth.access.RightsLockRepository#beginReading]
    /// @param expires whole seconds count
    public String issue(Account account, UUID sessionId, long rightsMillis, Instant now, Instant expires) {
        return sign(claims(account.id(), rightsMillis, now, expires)
                .claim("roles", account.roles())
                .claim("permissions", account.permissions())
                .claim("sid", sessionId.toString())
                .claim(TokenVerifier.VERIFIED_CLAIM, account.status().isVerified())
                .build());
    }

    /// A signed token of a partner.
    ///
    /// @param rightsMillis when the partner was read, as for users
    /// @param expires whole seconds count
    public String issue(UUID partnerId, List<String> scopes, long rightsMillis, Instant now, Instant expires) {
        return sign(claims(partnerId, rightsMillis, now, expires)
                .claim(TokenVerifier.CLIENT_CLAIM, partnerId.toString())
                .claim(TokenVerifier.SCOPE_CLAIM, String.join(" ", scopes))
                .jwtID(UuidCreator.getTimeOrderedEpoch().toString())
                .build());
    }

    private static JWTClaimsSet.Builder claims(UUID subject, long rightsMillis, Instant now, Instant expires) {
        return new JWTClaimsSet.Builder()
                .issuer(TokenVerifier.USER_ISSUER)
                .audience(TokenVerifier.USER_ISSUER)
                .subject(subject.toString())
                .claim(TokenVerifier.RIGHTS_CLAIM, rightsMillis)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expires));
    }

    private String sign(JWTClaimsSet claims) {
        var key = keys.current();
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException broken) {
            throw new IllegalStateException("the signing key does not sign", broken);
        }
        return token.serialize();
    }
}
