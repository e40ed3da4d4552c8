package org.aula.bff.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.rpc.Code;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.aula.api.common.v1.Heartbeat;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.WatchCourseProgressRequest;
import org.aula.api.enrollments.v1.WatchCourseProgressResponse;
import org.aula.bff.testing.FakeStream;
import org.aula.bff.testing.Refusal;
import org.aula.bff.testing.Socket;
import org.aula.bff.testing.TestGateway;
import org.aula.kernel.call.CallHeaders;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Subscriptions by WebSocket and by server-sent events, and what the protocols say of those who break them.
@Tag("fast")
class SubscriptionsTest {

    @RegisterExtension
    static final TestGateway gateway = new TestGateway();

    private static final String PROGRESS =
            "subscription { courseProgress(courseId: \"%s\") { progressPercentage course { title } } }"
                    .formatted(TestGateway.id("Course", "course"));

    @Test
    void eventsComeAsTheyAreTold() throws Exception {
        try (var socket = Socket.signedIn(gateway.address(), TestGateway.token())) {
            socket.subscribe("a", PROGRESS);
            var stream = stream(0);
            assertThat(((WatchCourseProgressRequest) stream.request()).getCourseId())
                    .isEqualTo(TestGateway.uuid("course"));
            assertThat(gateway.headers().getFirst().get(CallHeaders.AUTHORIZATION))
                    .isEqualTo("Bearer " + TestGateway.token());

            stream.send(progress(20));
            stream.send(WatchCourseProgressResponse.newBuilder()
                    .setHeartbeat(Heartbeat.getDefaultInstance())
                    .build());
            stream.send(progress(40));

            assertThat(percentage(socket)).isEqualTo(20);
            var second = socket.next();
            assertThat(second.at("/payload/data/courseProgress/progressPercentage")
                            .asInt())
                    .isEqualTo(40);
            assertThat(second.at("/payload/data/courseProgress/course/title").asText())
                    .isEqualTo("A course");
            stream.complete();
            assertThat(socket.next().path("type").asText()).isEqualTo("complete");
        }
    }

    @Test
    void whoCompletesOrGoesEndsTheStream() throws Exception {
        try (var socket = Socket.signedIn(gateway.address(), TestGateway.token())) {
            socket.subscribe("a", PROGRESS);
            var first = stream(0);
            socket.say("{\"id\":\"a\",\"type\":\"complete\"}");
            until("the stream is left", first::isCancelled);

            socket.subscribe("a", PROGRESS);
            stream(1);
        }
        until("the stream is left", () -> stream(1).isCancelled());
    }

    @Test
    void aStreamWhoseServerStopsIsOpenedAgain() throws Exception {
        try (var socket = Socket.signedIn(gateway.address(), TestGateway.token())) {
            socket.subscribe("a", PROGRESS);
            stream(0).send(progress(1));
            assertThat(percentage(socket)).isEqualTo(1);

            stream(0).refuse(Refusal.retryable(Code.UNAVAILABLE, "SERVER_DRAINING", Duration.getDefaultInstance()));
            stream(1).send(progress(2));

            assertThat(percentage(socket)).isEqualTo(2);
        }
    }

    @Test
    void aTokenThatEndsClosesTheSocketSoThatTheClientComesAgain() throws Exception {
        try (var socket = Socket.signedIn(gateway.address(), TestGateway.token())) {
            socket.subscribe("a", PROGRESS);
            stream(0).refuse(Refusal.retryable(Code.UNAUTHENTICATED, "TOKEN_EXPIRED", Duration.getDefaultInstance()));

            assertThat(socket.closeCode()).isEqualTo(4403);
        }
    }

