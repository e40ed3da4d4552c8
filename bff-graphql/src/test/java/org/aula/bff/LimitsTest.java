package org.aula.bff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import graphql.introspection.IntrospectionQueryBuilder;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aula.bff.testing.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is too large is refused with a reason, and no service hears of it.
@Tag("fast")
class LimitsTest {

    @RegisterExtension
    static final TestGateway GATEWAY = new TestGateway();

    @AfterEach
    void noServiceWasAsked() {
        assertThat(GATEWAY.requests()).isEmpty();
    }

    @Test
    void fragmentsThatContainThemselves() {
        refused(
                "{ course(slug: \"x\") { ...A } } fragment A on Course { title ...B } fragment B on Course { ...A }",
                "FRAGMENT_CYCLE");
    }

    @Test
    void tenThousandAliases() {
        refused("{ " + aliases(10_000) + " }", "TOO_LARGE");
    }

    @Test
    void aliasesAtTheRoot() {
        refused("{ " + aliases(16) + " }", "TOO_MANY_ALIASES");
    }

    @Test
    void aliasesBelow() {
        var titles = IntStream.range(0, 51)
                .mapToObj(index -> "t" + index + ": title")
                .collect(Collectors.joining(" "));
        refused("{ course(slug: \"x\") { " + titles + " } }", "TOO_MANY_ALIASES");
    }

    @Test
    void aliasesMultipliedByFragments() {
        var query = new StringBuilder("{ course(slug: \"x\") { ...F0 } }");
        for (var index = 0; index < 30; index++) {
            query.append(" fragment F%d on Course { a%d: title ...F%d ...F%d }"
                    .formatted(index, index, index + 1, index + 1));
        }
        query.append(" fragment F30 on Course { title }");
        refused(query.toString(), "TOO_MANY_ALIASES");
    }

    @Test
    void manySelectionsOverAllOperationsOfADocument() {
        refused(operations(100), "TOO_LARGE");

        assertThat(GATEWAY.ask(operations(50)).at("/errors/0/extensions/reason").asText())
                .as("without a name nothing runs")
                .isNotEqualTo("TOO_LARGE");
    }

