package org.aula.bff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.aula.bff.testing.TestGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever somebody sends whom nobody knows, it is told as theirs: no answer is a 500, none says INTERNAL.
@Tag("fast")
class StrangersTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final TestGateway GATEWAY = new TestGateway();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ a: __type(name: \"Course\") { name } b: __type(name: \"User\") { name } }",
                "{ a: __schema { queryType { name } } b: __schema { queryType { name } } }",
                "{ __type(name: \"Course\") { fields { type { fields { name } } } } }",
                "{ __schema { types { fields { type { fields { name } } } } } }",
                "{ ...S __schema { queryType { name } } } fragment S on Query { __schema { types { name } } }",
            })
    void ordinaryIntrospectionIsAnswered(String query) {
        var answer = GATEWAY.ask(query);

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(answer.at("/extensions/cost").asInt()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            query($v: Int = 2) { courses(first: $v) { nodes { title } } }                               | 'first' of courses
            query($v: CourseOrder = NEWEST) { courses(first: 2, orderBy: $v) { nodes { title } } }      | 'orderBy' of courses
            query($v: CourseOrder) { courses(first: 2, orderBy: $v) { nodes { title } } }               | 'orderBy' of courses
            query($v: String = "en") { course(slug: "x") { price { formatted(locale: $v) } } }          | 'locale' of formatted
            query($v: ID = "x") { courses(first: 2, filter: {tagIds: [$v]}) { nodes { title } } }       | 'tagIds' of a CourseFilter
            query($v: Boolean = true) { courses(first: 2) @skip(if: $v) { nodes { title } } }           | 'if' of @skip
            query($v: Boolean = true) { ...F @include(if: $v) } fragment F on Query { __typename }      | 'if' of @include
            query($v: String = "a") { __type(name: $v) { name } }                                       | 'name' of __type
            mutation($v: String = "a") { createCourse(input: {title: $v}) { userErrors { code } } }     | 'title' of a CreateCourseInput
            mutation($v: HtmlBlockInput) { CONTENT(blocks: [{html: $v}]) }                              | 'html' of a ContentBlockInput
            mutation($v: HtmlBlockInput = {html: "x"}) { CONTENT(blocks: [{html: $v}]) }                | 'html' of a ContentBlockInput
            """)
    void aVariableThatIsNullWhereNoneFitsIsNamed(String query, String place) {
        var answer = GATEWAY.ask(content(query), java.util.Collections.singletonMap("v", null), null);

        assertThat(answer.at("/errors/0/extensions/code").asText())
                .as(answer.toString())
                .isEqualTo("INVALID_ARGUMENT");
        assertThat(answer.at("/errors/0/extensions/reason").asText()).isEqualTo("VARIABLE_INVALID");
        assertThat(TestGateway.texts(answer.at("/errors/0/extensions/field"))).containsExactly("v");
        assertThat(answer.at("/errors/0/message").asText()).contains("null", place);
        assertThat(answer.has("data")).isFalse();
        assertThat(GATEWAY.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"title": null}                                                  | title                   | must not be null
            {"title": "T", "price": {"amountMinor": null}}                   | price.amountMinor       | must not be null
            {"title": "T", "price": {"amountMinor": 1}}                      | price.currencyCode      | is missing
            {"title": "T", "price": 7}                                       | price                   | must be an object
            {"title": "T", "requirements": ["a", null]}                      | requirements.1          | must not be null
            {"title": "T", "requirements": ["a", 7]}                         | requirements.1          | is no String
            {"title": "T", "level": "SOME"}                                  | level                   | is no CourseLevel
            {"title": "T", "nonsense": 1}                                    | nonsense                | is no field
            {}                                                               | title                   | is missing
            """)
    void whatIsWrongInAVariableIsNamedByItsPath(String value, String path, String problem) throws IOException {
        var answer = GATEWAY.ask(
                "mutation($input: CreateCourseInput!) { createCourse(input: $input) { userErrors { code } } }",
                Map.of("input", JSON.readValue(value, Map.class)),
                null);

        var errors = answer.path("errors");
        assertThat(errors).as(answer.toString()).anySatisfy(error -> {
            assertThat(String.join(".", TestGateway.texts(error.at("/extensions/field"))))
                    .isEqualTo("input." + path);
            assertThat(error.path("message").asText()).contains(problem);
        });
        assertThat(errors)
                .allSatisfy(error ->
                        assertThat(error.at("/extensions/reason").asText()).isEqualTo("VARIABLE_INVALID"));
        assertThat(GATEWAY.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{"html": null}]                              | 0.html | must not be null
            [{"html": {"html": "x"}}, {}]                 | 1      | exactly one
            [{"html": {"html": "x"}, "video": null}]      | 0      | exactly one
            """)
    void exactlyOneKindOfABlockIsGiven(String blocks, String path, String problem) throws IOException {
        var page = Map.of("blocks", JSON.readValue(blocks, List.class));
        var answer = GATEWAY.ask(
                "mutation($page: LessonPageInput!) { updateLessonContent(input: {lessonId: \"x\", pages: [$page]})"
                        + " { userErrors { code } } }",
                Map.of("page", page),
                null);

        assertThat(answer.path("errors")).as(answer.toString()).anySatisfy(error -> {
            assertThat(String.join(".", TestGateway.texts(error.at("/extensions/field"))))
                    .isEqualTo("page.blocks." + path);
            assertThat(error.path("message").asText()).contains(problem);
        });
    }

    @Test
    void aNullInADocumentIsTheDocumentsFault() {
        var literal = GATEWAY.ask(content("mutation { CONTENT(blocks: [{html: null}]) }"));
        var inDefault =
                GATEWAY.ask(content("mutation($v: [ContentBlockInput!]! = [{html: null}]) { CONTENT(blocks: $v) }"));

        assertThat(List.of(literal, inDefault)).allSatisfy(answer -> {
            assertThat(answer.at("/errors/0/extensions/reason").asText())
                    .as(answer.toString())
                    .isEqualTo("DOCUMENT_INVALID");
            assertThat(answer.toString()).contains("'html' of a ContentBlockInput");
        });
    }

    @Test
    void ofManyBrokenValuesTheFirstAreToldAndHowManyMore() {
        var requirements = java.util.Collections.nCopies(120, 7);

        var answer = GATEWAY.ask(
                "mutation($input: CreateCourseInput!) { createCourse(input: $input) { userErrors { code } } }",
                Map.of("input", Map.of("title", "T", "requirements", requirements)),
                null);

        assertThat(answer.path("errors")).hasSize(31);
        assertThat(answer.at("/errors/29/extensions/field/2").asText()).isEqualTo("29");
        assertThat(answer.at("/errors/30/message").asText()).isEqualTo("and 90 more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query=%",
                "query=%zz",
                "query=%ff%fe",
                "query=",
                "variables=%7B",
                "query=%7B__typename%7D&variables=%7B",
                "query=%7B__typename%7D&variables=7",
                "query=%7B__typename%7D&operationName=x",
                "extensions=%7B%22persistedQuery%22%3A7%7D",
                "extensions=%7B%22persistedQuery%22%3A%7B%22version%22%3A2%2C%22sha256Hash%22%3A%22a%22%7D%7D",
                "documentId=x",
            })
    void noAddressIsAFaultOfOurs(String parameters) throws IOException {
        try (var socket = new Socket("127.0.0.1", GATEWAY.address().getPort())) {
            socket.getOutputStream()
                    .write(("GET /graphql?" + parameters + " HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer)
                    .matches("(?s)HTTP/1.1 (200|400) .*")
                    .contains("\"errors\"")
                    .doesNotContain("INTERNAL");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            application/json; charset=nonsense | {"query":"{ __typename }"}                           | 415
            application/json; charset=utf-16   | {"query":"{ __typename }"}                           | 415
            ;;;                                | {"query":"{ __typename }"}                           | 415
            text/plain                         | {"query":"{ __typename }"}                           | 415
            application/json                   | null                                                 | 400
            application/json                   | [{"query":"{ __typename }"}]                         | 400
            application/json                   | {"query":"{ __typename }"} x                         | 400
            application/json                   | {"query":7}                                          | 400
            application/json                   | {"query":"{ __typename }","variables":[]}            | 400
            application/json                   | {"query":"{ __typename }","extensions":[]}           | 400
            application/json                   | {"query":"{ __typename }","operationName":7}         | 400
            application/json                   | {"query":"{ __typename }","documentId":"x"}          | 400
            application/json                   | {"documentId":7}                                     | 400
            application/json                   | {"extensions":{"persistedQuery":{"version":1}}}      | 400
            application/json                   | {"query":"\\ud800"}                                  | 200
            application/json                   | {"query":"query A { __typename }","operationName":"B"} | 200
            application/json                   | {"query":"query($x: Int) { courses(first: 1) { nodes { title } } }","variables":{"x":1e999999999}} | 200
            """)
    void noBodyIsAFaultOfOurs(String type, String body, int status) {
        var response = GATEWAY.send(HttpRequest.newBuilder(GATEWAY.address().resolve("/graphql"))
                .header("content-type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).contains("\"errors\"", "INVALID_ARGUMENT").doesNotContain("INTERNAL");
    }

    private static String content(String query) {
        return query.replaceFirst(
                "CONTENT\\((.*?)\\) }",
                "updateLessonContent(input: {lessonId: \"x\", pages: [{key: \"a\", title: \"T\", $1}]}) { userErrors { code } } }");
    }
}
