package org.aula.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.envoyproxy.envoy.service.ratelimit.v3.HeaderValue;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.api.courses.v1.CategoryServiceGrpc;
import org.aula.api.courses.v1.ListCategoriesRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the edge asks before it lets a request in, and what a caller hears who may not. One proxy in front is
/// trusted.
final class LimitsTest {

    private static final String CATEGORIES = "/aula.courses.v1.CategoryService/ListCategories";

    private static final Metadata.Key<String> FORWARDED_FOR =
            Metadata.Key.of("x-forwarded-for", Metadata.ASCII_STRING_MARSHALLER);

    private static final Map<String, String> CALLER = Map.of("remote_address", "203.0.113.10");

    private static Tokens users;
    private static Upstreams upstreams;
    private static Envoy envoy;
    private static ManagedChannel channel;
    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        users = new Tokens("2026-01");
        upstreams = new Upstreams(users.publicKeys());
        var values = upstreams.values(new Tokens("courses").publicKeys());
        values.put("TRUSTED_HOPS", "1");
        envoy = Envoy.start(values);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", envoy.port())
                .usePlaintext()
                .build();
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() throws Exception {
        http.close();
        channel.shutdownNow();
        envoy.close();
        upstreams.close();
    }

    @BeforeEach
    void nobodyIsLimited() {
        upstreams.limits().pass();
    }

    @Test
    void aVisitorIsCountedByTheAddressThatTheTrustedProxyTells() throws Exception {
        post(CATEGORIES, Map.of("x-forwarded-for", "198.51.100.7, 203.0.113.9"));

        assertThat(upstreams.limits().requests())
                .containsExactly(new Limits.Asked(Map.of("remote_address", "203.0.113.9"), 10));
        assertThat(upstreams.grpcHeaders().get(FORWARDED_FOR)).isEqualTo("203.0.113.9");
    }

    @Test
    void aUserIsCountedByTheTokenAndAPartnerTooButNobodyByAForgedOne() throws Exception {
        var id = UUID.randomUUID().toString();
        var token = users.token("aula", id, "aula", Instant.now());
        var forged = new Tokens("2026-01").token("aula", id, "aula", Instant.now());

        post(CATEGORIES, Map.of("authorization", "Bearer " + token));
        post(CATEGORIES, Map.of("authorization", "Bearer " + users.partner("7", Instant.now())));
        post(CATEGORIES, Map.of("authorization", "Bearer " + forged));

        var asked = upstreams.limits().requests();
        assertThat(asked.get(0).entries()).containsEntry("user", id).doesNotContainKey("partner");
        assertThat(asked.get(1).entries()).containsEntry("partner", "7");
        assertThat(asked.get(2).entries()).containsOnlyKeys("remote_address");
    }

    @Test
    void anOperationOfGraphQlCostsMoreWhenItHasEnded() throws Exception {
        var answer = post("/graphql", Map.of("x-forwarded-for", "203.0.113.10"));

        assertThat(answer.headers().firstValue("x-aula-cost")).isEmpty();
        var counted = List.of(new Limits.Asked(CALLER, 10), new Limits.Asked(CALLER, Upstreams.COST));
        Envoy.await(() -> upstreams.limits().asked().containsAll(counted));
        assertThat(upstreams.limits().asked()).containsAll(counted);
    }

