package org.aula.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.aula.api.analytics.v1.AnalyticsServiceGrpc;
import org.aula.api.analytics.v1.GetCourseActivityRequest;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.GetRegistrationRequest;
import org.aula.api.courses.v1.CategoryServiceGrpc;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.courses.v1.ListCategoriesRequest;
import org.aula.api.courses.v1.ListCategoriesResponse;
import org.aula.api.enrollments.v1.ProgressServiceGrpc;
import org.aula.api.enrollments.v1.StreamProgressRequest;
import org.aula.api.enrollments.v1.StreamProgressResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The pinned Envoy with the shipped configuration, in front of servers that answer.
final class EdgeTest {

    private static final String ORIGIN = "http://localhost:5173";
    private static final String CATEGORIES = "/aula.courses.v1.CategoryService/ListCategories";
    private static final Metadata.Key<String> AUTHORIZATION = key("authorization");

    private static Tokens users;
    private static Tokens services;
    private static Upstreams upstreams;
    private static Envoy envoy;
    private static ManagedChannel channel;
    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        users = new Tokens("2026-01");
        services = new Tokens("courses");
        upstreams = new Upstreams(users.publicKeys());
        var values = upstreams.values(services.publicKeys());
        values.put("ANALYTICS_PORT", Integer.toString(Envoy.freePort()));
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

    @Test
    void grpcReachesTheService() {
        var answer =
                CategoryServiceGrpc.newBlockingStub(channel).listCategories(ListCategoriesRequest.getDefaultInstance());

        assertThat(answer.getCategories(0).getName()).isEqualTo("Languages");
    }

