package org.aula.bff.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.aula.bff.testing.TestGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Documents that clients name by their ids, automatic ones and those of manifests.
@Tag("fast")
class PersistedDocumentsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GRAPHQL_RESPONSE = "application/graphql-response+json";
    private static final String TITLE = "{ course(slug: \"x\") { title } }";

    @RegisterExtension
    static final TestGateway GATEWAY = new TestGateway();

    @Test
    void aDocumentIsSentOnceAndThenNamedByItsHash() {
        var query = "{ course(slug: \"once\") { title } }";
        var hash = Map.of("extensions", automatic(query));

        assertMissed(post(GATEWAY, hash), "PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND");
        assertTitle(post(GATEWAY, Map.of("query", query, "extensions", automatic(query))));
        assertTitle(post(GATEWAY, hash));
        assertTitle(get(GATEWAY, "extensions=" + encode(automatic(query))));
    }

    @Test
    void aMissIsNoFailureToClientsThatLookAtTheStatusFirst() {
        var unknown = Map.of("extensions", automatic("{ nowhere }"));

        assertThat(post(GATEWAY, unknown, GRAPHQL_RESPONSE + ", application/json;q=0.9"))
                .satisfies(response -> {
                    assertThat(response.statusCode()).isEqualTo(200);
                    assertThat(response.headers().firstValue("content-type"))
                            .hasValue("application/json; charset=utf-8");
                    assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
                });
        assertThat(post(GATEWAY, unknown, GRAPHQL_RESPONSE)).satisfies(response -> {
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.headers().firstValue("content-type")).hasValue(GRAPHQL_RESPONSE + "; charset=utf-8");
        });
    }

    @Test
    void aHashOfAnotherDocumentIsRefused() {
        var response = post(GATEWAY, Map.of("query", TITLE, "extensions", automatic("{ __typename }")));

        assertThat(reason(response)).isEqualTo("PERSISTED_QUERY_MISMATCH");
        assertThat(GATEWAY.requests()).isEmpty();
    }

    @Test
    void onlyWhatRunsIsKept() {
        var broken = "{ nowhere }";

        post(GATEWAY, Map.of("query", broken, "extensions", automatic(broken)));

        assertThat(reason(post(GATEWAY, Map.of("extensions", automatic(broken)))))
                .isEqualTo("PERSISTED_QUERY_NOT_FOUND");
    }

    @Test
    void aMutationIsNotRunByGetWhateverNamesIt() {
        var logout = "mutation { logout(input: {refreshToken: \"x\"}) { userErrors { code } } }";
        post(GATEWAY, Map.of("query", logout, "extensions", automatic(logout)));
        GATEWAY.forget();

        assertThat(get(GATEWAY, "extensions=" + encode(automatic(logout))).statusCode())
                .isEqualTo(405);
        assertThat(GATEWAY.requests()).isEmpty();
    }

    @Test
    void whereItIsSwitchedOffClientsAreTold() {
        try (var gateway = new TestGateway(Map.of("AULA_BFF_AUTOMATIC_DOCUMENTS", "false"))) {
            var hash = Map.of("extensions", automatic(TITLE));

            assertMissed(post(gateway, hash), "PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED");
            assertTitle(post(gateway, Map.of("query", TITLE, "extensions", automatic(TITLE))));
            assertMissed(post(gateway, hash), "PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED");
        }
    }

    @Test
    void documentsOfBothKindsOfManifestsAreKnownByTheirIds(@TempDir Path folder) throws IOException {
        manifests(folder);
        try (var gateway = new TestGateway(Map.of("TRUSTED_DOCUMENTS_DIR", folder.toString()))) {
            assertTitle(post(gateway, Map.of("documentId", "apollo-1")));
            assertTitle(post(gateway, Map.of("documentId", "codegen-1")));
            assertTitle(get(gateway, "documentId=apollo-1"));
            assertTitle(post(
                    gateway,
                    Map.of("extensions", Map.of("persistedQuery", Map.of("version", 1, "sha256Hash", "apollo-1")))));
            assertMissed(
                    post(gateway, Map.of("documentId", "apollo-2")),
                    "PersistedQueryNotFound",
                    "PERSISTED_QUERY_NOT_FOUND");
            assertTitle(post(gateway, Map.of("query", "{ other: course(slug: \"x\") { title } }")));
        }
    }

    @Test
    void onlyTrustedDocumentsRunWhereThatIsCompulsory(@TempDir Path folder) throws IOException {
        manifests(folder);
        try (var gateway = new TestGateway(
                Map.of("TRUSTED_DOCUMENTS_DIR", folder.toString(), "AULA_BFF_TRUSTED_DOCUMENTS_ONLY", "true"))) {
            assertTitle(post(gateway, Map.of("documentId", "apollo-1")));
            assertTitle(post(gateway, Map.of("query", TITLE)));
            gateway.forget();

            var other = "{ course(slug: \"x\") { slug } }";
            for (var asked : new Map<?, ?>[] {
                Map.of("query", other),
                Map.of("documentId", "apollo-2"),
                Map.of("extensions", automatic(other)),
                Map.of("query", other, "extensions", automatic(other))
            }) {
                var response = post(gateway, asked);
                assertThat(reason(response)).as(response.body()).isEqualTo("DOCUMENT_NOT_TRUSTED");
                assertThat(json(response).at("/errors/0/extensions/code").asText())
                        .isEqualTo("PERMISSION_DENIED");
            }
            assertThat(gateway.requests()).isEmpty();
        }
    }

    @Test
    void manifestsComeAndGoWhileTheGatewayRuns(@TempDir Path folder) throws IOException {
        manifests(folder);
        try (var gateway = new TestGateway(Map.of("TRUSTED_DOCUMENTS_DIR", folder.toString()))) {
            var trusted = gateway.bean(TrustedDocuments.class);

            Files.writeString(folder.resolve("next.json"), "{\"next\": \"{ course(slug: \\\"next\\\") { title } }\"}");
            Files.delete(folder.resolve("codegen.json"));
            trusted.refresh();
            assertTitle(post(gateway, Map.of("documentId", "next")));
            assertThat(reason(post(gateway, Map.of("documentId", "codegen-1")))).isEqualTo("PERSISTED_QUERY_NOT_FOUND");

            Files.writeString(folder.resolve("broken.json"), "{");
            trusted.refresh();
            assertTitle(post(gateway, Map.of("documentId", "next")));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {                                                                                              | is not JSON
            []                                                                                             | a manifest is a JSON object
            {"a": 7}                                                                                       | a is no text
            {"format": "other", "version": 1, "operations": []}                                            | the format is not
            {"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": "a"}]}       | operations[0].body
            {"apollo-1": "{ __typename }"}                                                                 | another document of the id apollo-1
            """)
    void whatIsNoManifestStopsTheStart(String content, String problem, @TempDir Path folder) throws IOException {
        manifests(folder);
        Files.writeString(folder.resolve("more.json"), content);

        assertThatThrownBy(() -> new TestGateway(Map.of("TRUSTED_DOCUMENTS_DIR", folder.toString())))
                .hasStackTraceContaining("more.json")
                .hasStackTraceContaining(problem);
    }

    @Test
    void trustingNothingStopsTheStart(@TempDir Path empty) {
        var compulsory = Map.of("AULA_BFF_TRUSTED_DOCUMENTS_ONLY", "true");

        assertThatThrownBy(() -> new TestGateway(compulsory)).rootCause().hasMessageContaining("TRUSTED_DOCUMENTS_DIR");
        assertThatThrownBy(() -> new TestGateway(
                        Map.of("AULA_BFF_TRUSTED_DOCUMENTS_ONLY", "true", "TRUSTED_DOCUMENTS_DIR", empty.toString())))
                .rootCause()
                .hasMessageContaining("TRUSTED_DOCUMENTS_DIR");
    }

    private static void manifests(Path folder) throws IOException {
        Files.writeString(
                folder.resolve("apollo.json"),
                JSON.writeValueAsString(
                        Map.of("format", "apollo-persisted-query-manifest", "version", 1, "operations", new Object[] {
                            Map.of("id", "apollo-1", "name", "Title", "type", "query", "body", TITLE)
                        })));
        Files.writeString(
                folder.resolve("codegen.json"),
                JSON.writeValueAsString(Map.of("codegen-1", "query Title { course(slug: \"y\") { title } }")));
        Files.writeString(folder.resolve("README.md"), "no manifest");
    }

    private static void assertTitle(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains("\"title\":\"A course\"");
    }

    private static void assertMissed(HttpResponse<String> response, String message, String reason) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(json(response).at("/errors/0/message").asText()).isEqualTo(message);
        assertThat(reason(response)).isEqualTo(reason);
    }

    private static String reason(HttpResponse<String> response) {
        return json(response).at("/errors/0/extensions/reason").asText();
    }

    private static Map<String, ?> automatic(String query) {
        var hash = Hashing.sha256().hashString(query, StandardCharsets.UTF_8).toString();
        return Map.of("persistedQuery", Map.of("version", 1, "sha256Hash", hash));
    }

    private static HttpResponse<String> post(TestGateway gateway, Map<?, ?> body) {
        return post(gateway, body, "application/json");
    }

    private static HttpResponse<String> post(TestGateway gateway, Map<?, ?> body, String accept) {
        return gateway.send(HttpRequest.newBuilder(gateway.address().resolve("/graphql"))
                .header("content-type", "application/json")
                .header("accept", accept)
                .POST(HttpRequest.BodyPublishers.ofString(write(body)))
                .build());
    }

    private static HttpResponse<String> get(TestGateway gateway, String parameters) {
        return gateway.send(HttpRequest.newBuilder(gateway.address().resolve("/graphql?" + parameters))
                .build());
    }

    private static String encode(Map<?, ?> value) {
        return URLEncoder.encode(write(value), StandardCharsets.UTF_8);
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException notJson) {
            throw new IllegalStateException(notJson);
        }
    }
}