    @Test
    void healthAndKeysAreNotCounted() throws Exception {
        for (var path : new String[] {"/healthz", "/.well-known/jwks.json"}) {
            assertThat(http.send(HttpRequest.newBuilder(envoy.uri(path)).build(), BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }

        assertThat(upstreams.limits().requests()).isEmpty();
    }

    @Test
    void howThingsStandIsToldWithTheAnswer() throws Exception {
        upstreams
                .limits()
                .decide(question -> RateLimitResponse.newBuilder()
                        .setOverallCode(RateLimitResponse.Code.OK)
                        .addResponseHeadersToAdd(header("ratelimit", "\"api\";r=990;t=3600"))
                        .build());

        for (var path : new String[] {"/graphql", CATEGORIES}) {
            assertThat(header(post(path, Map.of("origin", "http://localhost:5173")), "ratelimit"))
                    .isEqualTo("\"api\";r=990;t=3600");
        }
    }

    @Test
    void whoIsOverTheLimitHearsWhyAndHowLong() throws Exception {
        upstreams.limits().decide(question -> refusal());

        var refused = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> CategoryServiceGrpc.newBlockingStub(channel)
                        .listCategories(ListCategoriesRequest.getDefaultInstance()));
        var onTheWeb = http.send(
                HttpRequest.newBuilder(envoy.uri(CATEGORIES))
                        .header("content-type", "application/grpc-web+proto")
                        .POST(BodyPublishers.ofByteArray(new byte[5]))
                        .build(),
                BodyHandlers.ofString());
        var asJson = post(CATEGORIES, Map.of());
        var graphql = post("/graphql", Map.of());

        assertThat(refused.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.RESOURCE_EXHAUSTED);
        var details = StatusProto.fromThrowable(refused).getDetailsList();
        assertThat(details.get(0).unpack(ErrorInfo.class).getReason()).isEqualTo("RATE_LIMITED");
        assertThat(details.get(1).unpack(RetryInfo.class).getRetryDelay().getSeconds())
                .isEqualTo(1800);
        assertThat(onTheWeb.statusCode()).isEqualTo(200);
        assertThat(header(onTheWeb, "grpc-status")).isEqualTo("8");
        assertThat(onTheWeb.headers().allValues("grpc-status-details-bin")).hasSize(1);
        for (var answer : new HttpResponse<?>[] {asJson, graphql}) {
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(header(answer, "retry-after")).isEqualTo("1800");
            assertThat(answer.headers().firstValue("grpc-status-details-bin")).isEmpty();
        }
        assertThat(asJson.body())
                .contains("\"code\":8", "\"reason\":\"RATE_LIMITED\"", "\"retryDelay\":\"1800s\"", "too many calls");
        assertThat(graphql.body())
                .contains("\"RESOURCE_EXHAUSTED\"", "\"RATE_LIMITED\"", "\"retryDelay\":\"1800s\"", "\"requestId\"");
    }

    @Test
    void nobodyWaitsForACountThatDoesNotCome() throws Exception {
        upstreams.limits().decide(question -> null);

        assertThat(post(CATEGORIES, Map.of()).statusCode()).isEqualTo(200);
        assertThat(post("/graphql", Map.of()).statusCode()).isEqualTo(200);
    }

    private static RateLimitResponse refusal() {
        var status = Status.newBuilder()
                .setCode(Code.RESOURCE_EXHAUSTED_VALUE)
                .setMessage("too many calls; try again later")
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setDomain("aula")
                        .setReason("RATE_LIMITED")
                        .build()))
                .addDetails(Any.pack(RetryInfo.newBuilder()
                        .setRetryDelay(Duration.newBuilder().setSeconds(1800))
                        .build()))
                .build();
        return RateLimitResponse.newBuilder()
                .setOverallCode(RateLimitResponse.Code.OVER_LIMIT)
                .addResponseHeadersToAdd(header("retry-after", "1800"))
                .addResponseHeadersToAdd(header(
                        "grpc-status-details-bin",
                        Base64.getEncoder().withoutPadding().encodeToString(status.toByteArray())))
                .setRawBody(ByteString.copyFromUtf8("too many calls; try again later"))
                .setDynamicMetadata(Struct.newBuilder()
                        .putFields("reason", text("RATE_LIMITED"))
                        .putFields("retryDelay", text("1800s")))
                .build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static HeaderValue header(String name, String value) {
        return HeaderValue.newBuilder().setKey(name).setValue(value).build();
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static HttpResponse<String> post(String path, Map<String, String> headers) throws Exception {
        var request = HttpRequest.newBuilder(envoy.uri(path))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{}"));
        headers.forEach(request::header);
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
