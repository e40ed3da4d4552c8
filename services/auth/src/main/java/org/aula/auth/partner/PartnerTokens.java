package org.aula.auth.partner;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.aula.auth.access.RightsLockRepository;
import org.aula.auth.key.AccessTokens;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.settings.Settings;
import org.aula.kernel.time.Times;

/// Gives partners their tokens, to those who show that they are who they say.
///
/// Every method throws [OAuthException].
@Singleton
final class PartnerTokens {

    /// A token.
    ///
    /// @param scopes permissions that it gives
    record Issued(String token, Duration life, List<String> scopes) {}

    private static final String BASIC = "Basic ";
    private static final String UNKNOWN = "the client is unknown or did not authenticate";

    private final PartnerRepository partners;
    private final PartnerSecretRepository secrets;
    private final RightsLockRepository order;
    private final AccessTokens tokens;
    private final Database database;
    private final PartnerSettings settings;
    private final Set<String> audiences;
    private final Clock clock;

    PartnerTokens(
            PartnerRepository partners,
            PartnerSecretRepository secrets,
            RightsLockRepository order,
            AccessTokens tokens,
            Database database,
            PartnerSettings settings,
            Settings environment,
            Clock clock) {
        this.partners = partners;
        this.secrets = secrets;
        this.order = order;
        this.tokens = tokens;
        this.database = database;
        this.settings = settings;
        this.audiences = Set.of(environment.publicUrl(), ServerMetadata.tokenEndpoint(environment.publicUrl()));
        this.clock = clock;
    }

    /// @param authorization the header; empty when there is none
    Issued issue(String authorization, TokenForm form) {
        if (!form.require("grant_type").equals("client_credentials")) {
            throw OAuthException.unsupportedGrantType();
        }
        var now = Times.now(clock);
        // Rights first, then the partner's row: revoking waits in the same order.
        return database.transact(() -> {
            var rightsMillis = order.beginReading();
            var partner = authorization.isEmpty() ? byAssertion(form, now) : bySecret(authorization, form, now);
            var scopes = scopes(partner, form);
            partners.used(partner.id(), now);
            var life = settings.partnerTokenLife();
            return new Issued(tokens.issue(partner.id(), scopes, rightsMillis, now, now.plus(life)), life, scopes);
        });
    }

    private Partner bySecret(String authorization, TokenForm form, Instant now) {
        if (form.get("client_assertion") != null || form.get("client_secret") != null) {
            throw OAuthException.invalidRequest("authenticate in one way");
        }
        var named = named(authorization);
        var secret = secrets.list(List.of(named.id())).stream()
                .filter(one -> one.is(named.secret()))
                .findFirst()
                .orElseThrow(() -> OAuthException.invalidClient(UNKNOWN));
        secrets.used(secret.id(), now);
        return require(named.id(), form);
    }

    private Partner byAssertion(TokenForm form, Instant now) {
        if (!ClientAssertion.TYPE.equals(form.get("client_assertion_type"))) {
            throw OAuthException.invalidClient("authenticate by client_secret_basic or private_key_jwt");
        }
        var assertion = ClientAssertion.read(form.require("client_assertion"), audiences, now);
        var partner = require(assertion.partnerId(), form);
        assertion.requireSignature(partner.jwks());
        partners.forgetAssertions(partner.id(), now);
        if (partners.useAssertion(partner.id(), assertion.id(), assertion.expires()) == 0) {
            throw OAuthException.invalidClient("the assertion was used before");
        }
        return partner;
    }

    private Partner require(UUID id, TokenForm form) {
        var named = form.get("client_id");
        if (named != null && !named.equals(id.toString())) {
            throw OAuthException.invalidRequest("client_id is another's");
        }
        return partners.find(id)
                .filter(partner -> !partner.isRevoked())
                .orElseThrow(() -> OAuthException.invalidClient(UNKNOWN));
    }

    private record Named(UUID id, String secret) {}

    private static Named named(String authorization) {
        if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            throw OAuthException.invalidClient("the header authorization is not Basic");
        }
        try {
            var encoded = authorization.substring(BASIC.length()).strip();
            var text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            var colon = text.indexOf(':');
            if (colon < 0) {
                throw OAuthException.invalidClient(UNKNOWN);
            }
            return new Named(
                    UUID.fromString(TokenForm.decode(text.substring(0, colon))),
                    TokenForm.decode(text.substring(colon + 1)));
        } catch (IllegalArgumentException malformed) {
            throw OAuthException.invalidClient(UNKNOWN);
        }
    }

    private static List<String> scopes(Partner partner, TokenForm form) {
        var wanted = form.get("scope");
        if (wanted == null) {
            return partner.scopes();
        }
        var scopes = List.of(wanted.split(" ", -1));
        if (!partner.scopes().containsAll(scopes)) {
            throw OAuthException.invalidScope("the partner does not have all of these scopes");
        }
        return scopes.stream().distinct().sorted().toList();
    }
}
