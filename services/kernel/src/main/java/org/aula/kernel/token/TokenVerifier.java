package org.aula.kernel.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.api.common.v1.ErrorReason;
import org.aula.kernel.call.Caller;
import org.aula.kernel.call.ServiceKeys;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.settings.Settings;
import org.jspecify.annotations.Nullable;

/// Turns a bearer token into the caller it stands for. Tokens are ES256 JWTs of one of two issuers: `aula`
/// for users, `aula-services` for services. A token that was verified once is known by its text until it
/// expires or its key is revoked.
@Singleton
public final class TokenVerifier {

    /// Issuer and audience of users' and partners' access tokens.
    public static final String USER_ISSUER = "aula";

    /// Claim of users' access tokens: when the rights in it were read, in milliseconds since 1970.
    public static final String RIGHTS_CLAIM = "rights_ms";

    /// Claim of users' access tokens, by OpenID Connect's name: whether the account is verified. Absent means
    /// that it is not.
    public static final String VERIFIED_CLAIM = "email_verified";

    /// Claim of partners' access tokens (RFC 9068): the partner's id. Users' have none.
    public static final String CLIENT_CLAIM = "client_id";

    /// Claim of partners' access tokens (RFC 9068): permissions, with spaces between them.
    public static final String SCOPE_CLAIM = "scope";

    /// How far the clocks of two hosts may differ. Less than what the edge allows, so that it knows each token
    /// of a service that services would take.
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(10);

    /// @param rights when the rights in the token were read, and what a change of them would be told of
    private record Verified(Caller caller, String keyId, Rights rights, Instant expires) {}

    private final String service;
    private final UserKeys userKeys;
    private final ServiceKeys serviceKeys;
    private final AccessChanges accessChanges;
    private final Clock clock;
    private final Cache<String, Verified> verified =
            Caffeine.newBuilder().maximumSize(10_000).build();

    TokenVerifier(
            Settings settings, UserKeys userKeys, ServiceKeys serviceKeys, AccessChanges accessChanges, Clock clock) {
        this.service = settings.service();
        this.userKeys = userKeys;
        this.serviceKeys = serviceKeys;
        this.accessChanges = accessChanges;
        this.clock = clock;
    }

    /// The caller that a token stands for.
    ///
    /// @throws ServiceException UNAUTHENTICATED with TOKEN_INVALID, TOKEN_EXPIRED or TOKEN_STALE
    public Caller verify(String token) {
        var known = verified.getIfPresent(token);
        if (known == null) {
            known = verifyAnew(token);
            verified.put(token, known);
        }
        requireLiving(known.expires());
        if (!(known.caller() instanceof Caller.Service)) {
            requireGood(known);
        }
        return known.caller();
    }

    /// Whether a token says, truly or not, that a service signed it.
    public static boolean claimsService(String token) {
        try {
            return ServiceKeys.ISSUER.equals(
                    SignedJWT.parse(token).getJWTClaimsSet().getIssuer());
        } catch (ParseException | IllegalArgumentException malformed) {
            return false;
        }
    }

    private void requireLiving(Instant expires) {
        if (!clock.instant().isBefore(expires)) {
            throw Errors.unauthenticated(
                    ErrorReason.ERROR_REASON_TOKEN_EXPIRED, "the access token has expired; refresh it");
        }
    }

    private void requireGood(Verified known) {
        if (userKeys.find(known.keyId()).isEmpty()) {
            throw invalid();
        }
        if (accessChanges.isStale(known.rights())) {
            throw Errors.unauthenticated(
                    ErrorReason.ERROR_REASON_TOKEN_STALE, "rights changed since the token was issued; refresh it");
        }
    }

