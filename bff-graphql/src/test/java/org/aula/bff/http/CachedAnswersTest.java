package org.aula.bff.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.rpc.Code;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.aula.bff.testing.Refusal;
import org.aula.bff.testing.TestGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What visitors see of the catalog may be kept by caches, if it was asked for by a document's id.
@Tag("fast")
class CachedAnswersTest {

    private static final String CATALOG = "{ courses(first: 3) { nodes { title instructor { displayName } } } }";

    @RegisterExtension
    static final TestGateway GATEWAY = new TestGateway();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            { courses(first: 3) { nodes { title myEnrollment { status } } } }        | 60
            { course(slug: "x") { title sections { title } } __typename }            | 60
            { categories { name } }                                                  | 300
            { categories { name } courses(first: 1) { nodes { title } } }            | 60
            query A { ...C } fragment C on Query { tags(first: 3) { nodes { name } } } | 300
            """)
    void whatIsPublicMayBeKept(String query, int seconds) {
        var response = byId(query);

        assertThat(response.headers().firstValue("cache-control")).hasValue("public, max-age=" + seconds);
        assertThat(response.headers().firstValue("vary")).hasValue("Accept, Authorization, Origin");
        assertThat(response.headers().firstValue("etag").orElseThrow()).matches("\"[A-Za-z0-9_-]{22}\"");
        assertThat(response.body()).doesNotContain("requestId", "grpcCalls").contains("\"cost\"");
    }

    @Test
    void whoHasTheSameIsNotSentItAgain() {
        var etag = byId(CATALOG).headers().firstValue("etag").orElseThrow();

        for (var known : new String[] {etag, "W/" + etag, "\"other\", " + etag, "*"}) {
            var again = byId(CATALOG, "if-none-match", known);
            assertThat(again.statusCode()).as(known).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.headers().firstValue("etag")).hasValue(etag);
            assertThat(again.headers().firstValue("cache-control")).hasValue("public, max-age=60");
        }
        assertThat(byId(CATALOG, "if-none-match", "\"other\"").statusCode()).isEqualTo(200);
        assertThat(byId(CATALOG, "accept", "application/graphql-response+json")
                        .headers()
                        .firstValue("etag"))
                .isPresent()
                .isNotEqualTo(java.util.Optional.of(etag));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ viewer { user { summary { displayName } } } }",
                "{ courses(first: 3) { nodes { title } } viewer { user { summary { displayName } } } }",
                "{ node(id: \"x\") { id } }",
                "{ __schema { queryType { name } } }",
                "{ __typename }",
            })
    void whatIsNotOfTheCatalogIsKeptByNobody(String query) {
        assertNotKept(byId(query));
    }

    @Test
    void whatSomebodySeesIsKeptByNobody() {
        assertNotKept(byId(CATALOG, "authorization", "Bearer " + TestGateway.token()));
    }

    @Test
    void whatIsIncompleteIsKeptByNobody() {
        byId(CATALOG);
        GATEWAY.refuse(Refusal.of(Code.UNAVAILABLE, "SERVICE_UNAVAILABLE", Map.of()));

        var response = byId(CATALOG);

        assertThat(response.body()).contains("SERVICE_UNAVAILABLE");
        assertNotKept(response);
    }

    @Test
    void whatIsAskedByItsTextIsKeptByNobody() {
        assertNotKept(get("query=" + URLEncoder.encode(CATALOG, StandardCharsets.UTF_8)));
    }

    private static void assertNotKept(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().allValues("cache-control")).containsExactly("no-store");
        assertThat(response.headers().firstValue("etag")).isEmpty();
        assertThat(response.body()).contains("requestId");
    }

    /// Lets the gateway know the document, then asks for it by GET and its hash.
    private static HttpResponse<String> byId(String query, String... headers) {
        var hash = Hashing.sha256().hashString(query, StandardCharsets.UTF_8);
        var extensions = "{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"" + hash + "\"}}";
        var parameters = "extensions=" + URLEncoder.encode(extensions, StandardCharsets.UTF_8);
        get(parameters + "&query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        return get(parameters, headers);
    }

    private static HttpResponse<String> get(String parameters, String... headers) {
        var request = HttpRequest.newBuilder(GATEWAY.address().resolve("/graphql?" + parameters));
        return GATEWAY.send((headers.length == 0 ? request : request.headers(headers)).build());
    }
}
