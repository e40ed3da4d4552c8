package org.aula.bff.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aula.bff.testing.TestGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The endpoint keeps the GraphQL-over-HTTP specification.
@Tag("fast")
class GraphQlOverHttpTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final TestGateway GATEWAY = new TestGateway();

    @Test
    void allAuditsOfTheReferencePass() throws IOException, InterruptedException {
        var audits = run(
                "src/test/node/audits.sh", GATEWAY.address().resolve("/graphql").toString());

        assertThat(audits).hasSize(61);
        assertThat(audits)
                .filteredOn(audit -> !audit.path("status").asText().equals("ok"))
                .as("audits that do not pass")
                .isEmpty();
    }

    @Test
    void aMutationByGetIsRefused() {
        var query = URLEncoder.encode(
                "mutation { logout(input: {refreshToken: \"x\"}) { userErrors { code } } }", StandardCharsets.UTF_8);
        var response = GATEWAY.send(
                HttpRequest.newBuilder(at("/graphql?query=" + query)).build());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("allow")).hasValue("POST");
        assertThat(response.body()).contains("METHOD_NOT_ALLOWED");
        assertThat(GATEWAY.requests()).isEmpty();
    }

    @Test
    void theEdgeIsToldWhatAnOperationCost() throws IOException {
        var ran = GATEWAY.send(HttpRequest.newBuilder(
                        at("/graphql?query=" + URLEncoder.encode("{ __typename }", StandardCharsets.UTF_8)))
                .build());
        var refused = GATEWAY.send(
                HttpRequest.newBuilder(at("/graphql?query=" + URLEncoder.encode("{ nothing }", StandardCharsets.UTF_8)))
                        .build());

        assertThat(ran.headers().firstValue("x-aula-cost"))
                .hasValue(JSON.readTree(ran.body()).at("/extensions/cost").asText());
        assertThat(refused.headers().firstValue("x-aula-cost")).isEmpty();
    }

    @Test
    void callsEndWhenTheClientHangsUp() throws IOException, InterruptedException {
        try (var gateway = new TestGateway()) {
            var cancelled = gateway.hang();
            var body = "{\"query\":\"{ course(slug: \\\"x\\\") { title } }\"}";
            try (var socket = new Socket("127.0.0.1", gateway.address().getPort())) {
                socket.getOutputStream()
                        .write(
                                ("POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: "
                                                + body.length() + "\r\n\r\n" + body)
                                        .getBytes(StandardCharsets.UTF_8));
                while (gateway.requests().isEmpty()) {
                    Thread.sleep(5);
                }
            }

            assertThat(cancelled.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void theRequestIdComesBack() {
        var response = GATEWAY.send(HttpRequest.newBuilder(at("/graphql?query=%7B__typename%7D"))
                .header("x-request-id", "abc-123")
                .build());

        assertThat(response.headers().allValues("x-request-id")).containsExactly("abc-123");
        assertThat(response.body()).contains("\"requestId\":\"abc-123\"");
    }

    @Test
    void whatIsNotThereIsToldAsJson() {
        var response = GATEWAY.send(HttpRequest.newBuilder(at("/nowhere")).build());

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("\"errors\"");
    }

    private static URI at(String path) {
        return GATEWAY.address().resolve(path);
    }

    private static List<JsonNode> run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(Path.of("").toAbsolutePath().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var lines = new ArrayList<JsonNode>();
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(JSON.readTree(line));
            }
        }
        assertThat(process.waitFor()).isZero();
        return lines;
    }
}