    @Test
    void refusalsEndTheirOperationOnly() throws Exception {
        try (var socket = Socket.signedIn(gateway.address(), TestGateway.token())) {
            socket.subscribe("a", PROGRESS);
            stream(0).refuse(Refusal.retryable(Code.NOT_FOUND, "ENROLLMENT_NOT_FOUND", Duration.getDefaultInstance()));
            var error = socket.next();
            assertThat(error.path("type").asText()).isEqualTo("error");
            assertThat(error.at("/payload/0/extensions/reason").asText()).isEqualTo("ENROLLMENT_NOT_FOUND");

            socket.subscribe("b", "subscription { nothing }");
            assertThat(socket.next().at("/payload/0/extensions/reason").asText())
                    .isEqualTo("DOCUMENT_INVALID");
            socket.subscribe("c", "subscription { courseProgress(courseId: \"x\") { id } }");
            assertThat(socket.next().at("/payload/0/extensions/reason").asText())
                    .isEqualTo("ID_INVALID");
            socket.say("{\"id\":\"d\",\"type\":\"subscribe\",\"payload\":{}}");
            assertThat(socket.next().at("/payload/0/extensions/reason").asText())
                    .isEqualTo("BODY_INVALID");
            socket.subscribe("e", "{ course(slug: \"any\") { title } }");
            assertThat(socket.next().at("/payload/data/course/title").asText()).isEqualTo("A course");
            assertThat(socket.next().path("type").asText()).isEqualTo("complete");
        }
    }

    @Test
    void whoBreaksTheProtocolIsToldByTheCode() throws Exception {
        assertThat(closed("{")).isEqualTo(4400);
        assertThat(closed("{\"type\":\"unknown\"}")).isEqualTo(4400);
        assertThat(closed("{\"id\":\"a\",\"type\":\"subscribe\",\"payload\":{\"query\":\"{ __typename }\"}}"))
                .isEqualTo(4401);
        assertThat(closed("{\"type\":\"connection_init\"}", "{\"type\":\"connection_init\"}"))
                .isEqualTo(4429);
        var subscribe = "{\"id\":\"a\",\"type\":\"subscribe\",\"payload\":{\"query\":\""
                + PROGRESS.replace("\"", "\\\"") + "\"}}";
        assertThat(closed("{\"type\":\"connection_init\"}", subscribe, subscribe))
                .isEqualTo(4409);
        assertThat(closed()).isEqualTo(4408);
    }

    private static int closed(String... messages) throws Exception {
        try (var socket = Socket.silent(gateway.address())) {
            for (var message : messages) {
                socket.say(message);
            }
            return socket.closeCode();
        }
    }

    @Test
    void eventsComeByServerSentEvents() throws Exception {
        try (var http = HttpClient.newHttpClient();
                var reader = reader(http.send(events(PROGRESS), HttpResponse.BodyHandlers.ofInputStream()))) {
            assertThat(reader.readLine()).isEqualTo(":");
            assertThat(reader.readLine()).isEmpty();
            stream(0).send(progress(20));

            assertThat(reader.readLine()).isEqualTo("event: next");
            assertThat(reader.readLine()).startsWith("data: {").contains("\"progressPercentage\":20");
            assertThat(reader.readLine()).isEmpty();
            stream(0).complete();
            assertThat(reader.readLine()).isEqualTo("event: complete");
            assertThat(reader.readLine()).isEqualTo("data: ");
            assertThat(reader.readLine()).isEmpty();
            assertThat(reader.readLine()).isNull();
        }
    }

    @Test
    void aTokenThatEndsEndsServerSentEventsWithoutComplete() throws Exception {
        try (var http = HttpClient.newHttpClient();
                var reader = reader(http.send(events(PROGRESS), HttpResponse.BodyHandlers.ofInputStream()))) {
            stream(0).refuse(Refusal.retryable(Code.UNAUTHENTICATED, "TOKEN_EXPIRED", Duration.getDefaultInstance()));

            assertThat(reader.lines().toList()).containsExactly(":", "");
        }
    }

    @Test
    void whoLeavesServerSentEventsEndsTheStream() throws Exception {
        var http = HttpClient.newHttpClient();
        http.send(events(PROGRESS), HttpResponse.BodyHandlers.ofInputStream());
        var stream = stream(0);
        http.shutdownNow();
        until("the stream is left", () -> {
            if (!stream.isCancelled()) {
                stream.send(progress(1));
            }
            return stream.isCancelled();
        });
    }

