package org.aula.bff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import graphql.introspection.IntrospectionQueryBuilder;
import java.net.http.HttpRequest;
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
    }

    @Test
    void whatCostsTooMuch() {
        refused("{ courses(first: 100) { nodes { sections { lessons { myProgress { status } } } } } }", "TOO_COSTLY");
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

    private static String aliases(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> "a" + index + ": __typename")
                .collect(Collectors.joining(" "));
    }
}
