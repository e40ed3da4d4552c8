package org.aula.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What clients meet that have nothing but JSON and HTTP.
final class JsonTest {

    private static final String CATEGORIES = "/aula.courses.v1.CategoryService/ListCategories";

    private static Upstreams upstreams;
    private static Envoy envoy;
    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        upstreams = new Upstreams(new Tokens("2026-01").publicKeys());
        var values = upstreams.values(new Tokens("courses").publicKeys());
        values.put("ANALYTICS_PORT", Integer.toString(Envoy.freePort()));
        envoy = Envoy.start(values);
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() throws Exception {
        http.close();
        envoy.close();
        upstreams.close();
    }

    @Test
    void aUnaryMethodTakesJson() throws Exception {
        var answer = post(CATEGORIES, "{\"pageSize\": 3}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "content-type")).isEqualTo("application/json");
        assertThat(answer.headers().firstValue("grpc-status")).isEmpty();
        assertThat(answer.body()).contains("\"categories\":[{", "\"name\":\"Languages\"");
    }

    @Test
    void publicReadsAreThereAsRest() throws Exception {
        assertThat(get("/v1/categories?pageSize=3").body()).contains("\"name\":\"Languages\"");
        assertThat(get("/v1/courses/slug/none").statusCode()).isEqualTo(404);
    }

    @Test
    void anErrorHasGooglesFormAndTheSameDetails() throws Exception {
        var answer = post("/aula.courses.v1.CourseService/GetCourse", "{\"slug\": \"none\"}");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(header(answer, "content-type")).isEqualTo("application/json");
        assertThat(answer.headers().firstValue("grpc-status-details-bin")).isEmpty();
        assertThat(answer.body())
                .contains("\"code\":5", "type.googleapis.com/google.rpc.ErrorInfo", "\"reason\":\"COURSE_NOT_FOUND\"");
    }

    @Test
    void whatTheEdgeRefusesHasTheSameForm() throws Exception {
        var forServices = post("/aula.auth.v1.AuthService/GetRegistration", "{}");
        var away = post("/aula.analytics.v1.AnalyticsService/GetCourseActivity", "{}");

        assertThat(forServices.statusCode()).isEqualTo(403);
        assertThat(forServices.body()).contains("\"code\":7", "\"reason\":\"PERMISSION_MISSING\"");
        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.body()).contains("\"code\":14", "\"reason\":\"SERVICE_UNAVAILABLE\"");
    }

    @Test
    void whatTheContractDoesNotHaveIsRefused() throws Exception {
        assertThat(get("/v1/categories?color=blue").statusCode()).isEqualTo(400);
        assertThat(post(CATEGORIES, "{\"pageSize\": \"many\"}").statusCode()).isEqualTo(400);
        assertThat(post(CATEGORIES, "{").statusCode()).isEqualTo(400);
        var method = post("/aula.courses.v1.CategoryService/Paint", "{}");
        assertThat(method.statusCode()).isEqualTo(404);
        assertThat(method.body()).contains("\"code\":12", "The contract has no such method.");
    }

    /// As gRPC has it, where a newer client may know more fields; Envoy has no other way for bodies.
    @Test
    void aFieldOfABodyThatTheContractDoesNotHaveIsNotRead() throws Exception {
        assertThat(post(CATEGORIES, "{\"color\": \"blue\"}").statusCode()).isEqualTo(200);
    }

    @Test
    void theConnectProtocolIsToldWhatToDoInstead() throws Exception {
        var unary = http.send(
                HttpRequest.newBuilder(envoy.uri(CATEGORIES))
                        .header("content-type", "application/json")
                        .header("connect-protocol-version", "1")
                        .POST(BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(unary.statusCode()).isEqualTo(415);
        assertThat(unary.body()).contains("\"code\":\"unimplemented\"", "grpc-web");
        for (var type : new String[] {"application/proto", "application/connect+json", "application/connect+proto"}) {
            assertThat(send(CATEGORIES, type, "{}").statusCode()).as(type).isEqualTo(415);
        }
    }

    /// A stream that broke off would look whole as JSON.
    @Test
    void aStreamIsNotGivenAsJson() throws Exception {
        assertThat(post("/aula.grades.v1.LeaderboardService/WatchLeaderboard", "{}")
                        .statusCode())
                .isEqualTo(415);
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return send(path, "application/json", body);
    }

    private static HttpResponse<String> send(String path, String type, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(envoy.uri(path))
                        .header("content-type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(envoy.uri(path)).build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