    @Test
    void grpcWebReachesTheServiceAndABrowserMayReadTheAnswer() throws Exception {
        var answer =
                grpcWeb(CATEGORIES, ListCategoriesRequest.getDefaultInstance().toByteArray(), Map.of());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "access-control-allow-origin")).isEqualTo(ORIGIN);
        assertThat(header(answer, "access-control-expose-headers"))
                .contains("grpc-status", "grpc-message", "grpc-status-details-bin", "x-request-id");
        var frame = ByteBuffer.wrap(answer.body());
        assertThat(frame.get()).isZero();
        var message = new byte[frame.getInt()];
        frame.get(message);
        assertThat(ListCategoriesResponse.parseFrom(message).getCategoriesCount())
                .isEqualTo(1);
        assertThat(StandardCharsets.UTF_8.decode(frame).toString()).contains("grpc-status:0");
    }

    @Test
    void aBrowserMayReadTheDetailsOfAnError() throws Exception {
        var request = GetCourseRequest.newBuilder().setSlug("none").build();

        var answer = grpcWeb("/aula.courses.v1.CourseService/GetCourse", request.toByteArray(), Map.of());

        assertThat(header(answer, "access-control-allow-origin")).isEqualTo(ORIGIN);
        assertThat(header(answer, "grpc-status")).isEqualTo("5");
        assertThat(reasonIn(header(answer, "grpc-status-details-bin"))).isEqualTo("COURSE_NOT_FOUND");
    }

    @Test
    void preflightIsAnsweredForLocalOriginsOnly() throws Exception {
        assertThat(header(preflight(ORIGIN), "access-control-allow-origin")).isEqualTo(ORIGIN);
        assertThat(header(preflight(ORIGIN), "access-control-allow-headers")).contains("x-grpc-web", "authorization");
        assertThat(preflight("https://elsewhere.example").headers().firstValue("access-control-allow-origin"))
                .isEmpty();
    }

    @Test
    void preflightsAreAnsweredForEveryPathWithTheHeadersOfOrdinaryFrontends() throws Exception {
        for (var path : List.of(
                "/graphql", CATEGORIES, "/aula.auth.v1.AuthService/GetRegistration", "/v1/courses", "/nothing")) {
            var answer = preflight(path, ORIGIN);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(header(answer, "access-control-allow-origin")).as(path).isEqualTo(ORIGIN);
            assertThat(header(answer, "access-control-allow-headers")).contains(Envoy.SETTINGS.get("CORS_HEADERS"));
        }
    }

    @Test
    void methodsForServicesAreRefusedWithAReason() throws Exception {
        var request = GetRegistrationRequest.newBuilder()
                .setUserId(UUID.randomUUID().toString())
                .build();

        var refused = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> AuthServiceGrpc.newBlockingStub(channel).getRegistration(request));
        var onTheWeb = grpcWeb("/aula.auth.v1.AuthService/GetRegistration", request.toByteArray(), Map.of());

        assertThat(refused.getStatus().getCode()).isEqualTo(Code.PERMISSION_DENIED);
        assertThat(info(refused).getReason()).isEqualTo("PERMISSION_MISSING");
        assertThat(info(refused).getDomain()).isEqualTo("aula");
        assertThat(onTheWeb.statusCode()).isEqualTo(200);
        assertThat(header(onTheWeb, "grpc-status")).isEqualTo("7");
        assertThat(header(onTheWeb, "access-control-allow-origin")).isEqualTo("*");
        assertThat(header(onTheWeb, "access-control-expose-headers")).contains("grpc-status-details-bin");
        assertThat(reasonIn(header(onTheWeb, "grpc-status-details-bin"))).isEqualTo("PERMISSION_MISSING");
    }

    @Test
    void aServicesTokenIsRefusedFromOutside() throws Exception {
        var token = services.token("aula-services", "courses", "courses", Instant.now());

        var refused = catchThrowableOfType(StatusRuntimeException.class, () -> listAs("Bearer " + token));
        var onTheWeb = grpcWeb(
                CATEGORIES,
                ListCategoriesRequest.getDefaultInstance().toByteArray(),
                Map.of("authorization", "Bearer " + token));
        var onHttp = graphql("{}", Map.of("authorization", "Bearer " + token));

        assertThat(refused.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
        assertThat(info(refused).getReason()).isEqualTo("TOKEN_INVALID");
        assertThat(onTheWeb.statusCode()).isEqualTo(200);
        assertThat(header(onTheWeb, "grpc-status")).isEqualTo("16");
        assertThat(header(onTheWeb, "access-control-allow-origin")).isEqualTo(ORIGIN);
        assertThat(reasonIn(header(onTheWeb, "grpc-status-details-bin"))).isEqualTo("TOKEN_INVALID");
        assertThat(onHttp.statusCode()).isEqualTo(401);
        assertThat(onHttp.body()).contains("\"UNAUTHENTICATED\"", "\"TOKEN_INVALID\"", "\"requestId\"");
    }

    @Test
    void aServicesTokenIsRefusedHoweverTheHeaderIsWritten() throws Exception {
        var token = services.token("aula-services", "courses", "courses", Instant.now());
        for (var header : List.of("bearer " + token, "BEARER " + token, "bEARER  " + token, "Bearer " + token + " ")) {
            var refused = catchThrowableOfType(StatusRuntimeException.class, () -> listAs(header));
            assertThat(refused).as(header).isNotNull();
            assertThat(refused.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
            assertThat(graphql("{}", Map.of("authorization", header)).statusCode())
                    .as(header)
                    .isEqualTo(401);
        }
        assertThat(graphql("{}", Map.of("authorization", "Bearer\t" + token)).statusCode())
                .isEqualTo(401);
        var twice = new Metadata();
        twice.put(AUTHORIZATION, "Bearer nonsense");
        twice.put(AUTHORIZATION, "bearer " + token);
        CategoryServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(twice))
                .listCategories(ListCategoriesRequest.getDefaultInstance());
        // One value, which no service takes for a token.
        assertThat(upstreams.grpcHeaders().getAll(AUTHORIZATION)).containsExactly("Bearer nonsense,bearer " + token);
    }

    @Test
    void aTokenThatDoesNotHoldIsRefusedNowhereOnItsWayToWhatIsForAnybody() throws Exception {
        var expired = "bearer " + users.token("aula", UUID.randomUUID().toString(), "aula", Instant.EPOCH);
        for (var authorization : List.of(expired, "Bearer nonsense", "Bearer", "Basic bm9ib2R5OnNlY3JldA==")) {
            assertThat(listAs(authorization).getCategoriesCount())
                    .as(authorization)
                    .isEqualTo(1);
            assertThat(graphql("{}", Map.of("authorization", authorization)).statusCode())
                    .as(authorization)
                    .isEqualTo(200);
        }
        assertThat(header(
                        grpcWeb(CATEGORIES, new byte[0], Map.of("authorization", expired)),
                        "access-control-expose-headers"))
                .contains("x-token-ignored");
    }

    @Test
    void tokensOfUsersGoOnToTheServiceWhichDecides() throws Exception {
        var good = "Bearer " + users.token("aula", UUID.randomUUID().toString(), "aula", Instant.now());
        var expired = "Bearer " + users.token("aula", UUID.randomUUID().toString(), "aula", Instant.EPOCH);

        for (String authorization : new String[] {good, expired, "Bearer nonsense"}) {
            assertThat(listAs(authorization).getCategoriesCount()).isEqualTo(1);
            assertThat(upstreams.grpcHeaders().get(AUTHORIZATION)).isEqualTo(authorization);
        }
    }

    @Test
    void whatACallerSaysAboutItselfDoesNotPass() throws Exception {
        graphql(
                "{}",
                Map.of(
                        "x-aula-caller", "somebody",
                        "x-forwarded-client-cert", "By=somebody",
                        "x-envoy-internal", "true",
                        "x-envoy-retry-on", "5xx",
                        "x-real-ip", "192.0.2.1",
                        "x-forwarded-for", "192.0.2.1",
                        "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        assertThat(upstreams.httpHeaders())
                .containsKey("traceparent")
                .doesNotContainKeys(
                        "x-aula-caller",
                        "x-forwarded-client-cert",
                        "x-envoy-internal",
                        "x-envoy-retry-on",
                        "x-real-ip");
        assertThat(upstreams.httpHeaders().get("x-forwarded-for"))
                .singleElement()
                .asString()
                .doesNotContain("192.0.2.1");
    }

    @Test
    void theRequestIdIsTheCallersOrANewOneAndComesBack() throws Exception {
        var own = "0198a1c2-7b1e-4c55-9d3f-0a1b2c3d4e5f";

        var kept = graphql("{}", Map.of("x-request-id", own));
        assertThat(header(kept, "x-request-id")).isEqualTo(own);
        assertThat(upstreams.httpHeaders().get("x-request-id")).containsExactly(own);

        var made = graphql("{}", Map.of());
        assertThat(UUID.fromString(header(made, "x-request-id"))).isNotNull();
        assertThat(upstreams.httpHeaders().get("x-request-id")).containsExactly(header(made, "x-request-id"));
    }

    @Test
    void whatCachesGoByPassesWithQueriesByGet() throws Exception {
        var address = envoy.uri("/graphql?extensions=%7B%7D&variables=" + "x".repeat(12_000));

        var answer = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        var again = http.send(
                HttpRequest.newBuilder(address)
                        .header("if-none-match", header(answer, "etag"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "etag")).isEqualTo(Upstreams.ETAG);
        assertThat(header(answer, "cache-control")).isEqualTo("public, max-age=60");
        assertThat(header(answer, "vary")).contains("Authorization", "Origin");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "etag")).isEqualTo(Upstreams.ETAG);
    }

    @Test
    void whatTheContractOffersAsPlainHttpReachesTheGatewayWithASmallBody() throws Exception {
        assertThat(plain(new byte[256 * 1024]).body()).isEqualTo("token");
        assertThat(plain(new byte[256 * 1024 + 1]).statusCode()).isEqualTo(413);
    }

    private static HttpResponse<String> plain(byte[] body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(envoy.uri("/oauth/token"))
                        .header("content-type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void aDocumentBeyondAMegabyteIsRefused() throws Exception {
        assertThat(graphql("x".repeat(999_000), Map.of()).statusCode()).isEqualTo(200);

        var refused = graphql("x".repeat(1_100_000), Map.of());

        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).startsWith("{\"errors\":");
    }

    @Test
    void whatIsNotInTheContractDoesNotExist() throws Exception {
        var path = http.send(HttpRequest.newBuilder(envoy.uri("/admin")).build(), BodyHandlers.ofString());
        var method = grpcWeb("/grpc.channelz.v1.Channelz/GetServers", new byte[0], Map.of());

        assertThat(path.statusCode()).isEqualTo(404);
        assertThat(header(path, "content-type")).isEqualTo("application/json");
        assertThat(path.body()).contains("\"NOT_FOUND\"");
        assertThat(header(method, "grpc-status")).isEqualTo("12");
    }

    @Test
    void aServiceThatIsAwayIsNamed() throws Exception {
        var request = GetCourseActivityRequest.newBuilder()
                .setCourseId(UUID.randomUUID().toString())
                .build();

        var refused = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> AnalyticsServiceGrpc.newBlockingStub(channel).getCourseActivity(request));

        assertThat(refused.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
        assertThat(info(refused).getReason()).isEqualTo("SERVICE_UNAVAILABLE");
        assertThat(info(refused).getMetadataMap()).containsEntry("service", "analytics");
        assertThat(StatusProto.fromThrowable(refused).getDetails(1).is(RetryInfo.class))
                .isTrue();
    }

    @Test
    void workThatTakesTooLongIsRefusedWithAReason() throws Exception {
        var late = grpcWeb(Upstreams.SILENT, new byte[0], Map.of("grpc-timeout", "100m"));

        assertThat(header(late, "grpc-status")).isEqualTo("4");
        assertThat(reasonIn(header(late, "grpc-status-details-bin"))).isEqualTo("DEADLINE_EXCEEDED");
    }

    @Test
    void aStreamOfRequestsPassesMessageByMessage() throws Exception {
        var answer = new CompletableFuture<StreamProgressResponse>();
        var stream = ProgressServiceGrpc.newStub(channel).streamProgress(new StreamObserver<>() {
            @Override
            public void onNext(StreamProgressResponse response) {
                answer.complete(response);
            }

            @Override
            public void onError(Throwable refused) {
                answer.completeExceptionally(refused);
            }

            @Override
            public void onCompleted() {}
        });
        for (int count = 1; count <= 3; count++) {
            var sent = count;
            stream.onNext(StreamProgressRequest.getDefaultInstance());
            Envoy.await(() -> upstreams.heartbeats() >= sent);
            assertThat(upstreams.heartbeats()).isEqualTo(count);
        }
        stream.onCompleted();

        assertThat(answer.get(5, TimeUnit.SECONDS).getHeartbeatCount()).isEqualTo(3);
    }

    @Test
    void certificatesAreVerifiedWithoutATokenAndAlsoWithABadOne() throws Exception {
        var page = HttpRequest.newBuilder(envoy.uri("/certificates/7K2M-Q9XD-3TVB-0HRE"));

        assertThat(http.send(page.build(), BodyHandlers.ofString()).body()).isEqualTo("certificate");
        assertThat(http.send(page.header("authorization", "Bearer x").build(), BodyHandlers.ofString())
                        .body())
                .isEqualTo("certificate");
        assertThat(http.send(HttpRequest.newBuilder(envoy.uri("/certificatesx")).build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void pagesOfOursSayWhatTheyMayDo() throws Exception {
        var graphiql = http.send(HttpRequest.newBuilder(envoy.uri("/graphiql/")).build(), BodyHandlers.discarding());

        assertThat(header(graphiql, "content-security-policy"))
                .contains("script-src 'self';", "frame-ancestors 'none'");
        for (var path : List.of("/graphiql/", "/verify-email", "/certificates/7K2M", CATEGORIES, "/nothing")) {
            var answer = http.send(HttpRequest.newBuilder(envoy.uri(path)).build(), BodyHandlers.discarding());
            assertThat(answer.headers().allValues("x-content-type-options"))
                    .as(path)
                    .containsExactly("nosniff");
            assertThat(header(answer, "strict-transport-security")).as(path).isEqualTo("max-age=0");
        }
    }

    @Test
    void theLogHoldsNoQueryAndNoToken() throws Exception {
        http.send(
                HttpRequest.newBuilder(envoy.uri("/graphql?query=secretquery"))
                        .header("authorization", "Bearer secrettoken")
                        .build(),
                BodyHandlers.discarding());
        for (String page : List.of("/verify-email", "/reset-password", "/waitlist-offer")) {
            var opened = http.send(
                    HttpRequest.newBuilder(envoy.uri(page + "?token=secretletter"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(opened.body()).isEqualTo("page");
        }
        var last = header(graphql("{}", Map.of()), "x-request-id");
        Envoy.await(() -> Envoy.log().contains(last));

        assertThat(Envoy.log())
                .contains(last, "\"path\":\"/graphql\"", "\"path\":\"/verify-email\"", "\"path\":\"/reset-password\"")
                .doesNotContain("secretquery")
                .doesNotContain("secretletter")
                .doesNotContain("secrettoken");
    }

    @Test
    void deadlinesInMoreThanEightDigitsAreCappedAndOthersThatAreNoneRefused() throws Exception {
        var twoDays = grpcWeb(CATEGORIES, new byte[0], Map.of("grpc-timeout", "172800000m"));
        var shortOne = impatient();
        // The service keeps the same deadline; on a busy machine it may end the call before the edge does.
        for (int tries = 0; tries < 10 && !header(shortOne, "grpc-status").equals("4"); tries++) {
            shortOne = impatient();
        }
        var none = grpcWeb(CATEGORIES, new byte[0], Map.of("grpc-timeout", "soon"));

        assertThat(StandardCharsets.UTF_8
                        .decode(ByteBuffer.wrap(twoDays.body()))
                        .toString())
                .contains("grpc-status:0");
        assertThat(header(shortOne, "grpc-status")).isEqualTo("4");
        assertThat(header(none, "grpc-status")).isEqualTo("3");
        assertThat(header(none, "grpc-message")).contains("grpc-timeout");
        assertThat(reasonIn(header(none, "grpc-status-details-bin"))).isEqualTo("HEADER_INVALID");
    }

    /// A call of a tenth of a second to what never answers.
    private static HttpResponse<byte[]> impatient() throws Exception {
        return grpcWeb(Upstreams.SILENT, new byte[0], Map.of("grpc-timeout", "100000000n"));
    }

    private static ListCategoriesResponse listAs(String authorization) {
        var headers = new Metadata();
        headers.put(AUTHORIZATION, authorization);
        return CategoryServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .listCategories(ListCategoriesRequest.getDefaultInstance());
    }

    private static HttpResponse<String> graphql(String body, Map<String, String> headers) throws Exception {
        var request = HttpRequest.newBuilder(envoy.uri("/graphql"))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpResponse<byte[]> grpcWeb(String path, byte[] message, Map<String, String> headers)
            throws Exception {
        var body = new ByteArrayOutputStream();
        body.writeBytes(
                ByteBuffer.allocate(5).put((byte) 0).putInt(message.length).array());
        body.writeBytes(message);
        var request = HttpRequest.newBuilder(envoy.uri(path))
                .header("content-type", "application/grpc-web+proto")
                .header("x-grpc-web", "1")
                .header("origin", ORIGIN)
                .POST(BodyPublishers.ofByteArray(body.toByteArray()));
        headers.forEach(request::header);
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static HttpResponse<Void> preflight(String origin) throws Exception {
        return preflight(CATEGORIES, origin);
    }

    private static HttpResponse<Void> preflight(String path, String origin) throws Exception {
        var request = HttpRequest.newBuilder(envoy.uri(path))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("origin", origin)
                .header("access-control-request-method", "POST")
                .header("access-control-request-headers", "authorization,x-grpc-web")
                .build();
        return http.send(request, BodyHandlers.discarding());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static ErrorInfo info(StatusRuntimeException refused) throws Exception {
        return StatusProto.fromThrowable(refused).getDetails(0).unpack(ErrorInfo.class);
    }

    private static String reasonIn(String details) throws Exception {
        return com.google.rpc.Status.parseFrom(Base64.getDecoder().decode(details))
                .getDetails(0)
                .unpack(ErrorInfo.class)
                .getReason();
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
