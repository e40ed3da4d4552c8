package org.aula.auth.partner;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.HttpBody;
import com.google.protobuf.ByteString;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.grpc.Channel;
import io.grpc.Status.Code;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.aula.api.auth.v1.AccessServiceGrpc;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.CreatePartnerRequest;
import org.aula.api.auth.v1.CreatePartnerResponse;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.GetJwksRequest;
import org.aula.api.auth.v1.GetMeRequest;
import org.aula.api.auth.v1.GetPartnerRequest;
import org.aula.api.auth.v1.GetServerMetadataRequest;
import org.aula.api.auth.v1.IssueTokenRequest;
import org.aula.api.auth.v1.IssueTokenResponse;
import org.aula.api.auth.v1.ListPartnersRequest;
import org.aula.api.auth.v1.ListRolesRequest;
import org.aula.api.auth.v1.OAuthServiceGrpc;
import org.aula.api.auth.v1.PartnerServiceGrpc;
import org.aula.api.auth.v1.PartnerServiceGrpc.PartnerServiceBlockingStub;
import org.aula.api.auth.v1.RevokePartnerRequest;
import org.aula.api.auth.v1.RotatePartnerRequest;
import org.aula.auth.Visitor;
import org.aula.kernel.settings.Settings;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PartnerTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth");

    private final String token =
            Visitor.of(platform).administrator().getTokens().getAccessToken();
    private final PartnerServiceBlockingStub partners =
            PartnerServiceGrpc.newBlockingStub(platform.withToken("auth", token));

    @Test
    void aPartnerGetsATokenWithItsSecretAndHoldsItsScopesOnly() throws Exception {
        var partner = create("roles:read", "accounts:read");

        var answer = ask(basic(partner), "grant_type=client_credentials");

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getCacheControl()).isEqualTo("no-store");
        var body = body(answer);
        assertThat(body).containsEntry("token_type", "Bearer").containsEntry("scope", "accounts:read roles:read");
        assertThat(((Number) Objects.requireNonNull(body.get("expires_in"))).longValue())
                .isEqualTo(900);
        var claims = SignedJWT.parse((String) body.get("access_token")).getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo(partner.getPartner().getId());
        assertThat(claims.getClaims()).doesNotContainKeys("roles", "permissions", "sid", "email_verified");
        var channel = withToken(answer);
        assertThat(AccessServiceGrpc.newBlockingStub(channel)
                        .listRoles(ListRolesRequest.getDefaultInstance())
                        .getRolesCount())
                .isPositive();
        assertThat(AuthServiceGrpc.newBlockingStub(channel)
                        .getJwks(GetJwksRequest.getDefaultInstance())
                        .getJwksJson())
                .isNotEmpty();
    }

    @Test
    void aPartnerIsNobodyWhoOwnsOrMayMore() throws Exception {
        var channel = withToken(ask(basic(create("roles:read")), "grant_type=client_credentials"));

        permissionMissing(() -> AuthServiceGrpc.newBlockingStub(channel).getMe(GetMeRequest.getDefaultInstance()));
        permissionMissing(() ->
                PartnerServiceGrpc.newBlockingStub(channel).listPartners(ListPartnersRequest.getDefaultInstance()));
    }

    @Test
    void fewerScopesMayBeAskedForAndNoOthers() throws Exception {
        var partner = create("roles:read", "accounts:read");

        var fewer = ask(basic(partner), "grant_type=client_credentials&scope=accounts%3Aread");
        var more = ask(basic(partner), "grant_type=client_credentials&scope=accounts%3Aread+roles%3Awrite");

        assertThat(body(fewer)).containsEntry("scope", "accounts:read");
        permissionMissing(() ->
                AccessServiceGrpc.newBlockingStub(withToken(fewer)).listRoles(ListRolesRequest.getDefaultInstance()));
        refused(more, 400, "invalid_scope");
    }

    @Test
    void whatIsNoRequestOrOfNobodyIsToldAsOAuthSays() throws Exception {
        var partner = create("roles:read");
        var wrong = basic(partner.getPartner().getId(), "wrong");

        var unknown = ask(wrong, "grant_type=client_credentials");
        refused(unknown, 401, "invalid_client");
        assertThat(unknown.getWwwAuthenticate()).startsWith("Basic");
        refused(
                ask(basic(UUID.randomUUID().toString(), partner.getSecret()), "grant_type=client_credentials"),
                401,
                "invalid_client");
        refused(ask("", "grant_type=client_credentials"), 401, "invalid_client");
        refused(ask("Basic %%%", "grant_type=client_credentials"), 401, "invalid_client");
        refused(ask("Bearer token", "grant_type=client_credentials"), 401, "invalid_client");
        refused(ask(basic(partner), "grant_type=password"), 400, "unsupported_grant_type");
        refused(ask(basic(partner), ""), 400, "invalid_request");
        refused(
                ask(basic(partner), "grant_type=client_credentials&grant_type=client_credentials"),
                400,
                "invalid_request");
        refused(
                ask(basic(partner), "grant_type=client_credentials&client_id=" + UUID.randomUUID()),
                400,
                "invalid_request");
        refused(ask(basic(partner), "grant_type=client_credentials&client_assertion=x"), 400, "invalid_request");
        refused(ask(basic(partner), "grant_type=%zz"), 400, "invalid_request");
        refused(answer("application/json", basic(partner), "{}"), 400, "invalid_request");
    }

    @Test
    void twoSecretsAreGoodAtATimeAndTheirLastUseIsTold() throws Exception {
        var first = create("roles:read");
        var request = rotation(first).build();

        var second = partners.rotatePartner(request);
        assertThat(partners.rotatePartner(request).getSecret()).isEqualTo(second.getSecret());
        assertThat(ask(basic(first), "grant_type=client_credentials").getStatus())
                .isEqualTo(200);
        assertThat(ask(basic(id(first), second.getSecret()), "grant_type=client_credentials")
                        .getStatus())
                .isEqualTo(200);
        var third = partners.rotatePartner(rotation(first).build());

        refused(ask(basic(first), "grant_type=client_credentials"), 401, "invalid_client");
        assertThat(ask(basic(id(first), second.getSecret()), "grant_type=client_credentials")
                        .getStatus())
                .isEqualTo(200);
        assertThat(third.getPartner().getSecretsCount()).isEqualTo(2);
        assertThat(third.getPartner().getSecrets(0).hasLastUseTime()).isFalse();
        assertThat(third.getPartner().getSecrets(1).hasLastUseTime()).isTrue();
        var listed = partners.listPartners(ListPartnersRequest.getDefaultInstance()).getPartnersList().stream()
                .filter(partner -> partner.getId().equals(id(first)))
                .findFirst()
                .orElseThrow();
        assertThat(listed.hasLastUseTime()).isTrue();
        var asked = GetPartnerRequest.newBuilder().setPartnerId(id(first)).build();
        assertThat(partners.getPartner(asked).getPartner()).isEqualTo(listed);
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_PARTNER_NOT_FOUND,
                () -> partners.getPartner(GetPartnerRequest.newBuilder()
                        .setPartnerId(UUID.randomUUID().toString())
                        .build()));
    }

    @Test
    void aRevokedPartnerGetsNothingAndItsTokensEnd() throws Exception {
        var partner = create("roles:read");
        var channel = withToken(ask(basic(partner), "grant_type=client_credentials"));
        var request =
                RevokePartnerRequest.newBuilder().setPartnerId(id(partner)).build();

        var revoked = partners.revokePartner(request).getPartner();
        partners.revokePartner(request);

        assertThat(revoked.hasRevokeTime()).isTrue();
        assertThat(revoked.getSecretsCount()).isZero();
        refused(ask(basic(partner), "grant_type=client_credentials"), 401, "invalid_client");
        Await.until("a stale token", () -> {
            try {
                AccessServiceGrpc.newBlockingStub(channel).listRoles(ListRolesRequest.getDefaultInstance());
                return false;
            } catch (io.grpc.StatusRuntimeException refused) {
                return refused.getStatus().getCode() == Code.UNAUTHENTICATED;
            }
        });
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_PARTNER_REVOKED,
                () -> partners.rotatePartner(rotation(partner).build()));
    }

    @Test
    void aPartnerWithKeysSignsWhatItSaysOnce() throws Exception {
        var key = key("first");
        var partner = partners.createPartner(
                creation("roles:read").setJwksJson(publicKeys(key)).build());
        assertThat(partner.getSecret()).isEmpty();
        var assertion = assertion(key, id(partner), claims -> claims);

        assertThat(ask("", form(assertion)).getStatus()).isEqualTo(200);

        refused(ask("", form(assertion)), 401, "invalid_client");
        refused(ask("", form(assertion(key("first"), id(partner), claims -> claims))), 401, "invalid_client");
        refused(
                ask("", form(assertion(key, id(partner), claims -> claims.audience("elsewhere")))),
                401,
                "invalid_client");
        refused(
                ask(
                        "",
                        form(assertion(
                                key,
                                id(partner),
                                claims -> claims.expirationTime(
                                        Date.from(Instant.now().plus(Duration.ofHours(1))))))),
                401,
                "invalid_client");
        refused(
                ask(
                        "",
                        form(assertion(
                                key,
                                id(partner),
                                claims -> claims.issuer(UUID.randomUUID().toString())))),
                401,
                "invalid_client");
        refused(ask("", form("nonsense")), 401, "invalid_client");
        var other = key("second");
        partners.rotatePartner(rotation(partner).setJwksJson(publicKeys(other)).build());
        refused(ask("", form(assertion(key, id(partner), claims -> claims))), 401, "invalid_client");
        assertThat(ask("", form(assertion(other, id(partner), claims -> claims)))
                        .getStatus())
                .isEqualTo(200);
    }

    @Test
    void keysArePublicStrongAndNamed() throws Exception {
        for (var keys : new String[] {
            "{}",
            "nonsense",
            "{\"keys\":[]}",
            new JWKSet(key("private")).toString(false),
            "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"a\"}]}",
            new JWKSet(new ECKey.Builder(key("x").toPublicJWK()).keyID(null).build()).toString()
        }) {
            Refusal.expect(
                    Code.INVALID_ARGUMENT,
                    ErrorReason.ERROR_REASON_KEYS_INVALID,
                    () -> partners.createPartner(
                            creation("roles:read").setJwksJson(keys).build()));
        }
    }

    @Test
    void nobodyGivesAPartnerMoreThanTheyHave() throws Exception {
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_PERMISSION_NOT_FOUND, () -> create("nothing:read"));
        var modest = PartnerServiceGrpc.newBlockingStub(
                withToken(ask(basic(create("partners:write")), "grant_type=client_credentials")));
        permissionMissing(() -> modest.createPartner(creation("roles:write").build()));
    }

    @Test
    void whereTokensAreToBeHadIsTold() throws Exception {
        var metadata = OAuthServiceGrpc.newBlockingStub(platform.anonymous("auth"))
                .getServerMetadata(GetServerMetadataRequest.getDefaultInstance());

        var json = JSONObjectUtils.parse(metadata.getBody().getData().toStringUtf8());
        assertThat((String) json.get("token_endpoint")).isEqualTo(json.get("issuer") + "/oauth/token");
    }

    private CreatePartnerResponse create(String... scopes) {
        return partners.createPartner(creation(scopes).build());
    }

    private static CreatePartnerRequest.Builder creation(String... scopes) {
        return CreatePartnerRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setName("Library")
                .addAllScopes(Arrays.asList(scopes));
    }

    private static RotatePartnerRequest.Builder rotation(CreatePartnerResponse partner) {
        return RotatePartnerRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setPartnerId(id(partner));
    }

    private static String id(CreatePartnerResponse partner) {
        return partner.getPartner().getId();
    }

    private static String basic(CreatePartnerResponse partner) {
        return basic(id(partner), partner.getSecret());
    }

    private static String basic(String id, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private static IssueTokenResponse ask(String authorization, String form) {
        return answer("application/x-www-form-urlencoded", authorization, form);
    }

    private static IssueTokenResponse answer(String type, String authorization, String form) {
        return OAuthServiceGrpc.newBlockingStub(platform.anonymous("auth"))
                .issueToken(IssueTokenRequest.newBuilder()
                        .setAuthorization(authorization)
                        .setForm(HttpBody.newBuilder().setContentType(type).setData(ByteString.copyFromUtf8(form)))
                        .build());
    }

    private static Map<String, Object> body(IssueTokenResponse answer) throws Exception {
        return JSONObjectUtils.parse(answer.getBody().getData().toStringUtf8());
    }

    private static Channel withToken(IssueTokenResponse answer) throws Exception {
        return platform.withToken(
                "auth", (String) Objects.requireNonNull(body(answer).get("access_token")));
    }

    private static void refused(IssueTokenResponse answer, int status, String error) throws Exception {
        assertThat(body(answer)).containsEntry("error", error);
        assertThat(answer.getStatus()).isEqualTo(status);
    }

    private static void permissionMissing(Refusal.Call call) throws Exception {
        Refusal.expect(
                Code.PERMISSION_DENIED, org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING, call);
    }

    private static ECKey key(String id) throws Exception {
        return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    }

    private static String publicKeys(ECKey key) {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    private static String assertion(ECKey key, String client, UnaryOperator<JWTClaimsSet.Builder> change)
            throws Exception {
        var claims = new JWTClaimsSet.Builder()
                .issuer(client)
                .subject(client)
                .audience(platform.bean("auth", Settings.class).publicUrl() + "/oauth/token")
                .jwtID(UUID.randomUUID().toString())
                .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(2))));
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                change.apply(claims).build());
        jwt.sign(new ECDSASigner(key));
        return jwt.serialize();
    }

    private static String form(String assertion) {
        return Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_assertion_type",
                        ClientAssertion.TYPE,
                        "client_assertion",
                        assertion)
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
