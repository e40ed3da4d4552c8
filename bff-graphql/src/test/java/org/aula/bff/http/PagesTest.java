package org.aula.bff.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Pattern;
import org.aula.bff.testing.Refusal;
import org.aula.bff.testing.TestGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the gateway serves beside GraphQL.
@Tag("fast")
class PagesTest {

    private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"");

    @Test
    void graphiQlComesFromHereAlone() {
        try (var gateway = new TestGateway()) {
            var page = get(gateway, "/graphiql");

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("content-type").orElse("")).startsWith("text/html");
            assertThat(page.body()).doesNotContain("https://");
            assertThat(ASSET.matcher(page.body()).results().map(found -> found.group(1)))
                    .hasSize(2)
                    .allSatisfy(
                            path -> assertThat(get(gateway, path).statusCode()).isEqualTo(200));
            assertThat(get(gateway, "/graphiql/graphql.worker.js").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void healthIsToldForEachService() {
        try (var gateway = new TestGateway()) {
            assertThat(get(gateway, "/healthz").statusCode()).isEqualTo(200);

            gateway.stop("users");
            var withoutUsers = get(gateway, "/healthz");
            gateway.stop("courses");
            var withoutCourses = get(gateway, "/healthz");

            assertThat(withoutUsers.statusCode()).isEqualTo(200);
            assertThat(withoutUsers.body())
                    .contains("\"status\":\"UP\"")
                    .contains("\"users\":\"DOWN\"")
                    .contains("\"courses\":\"UP\"");
            assertThat(withoutCourses.statusCode()).isEqualTo(503);
        }
    }

    @Test
    void aServiceWithoutAnAddressIsDownAndBlanksItsFieldsAlone() {
        try (var gateway = new TestGateway("notifications")) {
            var health = get(gateway, "/healthz");
            var answer = gateway.askSignedIn("{ viewer { account { email } } deliveries(first: 1) { nodes { id } } }");

            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).contains("\"notifications\":\"DOWN\"");
            assertThat(answer.at("/data/viewer/account/email").asText()).isEqualTo("me@example.org");
            assertThat(answer.at("/data/deliveries").isNull()).isTrue();
        }
    }

    @Test
    void theKeysOutliveAuth() {
        try (var gateway = new TestGateway()) {
            gateway.refuse(Refusal.of(Code.UNAVAILABLE, "STORE_UNAVAILABLE", Map.of()));
            assertThat(get(gateway, "/.well-known/jwks.json").statusCode()).isEqualTo(503);

            gateway.forget();
            var keys = get(gateway, "/.well-known/jwks.json");
            assertThat(keys.body()).isEqualTo("{\"keys\":[]}");
            assertThat(keys.headers().firstValue("content-type")).hasValue("application/jwk-set+json");

            gateway.stop("auth");
            assertThat(get(gateway, "/.well-known/jwks.json").body()).isEqualTo("{\"keys\":[]}");
            assertThat(gateway.requests()).hasSize(1);
        }
    }

    private static HttpResponse<String> get(TestGateway gateway, String path) {
        return gateway.send(
                HttpRequest.newBuilder(gateway.address().resolve(path)).build());
    }
}
