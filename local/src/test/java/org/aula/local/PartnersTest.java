package org.aula.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.grpc.Status.Code;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.aula.api.auth.v1.AccessServiceGrpc;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.GetMeRequest;
import org.aula.api.auth.v1.ListRolesRequest;
import org.aula.api.common.v1.ErrorReason;
import org.aula.kernel.testing.Refusal;
import org.junit.jupiter.api.Test;

/// A partner's way, from the administrator who makes it to its calls, all through Envoy.
final class PartnersTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void aPartnerIsMadeByGraphQlAsksForATokenByHttpAndCallsByGrpcUntilItIsRevoked() throws Exception {
        var edge = Edge.get();
        var administrator = edge.person("admin");

        var made = data(edge, administrator, """
                mutation ($input: CreatePartnerInput!) {
                  createPartner(input: $input) {
                    partner { id clientId scopes secrets { createTime } lastUseTime } secret userErrors { code }
                  }
                }""", Map.of("name", "Library", "scopes", List.of("roles:read")))
                .getAsJsonObject("createPartner");
        var id = made.getAsJsonObject("partner").get("clientId").getAsString();
        var globalId = made.getAsJsonObject("partner").get("id").getAsString();
        var secret = made.get("secret").getAsString();
        var metadata = JsonParser.parseString(HTTP.send(
                                HttpRequest.newBuilder(edge.uri("/.well-known/oauth-authorization-server"))
                                        .build(),
                                BodyHandlers.ofString())
                        .body())
                .getAsJsonObject();
        assertThat(metadata.get("token_endpoint").getAsString()).endsWith("/oauth/token");

        var answer = token(edge, id, secret);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
        var token = JsonParser.parseString(answer.body())
                .getAsJsonObject()
                .get("access_token")
                .getAsString();
        assertThat(AccessServiceGrpc.newBlockingStub(edge.as(token))
                        .listRoles(ListRolesRequest.getDefaultInstance())
                        .getRolesCount())
                .isPositive();
        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> AuthServiceGrpc.newBlockingStub(edge.as(token)).getMe(GetMeRequest.getDefaultInstance()));

        var listed = data(edge, administrator, "{ partners(first: 1) { nodes { clientId lastUseTime } } }", Map.of())
                .getAsJsonObject("partners")
                .getAsJsonArray("nodes")
                .get(0)
                .getAsJsonObject();
        assertThat(listed.get("clientId").getAsString()).isEqualTo(id);
        assertThat(listed.get("lastUseTime").isJsonNull()).isFalse();

        data(edge, administrator, """
                mutation ($input: RevokePartnerInput!) {
                  revokePartner(input: $input) { partner { revokeTime } userErrors { code } }
                }""", Map.of("partnerId", globalId));
        var refused = token(edge, id, secret);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("\"invalid_client\"");
        assertThat(refused.headers().firstValue("www-authenticate")).isPresent();
    }

    private static HttpResponse<String> token(Edge edge, String id, String secret) throws Exception {
        var basic = Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return HTTP.send(
                HttpRequest.newBuilder(edge.uri("/oauth/token"))
                        .header("authorization", "Basic " + basic)
                        .header("content-type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonObject data(Edge edge, Edge.Person person, String document, Map<String, ?> input)
            throws Exception {
        var answer = edge.graphql(person, document, Edge.variables(input));
        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        return answer.getAsJsonObject("data");
    }
}