    @Test
    void aRequestThatIsNoStreamIsTold() {
        var answer = gateway.ask(PROGRESS);

        assertThat(answer.at("/errors/0/extensions/reason").asText()).isEqualTo("STREAM_REQUIRED");
        assertThat(gateway.streams()).isEmpty();
    }

    @Test
    void manyOperationsShareAStreamThatWasReserved() throws Exception {
        var token = gateway.send(reserved("", "")
                        .PUT(HttpRequest.BodyPublishers.noBody())
                        .build())
                .body();
        assertThat(token).hasSizeGreaterThanOrEqualTo(32);
        assertThat(begin(token, "a")).isEqualTo(409);
        var open =
                reserved(token, "").header("accept", "text/event-stream").GET().build();
        try (var http = HttpClient.newHttpClient();
                var reader = reader(http.send(open, HttpResponse.BodyHandlers.ofInputStream()))) {
            assertThat(gateway.send(open).statusCode()).isEqualTo(409);
            assertThat(begin(token, "a")).isEqualTo(202);
            assertThat(begin(token, "a")).isEqualTo(409);
            assertThat(begin(token, "b")).isEqualTo(202);
            stream(1).send(progress(20));

            assertThat(reader.readLine()).isEqualTo(":");
            assertThat(reader.readLine()).isEmpty();
            assertThat(reader.readLine()).isEqualTo("event: next");
            assertThat(reader.readLine()).contains("\"id\":\"b\"").contains("\"progressPercentage\":20");
            assertThat(reader.readLine()).isEmpty();
            assertThat(gateway.send(reserved(token, "?operationId=a").DELETE().build())
                            .statusCode())
                    .isEqualTo(200);
            until("the first is left", () -> stream(0).isCancelled());
            stream(1).complete();
            assertThat(reader.readLine()).isEqualTo("event: complete");
            assertThat(reader.readLine()).isEqualTo("data: {\"id\":\"b\"}");
        }
        assertThat(begin("unknown", "a")).isEqualTo(404);
    }

    private static int begin(String token, String id) {
        var body = "{\"query\":\"%s\",\"extensions\":{\"operationId\":\"%s\"}}"
                .formatted(PROGRESS.replace("\"", "\\\""), id);
        return gateway.send(reserved(token, "")
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build())
                .statusCode();
    }

    private static HttpRequest.Builder reserved(String token, String query) {
        var request = HttpRequest.newBuilder(gateway.address().resolve("/graphql" + query));
        return token.isEmpty() ? request : request.header("x-graphql-event-stream-token", token);
    }

    private static HttpRequest events(String query) {
        return HttpRequest.newBuilder(gateway.address().resolve("/graphql"))
                .header("content-type", "application/json")
                .header("accept", "text/event-stream")
                .header("authorization", "Bearer " + TestGateway.token())
                .POST(HttpRequest.BodyPublishers.ofString("{\"query\":\"" + query.replace("\"", "\\\"") + "\"}"))
                .build();
    }

    private static BufferedReader reader(HttpResponse<InputStream> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("text/event-stream");
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    private static int percentage(Socket socket) throws Exception {
        var message = socket.next();
        assertThat(message.path("type").asText()).as(message.toString()).isEqualTo("next");
        return message.at("/payload/data/courseProgress/progressPercentage").asInt();
    }

    private static WatchCourseProgressResponse progress(int percentage) {
        return WatchCourseProgressResponse.newBuilder()
                .setEnrollment(Enrollment.newBuilder()
                        .setId(TestGateway.uuid("enrollment"))
                        .setCourseId(TestGateway.uuid("course"))
                        .setProgressPercentage(percentage))
                .build();
    }

    private static FakeStream stream(int number) throws Exception {
        until("the stream " + number, () -> gateway.streams().size() > number);
        return gateway.streams().get(number);
    }

    private interface Question {
        boolean holds() throws Exception;
    }

    private static void until(String what, Question question) throws Exception {
        for (var tries = 0; tries < 500; tries++) {
            if (question.holds()) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("never: " + what);
    }
}
