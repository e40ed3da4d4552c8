package org.aula.bff.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.HttpBody;
import com.google.protobuf.ByteString;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.aula.api.auth.v1.GetServerMetadataRequest;
import org.aula.api.auth.v1.GetServerMetadataResponse;
import org.aula.api.auth.v1.IssueTokenRequest;
import org.aula.api.auth.v1.IssueTokenResponse;
import org.aula.bff.testing.TestGateway;
import org.aula.kernel.call.CallHeaders;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Methods that the contract offers as plain HTTP, at `/oauth/token` and where its metadata are.
@Tag("fast")
class PlainHttpTest {

    @RegisterExtension
    static final TestGateway GATEWAY = new TestGateway();

    @Test
    void bodyAndNamedHeadersReachTheServiceAsTheyCameAndTheAnswerComesBackSo() {
        var bytes = new byte[] {0, (byte) 0xff, '&', '\r', '\n', (byte) 0xc3};
        GATEWAY.answer(
                IssueTokenRequest.class,
                request -> IssueTokenResponse.newBuilder()
                        .setStatus(401)
                        .setBody(HttpBody.newBuilder()
                                .setContentType("application/json")
                                .setData(ByteString.copyFromUtf8("{\"error\":\"invalid_client\"}")))
                        .setCacheControl("no-store")
                        .setWwwAuthenticate("Basic realm=\"aula\"")
                        .build());

        var answer = post("/oauth/token", bytes);

        var request = GATEWAY.request(IssueTokenRequest.class);
        assertThat(request.getForm().getData().toByteArray()).isEqualTo(bytes);
        assertThat(request.getForm().getContentType()).isEqualTo("application/x-www-form-urlencoded");
        assertThat(request.getAuthorization()).isEqualTo("Basic eA==");
        assertThat(GATEWAY.headers().getFirst().get(CallHeaders.AUTHORIZATION)).isNull();
        assertThat(GATEWAY.headers().getFirst().get(CallHeaders.FORWARDED_FOR)).isEqualTo("203.0.113.9");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("{\"error\":\"invalid_client\"}");
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("www-authenticate")).hasValue("Basic realm=\"aula\"");
    }

    @Test
    void whatIsReadComesByGet() {
        GATEWAY.answer(
                GetServerMetadataRequest.class,
                request -> GetServerMetadataResponse.newBuilder()
                        .setStatus(200)
                        .setBody(HttpBody.newBuilder()
                                .setContentType("application/json")
                                .setData(ByteString.copyFromUtf8("{}")))
                        .build());

        var answer = GATEWAY.send(HttpRequest.newBuilder(at("/.well-known/oauth-authorization-server"))
                .build());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}");
    }

    @Test
    void aBodyBeyondAQuarterOfAMegabyteIsRefused() {
        assertThat(post("/oauth/token", new byte[PlainHttp.MAX_BYTES + 1]).statusCode())
                .isEqualTo(413);
        assertThat(GATEWAY.requests()).isEmpty();
    }

    @Test
    void aServiceThatIsAwayIsToldByTheStatus() {
        try (var gateway = new TestGateway()) {
            gateway.stop("auth");
            var away = gateway.send(HttpRequest.newBuilder(gateway.address().resolve("/oauth/token"))
                    .POST(BodyPublishers.ofByteArray(new byte[1]))
                    .build());

            assertThat(away.statusCode()).isEqualTo(503);
            assertThat(away.body()).contains("UNAVAILABLE", "requestId");
        }
    }

    private static HttpResponse<String> post(String path, byte[] body) {
        return GATEWAY.send(HttpRequest.newBuilder(at(path))
                .header("content-type", "application/x-www-form-urlencoded")
                .header("authorization", "Basic eA==")
                .header("x-forwarded-for", "203.0.113.9")
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    }

    private static URI at(String path) {
        return GATEWAY.address().resolve(path);
    }
}