    /// Each selects 62 fields and fragments, in a few characters.
    private static String operations(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> "query Q" + index + " { course(slug: \"x\") { ...F } }")
                .collect(Collectors.joining(" ", "", " fragment F on Course { " + "title ".repeat(60) + "}"));
    }

    @Test
    void fiftyLevels() {
        refused("{ categories " + "{ parent ".repeat(49) + "{ name }" + " }".repeat(49) + " }", "TOO_DEEP");
    }

    @Test
    void thousandsOfLevels() {
        refused("{ a ".repeat(2_900) + "}".repeat(2_900), "TOO_DEEP");
    }

    @Test
    void whatToolsAskOfTheSchemaIsAnswered() {
        var answer = GATEWAY.ask(IntrospectionQueryBuilder.build(IntrospectionQueryBuilder.Options.defaultOptions()
                .descriptions(true)
                .directiveIsRepeatable(true)
                .inputValueDeprecation(true)
                .isOneOf(true)
                .specifiedByUrl(true)
                .typeRefFragmentDepth(9)));

        assertThat(answer.path("errors").isMissingNode()).as(answer.toString()).isTrue();
        assertThat(answer.at("/data/__schema/types").size()).isGreaterThan(50);
        assertThat(answer.at("/extensions/cost").asInt()).isBetween(4_000, 8_000);
    }

    @Test
    void theSchemaIsNotToldOverAndOver() {
        var types = "{ name fields { name type { name fields { name args { name } } } } }";

        refused("{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }", "TOO_COSTLY");
        refused(
                "{ __schema { types { ofType: fields { type { ofType: fields { type { ofType: fields { name } } } } } } } }",
                "TOO_COSTLY");
        refused("{ a: __schema { types " + types + " } b: __schema { types " + types + " } }", "TOO_COSTLY");
    }

    @Test
    void introspectionCanBeSwitchedOff() {
        try (var gateway = new TestGateway(Map.of("AULA_BFF_INTROSPECTION", "false"))) {
            for (var query : List.of(
                    "{ __schema { queryType { name } } }",
                    "{ __type(name: \"Course\") { name } }",
                    "{ ...S } fragment S on Query { __type(name: \"Course\") { name } }")) {
                assertThat(gateway.ask(query).at("/errors/0/extensions/reason").asText())
                        .isEqualTo("INTROSPECTION_DISABLED");
            }
            assertThat(gateway.ask("{ __typename }").at("/data/__typename").asText())
                    .isEqualTo("Query");
        }
    }

    @Test
    void whatCostsTooMuch() {
        refused("{ courses(first: 100) { nodes { sections { lessons { myProgress { status } } } } } }", "TOO_COSTLY");
    }

    /// An object is of one type: of what is asked of several types, the dearest is worked on.
    @Test
    void ofTheTypesOfAUnionTheDearestCounts() {
        var node = "{ node(id: \"" + TestGateway.id("Lesson", "lesson") + "\") { ";
        var page = "content { pages(first: 4) { blocks(first: 5) { ";
        var media = "... on MediaBlock { asset { fileName url } }";
        var video = "... on VideoBlock { asset { fileName } transcripts(first: 2) { asset { fileName } } }";
        var one = cost(node + "... on Lesson { " + page + video + " } } } } } }");

        assertThat(one).isEqualTo(1 + 31 + 4 + 20 + 20 * 5);
        assertThat(cost(node + "... on Lesson { " + page + media + video + " } } } } } }"))
                .isEqualTo(one);
        assertThat(cost(node + "... on Course { title instructor { id } } ... on Lesson { " + page + media + video
                        + " } } } } } }"))
                .as("one type beside another")
                .isEqualTo(one);
        assertThat(cost(node + "... on Course { category { name } } ... on Lesson { course { title } } } }"))
                .isEqualTo(2);
        assertThat(cost(node
                        + "... on Node { ... on Course { category { name } } } ... on Course { tags(first: 3) { name } }"
                        + " ... on Lesson { course { title } } } }"))
                .as("what is asked of one type in several places")
                .isEqualTo(1 + 1 + 3);
    }

    @Test
    void aRefusalSaysTheCostTheLimitAndTheDearestPath() {
        var answer =
                GATEWAY.ask("{ courses(first: 100) { nodes { parts: sections(first: 40) { lessons { title } } } } }");

        assertThat(answer.at("/errors/0/extensions/metadata"))
                .isEqualTo(com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                        .objectNode()
                        .put("cost", "44101")
                        .put("limit", "10000")
                        .put("dearestPath", "courses.nodes.parts.lessons")
                        .put("dearestCost", "40000"));
        assertThat(answer.at("/errors/0/message").asText()).contains("44101", "10000", "courses.nodes.parts.lessons");
        assertThat(answer.at("/extensions/cost").asInt()).isEqualTo(44_101);
    }

    @Test
    void whatStandsBesideTheItemsOfAPageCountsOnce() {
        var alone = cost("{ courses(first: 1) { FACETS } }");

        assertThat(cost("{ courses(first: 24) { FACETS } }")).isEqualTo(alone);
        assertThat(cost("{ courses(first: 24) { nodes { title } FACETS pageInfo { hasNextPage } } }"))
                .isEqualTo(alone + 24 + 1);
    }

    @Test
    void aCatalogPageWithFacetsFits() {
        assertThat(cost("{ courses(first: 24) { edges { cursor node { title price { formatted }"
                        + " instructor { displayName } category { name } tags { name } thumbnail { url variants { url } }"
                        + " myEnrollment { status } } } pageInfo { endCursor } FACETS } }"))
                .isLessThan(2_000);
    }

    @Test
    void myCoursesWithOutlineAndProgressFit() {
        assertThat(cost("{ viewer { enrollments(first: 20) { edges { node { status lessonProgress { status }"
                        + " course { title instructor { displayName } thumbnail { url }"
                        + " sections { title lessons { title myProgress { status position } } } } } } } } }"))
                .isLessThan(6_000);
    }

    @Test
    void aListIsAsLongAsItsFirst() {
        assertThat(cost("{ course(slug: \"x\") { sections(first: 3) { lessons(first: 4) { title } } } }"))
                .isEqualTo(1 + 3 + 3 * 4);
        refused("{ course(slug: \"x\") { sections(first: 1001) { title } } }", "PAGE_SIZE_INVALID");
        refused("{ course(slug: \"x\") { sections(first: 0) { title } } }", "PAGE_SIZE_INVALID");
    }

    @Test
    void pagesThatAreTooLong() {
        refused("{ courses(first: 101) { nodes { title } } }", "PAGE_SIZE_INVALID");
        refused("{ courses(first: 0) { nodes { title } } }", "PAGE_SIZE_INVALID");
    }

    @Test
    void bodiesThatAreTooLarge() {
        var response = GATEWAY.send(HttpRequest.newBuilder(GATEWAY.address().resolve("/graphql"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"query\":\"{ __typename #" + "x".repeat(1_100_000) + "\"}"))
                .build());

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("\"errors\"").contains("requestId");
        assertThat(response.headers().firstValue("x-request-id")).isPresent();
    }

    @Test
    void theCostIsTold() {
        var answer = GATEWAY.ask("{ __typename }");

        assertThat(answer.at("/extensions/cost").asInt()).isZero();
        assertThat(answer.at("/extensions/grpcCalls").asInt()).isZero();
        assertThat(answer.at("/extensions/requestId").asText()).isNotEmpty();
    }

    private static void refused(String query, String reason) {
        JsonNode answer = GATEWAY.ask(query);
        assertThat(answer.at("/errors/0/extensions/reason").asText())
                .as(answer.toString())
                .isEqualTo(reason);
        assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("INVALID_ARGUMENT");
        assertThat(answer.at("/errors/0/message").asText()).isNotEmpty();
        assertThat(answer.has("data")).isFalse();
    }

    /// What an operation costs; what a service would answer does not matter.
    private static int cost(String query) {
        var facets = "facets { total categories { count category { name } } tags { count tag { name } }"
                + " levels { level count } languages { languageCode count } ratings { ratingFrom count } }";
        var answer = GATEWAY.ask(query.replace("FACETS", facets));
        GATEWAY.forget();
        assertThat(answer.has("data")).as(answer.toString()).isTrue();
        return answer.at("/extensions/cost").asInt();
    }

    private static String aliases(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> "a" + index + ": __typename")
                .collect(Collectors.joining(" "));
    }
}