    private Verified verifyAnew(String token) {
        try {
            var jwt = SignedJWT.parse(token);
            var claims = jwt.getJWTClaimsSet();
            if (!isCanonical(jwt, token)
                    || !JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())
                    || jwt.getHeader().getKeyID() == null
                    || claims.getExpirationTime() == null
                    || claims.getSubject() == null) {
                throw invalid();
            }
            var expires = claims.getExpirationTime().toInstant();
            // Before the signature: the key of an old token may be gone, and its holder should refresh all
            // the same.
            requireLiving(expires);
            if (isAhead(claims.getNotBeforeTime())) {
                throw invalid();
            }
            var caller = caller(jwt, claims);
            return new Verified(caller, jwt.getHeader().getKeyID(), Rights.of(caller, rightsMillis(claims)), expires);
        } catch (ParseException | JOSEException | IllegalArgumentException malformed) {
            throw invalid();
        }
    }

    /// Whether the token is written in the one way that everybody reads alike. The parser skips what is no
    /// base64url, which the edge takes for the token's end.
    private static boolean isCanonical(SignedJWT jwt, String token) {
        var parts = jwt.getParsedParts();
        return parts.length == 3
                && Arrays.stream(parts)
                        .map(part -> Base64URL.encode(part.decode()).toString())
                        .collect(Collectors.joining("."))
                        .equals(token);
    }

    private boolean isAhead(@Nullable Date time) {
        return time != null && time.toInstant().isAfter(clock.instant().plus(CLOCK_SKEW));
    }

    private Caller caller(SignedJWT jwt, JWTClaimsSet claims) throws ParseException, JOSEException {
        if (USER_ISSUER.equals(claims.getIssuer()) && claims.getAudience().contains(USER_ISSUER)) {
            requireSignature(jwt, userKeys.find(jwt.getHeader().getKeyID()));
            if (claims.getClaim(CLIENT_CLAIM) != null) {
                return new Caller.Partner(UUID.fromString(claims.getSubject()), scopes(claims));
            }
            return new Caller.User(
                    UUID.fromString(claims.getSubject()),
                    set(claims, "roles"),
                    set(claims, "permissions"),
                    session(claims),
                    Boolean.TRUE.equals(claims.getBooleanClaim(VERIFIED_CLAIM)));
        }
        if (ServiceKeys.ISSUER.equals(claims.getIssuer())
                && isShort(claims)
                && claims.getAudience().contains(service)
                && claims.getSubject().equals(jwt.getHeader().getKeyID())) {
            requireSignature(jwt, serviceKeys.find(jwt.getHeader().getKeyID()));
            return new Caller.Service(claims.getSubject());
        }
        throw invalid();
    }

    /// Whether the token of a service is as young and as short as services make them.
    private boolean isShort(JWTClaimsSet claims) {
        var issued = claims.getIssueTime();
        return issued != null
                && !isAhead(issued)
                && !claims.getExpirationTime()
                        .toInstant()
                        .isAfter(issued.toInstant().plus(ServiceKeys.LIFE));
    }

    private static @Nullable UUID session(JWTClaimsSet claims) throws ParseException {
        var session = claims.getStringClaim("sid");
        return session == null ? null : UUID.fromString(session);
    }

    /// When the rights in the token were read; the whole second of its issue when it does not say.
    private static long rightsMillis(JWTClaimsSet claims) throws ParseException {
        var rights = claims.getLongClaim(RIGHTS_CLAIM);
        if (rights != null) {
            return rights;
        }
        return claims.getIssueTime() == null ? 0 : claims.getIssueTime().getTime();
    }

    private static void requireSignature(SignedJWT jwt, Optional<ECKey> key) throws JOSEException {
        if (key.isEmpty() || !jwt.verify(new ECDSAVerifier(key.get()))) {
            throw invalid();
        }
    }

    private static Set<String> set(JWTClaimsSet claims, String name) throws ParseException {
        var values = claims.getStringListClaim(name);
        return values == null ? Set.of() : Set.copyOf(values);
    }

    private static Set<String> scopes(JWTClaimsSet claims) throws ParseException {
        var scopes = claims.getStringClaim(SCOPE_CLAIM);
        return scopes == null || scopes.isEmpty() ? Set.of() : Set.of(scopes.split(" ", -1));
    }

    private static ServiceException invalid() {
        return Errors.unauthenticated(ErrorReason.ERROR_REASON_TOKEN_INVALID, "the token is not valid");
    }
}
