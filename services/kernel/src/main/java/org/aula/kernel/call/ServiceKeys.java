package org.aula.kernel.call;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.aula.kernel.settings.Settings;

/// The keys with which services speak for themselves: this one's own, to sign, and all public ones, to
/// verify.
@Singleton
public final class ServiceKeys {

    /// Issuer of tokens that services sign. The edge refuses it from outside.
    public static final String ISSUER = "aula-services";

    /// The longest that a token of a service may be good for.
    public static final Duration LIFE = Duration.ofSeconds(60);

    private static final Duration RENEW_BEFORE = Duration.ofSeconds(20);

    private record Token(String text, Instant expires) {}

    private final String service;
    private final ECKey own;
    private final JWKSet all;
    private final Clock clock;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    public ServiceKeys(Settings settings, Clock clock) throws ParseException {
        this.service = settings.service();
        this.own = ECKey.parse(settings.secret("services/" + service + ".jwk"));
        this.all = JWKSet.parse(settings.secret("services/jwks.json"));
        this.clock = clock;
    }

    /// A token by which this service speaks for itself to another.
    public String tokenFor(String callee) {
        var token = tokens.get(callee);
        if (token == null || clock.instant().isAfter(token.expires().minus(RENEW_BEFORE))) {
            token = sign(callee);
            tokens.put(callee, token);
        }
        return token.text();
    }

    /// The public key of this id.
    public Optional<ECKey> find(String keyId) {
        return Optional.ofNullable(all.getKeyByKeyId(keyId)).map(key -> key.toECKey());
    }

    private Token sign(String callee) {
        var now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(service)
                .audience(callee)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .build();
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(own.getKeyID()).build(), claims);
        try {
            jwt.sign(new ECDSASigner(own));
        } catch (JOSEException broken) {
            throw new IllegalStateException("the service's own key does not sign", broken);
        }
        return new Token(jwt.serialize(), now.plus(LIFE));
    }
}
