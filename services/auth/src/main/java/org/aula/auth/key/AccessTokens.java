package org.aula.auth.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.aula.auth.account.Account;
import org.aula.kernel.token.TokenVerifier;

/// Writes users' access tokens.
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
        var key = keys.current();
        var claims = new JWTClaimsSet.Builder()
                .issuer(TokenVerifier.USER_ISSUER)
                .audience(TokenVerifier.USER_ISSUER)
                .subject(account.id().toString())
                .claim("roles", account.roles())
                .claim("permissions", account.permissions())
                .claim("sid", sessionId.toString())
                .claim(TokenVerifier.RIGHTS_CLAIM, rightsMillis)
                .claim(TokenVerifier.VERIFIED_CLAIM, account.status().isVerified())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expires))
                .build();
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
