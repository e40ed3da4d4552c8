package org.aula.bff.engine;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.introspection.Introspection;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnionType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.aula.bff.schema.SchemaParts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What clients that normalise by ids, and that generate types, rely on.
@Tag("fast")
class IdentitiesTest {

    /// Entries of logs: they never change, and are read by their lists.
    private static final Set<String> LOGS = Set.of("AuditEntry", "ScoreChange", "UserActivity");

    /// What has no identity: it is told once, or a part of what has one, which the payload gives as well.
    private static final Set<String> VALUES = Set.of(
            "HttpHeader", "LessonContent", "LessonStep", "LoginChallenge", "SubmittedFile", "TokenPair", "UserError");

    private static final GraphQlEngine ENGINE = new GraphQlEngine(SchemaParts.ALL, new EngineSettings(true));

    @Test
    void whatIsCalledIdIsTheGlobalIdOfItsObject() {
        var wrong = new TreeSet<String>();
        for (var type : objects()) {
            var id = type.getFieldDefinition("id");
            if (id != null && (!printed(id).equals("ID!") || id.getAppliedDirective("id") != null)) {
                wrong.add(type.getName());
            }
            if (id != null && !isNode(type) && !LOGS.contains(type.getName())) {
                wrong.add(type.getName() + " is no Node");
            }
        }
        inputs().filter(input -> input.getFieldDefinition("id") != null)
                .map(GraphQLNamedType::getName)
                .forEach(wrong::add);
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyOtherIdSaysOfWhatItIs() {
        var silent = new TreeSet<String>();
        for (var type : objects()) {
            for (var field : type.getFieldDefinitions()) {
                if (isId(field.getType()) && !field.getName().equals("id") && field.getAppliedDirective("id") == null) {
                    silent.add(type.getName() + "." + field.getName());
                }
            }
        }
        inputs().forEach(input -> input.getFieldDefinitions().stream()
                .filter(field -> isId(field.getType()) && !field.getName().equals("requestId"))
                .filter(field -> field.getAppliedDirective("id") == null)
                .forEach(field -> silent.add(input.getName() + "." + field.getName())));
        assertThat(silent).isEmpty();
    }

    @Test
    void nodeFindsWhatHasAGlobalId() {
        assertThat(ENGINE.wiring().nodes())
                .containsExactlyInAnyOrderElementsOf(objects().stream()
                        .filter(IdentitiesTest::isNode)
                        .map(GraphQLObjectType::getName)
                        .toList());
    }

    @Test
    void whatAMutationGivesIsFoundInCaches() {
        var lost = new TreeSet<String>();
        for (var mutation : mutations()) {
            for (var part : payload(mutation).getFieldDefinitions()) {
                if (GraphQLTypeUtil.unwrapAll(part.getType()) instanceof GraphQLObjectType type
                        && !isNode(type)
                        && !LOGS.contains(type.getName())
                        && !VALUES.contains(type.getName())) {
                    lost.add(mutation.getName() + "." + part.getName());
                }
            }
        }
        assertThat(lost).isEmpty();
    }

    @Test
    void whatIsDeletedIsTold() {
        assertThat(mutations().stream().filter(mutation -> mutation.getName().startsWith("delete")))
                .isNotEmpty()
                .allSatisfy(mutation -> assertThat(payload(mutation).getFieldDefinition("deletedId"))
                        .as(mutation.getName())
                        .isNotNull());
    }

    @Test
    void oneNameIsOneTypeInAllOfAUnion() {
        var conflicts = new ArrayList<String>();
        for (var type : ENGINE.schema().getAllTypesAsList()) {
            if (type instanceof GraphQLUnionType union) {
                var types = new HashMap<String, String>();
                union.getTypes().stream()
                        .flatMap(member -> ((GraphQLObjectType) member).getFieldDefinitions().stream())
                        .forEach(field -> {
                            var other = types.putIfAbsent(field.getName(), printed(field));
                            if (other != null && !other.equals(printed(field))) {
                                conflicts.add(union.getName() + ": " + field.getName() + " is " + other + " and "
                                        + printed(field));
                            }
                        });
            }
        }
        assertThat(conflicts).isEmpty();
    }

    @Test
    void whatMayBeNullSaysWhen() {
        var silent = new TreeSet<String>();
        for (var type : objects()) {
            if (type.getName().endsWith("Payload") || isRoot(type)) {
                continue;
            }
            for (var field : type.getFieldDefinitions()) {
                if (!GraphQLTypeUtil.isNonNull(field.getType())
                        && !(GraphQLTypeUtil.unwrapAll(field.getType()) instanceof GraphQLObjectType)
                        && !(GraphQLTypeUtil.unwrapAll(field.getType()) instanceof GraphQLUnionType)
                        && !Objects.requireNonNullElse(field.getDescription(), "")
                                .toLowerCase(Locale.ROOT)
                                .contains("null")
                        && field.getAppliedDirective("cost") == null) {
                    silent.add(type.getName() + "." + field.getName());
                }
            }
        }
        assertThat(silent).isEmpty();
    }

    /// Else one of them is old when the other was read again.
    @Test
    void whatIsKnownOfAPersonStandsInOnePlace() {
        var seen = new HashMap<String, String>();
        var twice = new TreeSet<String>();
        for (var type : List.of("User", "UserSummary", "Account")) {
            for (var field :
                    Objects.requireNonNull(ENGINE.schema().getObjectType(type)).getFieldDefinitions()) {
                var isOwn = Set.of("id", "createTime").contains(field.getName());
                var other = isOwn ? null : seen.put(field.getName(), type);
                if (other != null) {
                    twice.add(field.getName() + " of " + other + " and " + type);
                }
            }
        }
        assertThat(twice).isEmpty();
    }

    private static boolean isRoot(GraphQLObjectType type) {
        return type.equals(ENGINE.schema().getQueryType())
                || type.equals(ENGINE.schema().getMutationType());
    }

    private static boolean isNode(GraphQLObjectType type) {
        return type.getInterfaces().stream().anyMatch(common -> common.getName().equals("Node"));
    }

    private static boolean isId(graphql.schema.GraphQLType type) {
        return GraphQLTypeUtil.unwrapAll(type).getName().equals("ID");
    }

    private static String printed(GraphQLFieldDefinition field) {
        return GraphQLTypeUtil.simplePrint(field.getType());
    }

    private static List<GraphQLFieldDefinition> mutations() {
        return Objects.requireNonNull(ENGINE.schema().getMutationType()).getFieldDefinitions();
    }

    private static GraphQLObjectType payload(GraphQLFieldDefinition mutation) {
        return (GraphQLObjectType) GraphQLTypeUtil.unwrapAll(mutation.getType());
    }

    private static Stream<GraphQLInputObjectType> inputs() {
        return ENGINE.schema().getAllTypesAsList().stream()
                .filter(GraphQLInputObjectType.class::isInstance)
                .map(GraphQLInputObjectType.class::cast);
    }

    private static List<GraphQLObjectType> objects() {
        return ENGINE.schema().getAllTypesAsList().stream()
                .filter(type -> !Introspection.isIntrospectionTypes(type))
                .filter(GraphQLObjectType.class::isInstance)
                .map(GraphQLObjectType.class::cast)
                .toList();
    }
}
