package org.aula.bff.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import graphql.introspection.Introspection;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLNamedSchemaElement;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLTypeUtil;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.aula.api.common.v1.Money;
import org.aula.bff.schema.SchemaParts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The schema, the code behind it, and the contract agree.
@Tag("fast")
class SchemaTest {

    private static final GraphQlEngine ENGINE = new GraphQlEngine(SchemaParts.ALL, new EngineSettings(true));

    @Test
    void globalIdsComeBackAsTheyWent() {
        var uuid = UUID.randomUUID().toString();

        assertThat(GlobalId.parse(GlobalId.of("Course", uuid))).contains(new GlobalId("Course", uuid));
        assertThat(List.of("", "x", "Q291cnNl", "!!", GlobalId.of("", uuid), GlobalId.of("Course", "7")))
                .allSatisfy(text -> assertThat(GlobalId.parse(text)).isEmpty());
    }

    @Test
    void everyFieldIsBound() {
        var loose = new ArrayList<String>();
        for (var type : objectTypes()) {
            for (var field : type.getFieldDefinitions()) {
                if (!Wiring.isFromMap(type.getName(), field.getName())
                        && !ENGINE.schema().getCodeRegistry().hasDataFetcher(coordinates(type, field))) {
                    loose.add(type.getName() + "." + field.getName());
                }
            }
        }
        assertThat(loose).isEmpty();
    }

    @Test
    void aFieldThatIsBoundToNothingStopsTheStart() {
        var wiring = new Wiring();
        wiring.type("Money", Money.class)
                .value("formatted", Money::getCurrencyCode)
                .value("cents", money -> 0);

        assertThatIllegalStateException()
                .isThrownBy(() -> wiring.build(new SchemaFiles()))
                .withMessageContaining("Course.instructor is bound to nothing")
                .withMessageContaining("Mutation.enroll is bound to nothing")
                .withMessageContaining("Money.cents is not in the schema")
                .withMessageNotContainingAny("Course.title", "Mutation.publishCourse", "Money.amountMinor");
    }

    @Test
    void everythingIsDescribed() {
        var silent = new TreeSet<String>();
        for (var type : ENGINE.schema().getAllTypesAsList()) {
            if (Introspection.isIntrospectionTypes(type) || type.getDefinition() == null) {
                continue;
            }
            note(silent, type.getName(), type);
            type.getChildren().forEach(child -> {
                if (child instanceof GraphQLNamedSchemaElement named
                        && !(child instanceof graphql.schema.GraphQLNamedType)
                        && !(child instanceof graphql.schema.GraphQLDirective)
                        && !(child instanceof graphql.schema.GraphQLAppliedDirective)) {
                    note(silent, type.getName() + "." + named.getName(), named);
                }
                if (child instanceof GraphQLFieldDefinition field) {
                    field.getArguments()
                            .forEach(argument -> note(
                                    silent,
                                    type.getName() + "." + field.getName() + "(" + argument.getName(),
                                    argument));
                }
            });
        }
        assertThat(silent).isEmpty();
    }

    @Test
    void connectionsRequireFirst() {
        assertThat(objectTypes().stream()
                        .flatMap(type -> type.getFieldDefinitions().stream())
                        .filter(field -> GraphQLTypeUtil.unwrapAll(field.getType())
                                .getName()
                                .endsWith("Connection")))
                .isNotEmpty()
                .allSatisfy(
                        field -> assertThat(GraphQLTypeUtil.isNonNull(Objects.requireNonNull(field.getArgument("first"))
                                        .getType()))
                                .isTrue());
    }

    /// Else their costs were wrong.
    @Test
    void listsOfObjectsSayHowLongTheyAre() {
        for (var type : objectTypes()) {
            for (var field : type.getFieldDefinitions()) {
                if (GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(field.getType()))
                        && GraphQLTypeUtil.unwrapAll(field.getType()) instanceof GraphQLCompositeType
                        && !field.getName().equals("userErrors")
                        && !isPage(type)) {
                    var assumed = Directives.number(field, "listSize", "assumed", 0);
                    assertThat(assumed)
                            .as(type.getName() + "." + field.getName())
                            .isPositive();
                    assertThat(field.getArgument("first") != null
                                    || Objects.requireNonNull(field.getDescription())
                                            .contains("at most " + assumed))
                            .as(type.getName() + "." + field.getName() + " has a 'first', or says at most how many")
                            .isTrue();
                }
            }
        }
    }

    /// Whether every field of this type has a `first`.
    private static boolean isPage(GraphQLObjectType page) {
        return objectTypes().stream()
                .flatMap(type -> type.getFieldDefinitions().stream())
                .filter(field -> GraphQLTypeUtil.unwrapNonNull(field.getType()).equals(page))
                .allMatch(field -> field.getArgument("first") != null);
    }

    @Test
    void enumerationsAreThoseOfTheContract() throws IOException {
        var contract = contractEnums();
        assertThat(ENGINE.schema().getAllTypesAsList())
                .filteredOn(type -> type instanceof GraphQLEnumType && !Introspection.isIntrospectionTypes(type))
                .isNotEmpty()
                .allSatisfy(type -> assertThat(((GraphQLEnumType) type)
                                .getValues().stream()
                                        .map(value -> value.getName())
                                        .toList())
                        .as(type.getName())
                        .containsExactlyElementsOf(
                                Objects.requireNonNull(contract.get(type.getName()), type.getName())));
    }

    @Test
    void everyFieldOfARequestIsReachedThroughAnInput() {
        var lost = new ArrayList<String>();
        for (var mutation : ENGINE.wiring().mutations()) {
            var field =
                    Objects.requireNonNull(ENGINE.schema().getMutationType()).getFieldDefinition(mutation.field());
            var input = Objects.requireNonNull(field.getArgument("input")).getType();
            var request = mutation.request();
            for (var path : paths(request, "", new HashSet<>())) {
                var inputPath = InputPaths.of(request, path);
                if (!leads(inputPath, input)) {
                    lost.add(mutation.field() + ": " + path + " -> " + inputPath);
                }
            }
        }
        assertThat(lost).isEmpty();
    }

    @Test
    void pathsOfTheContractBecomePathsOfTheInput() {
        var content = org.aula.api.courses.v1.UpdateLessonContentRequest.getDescriptor();
        var update = org.aula.api.courses.v1.UpdateCourseRequest.getDescriptor();

        assertThat(InputPaths.of(content, "pages[0].blocks[12].html.html"))
                .containsExactly("input", "pages", "0", "blocks", "12", "html", "html");
        assertThat(InputPaths.of(content, "pages[1].blocks[0].block"))
                .containsExactly("input", "pages", "1", "blocks", "0");
        assertThat(InputPaths.of(content, "pages[0].blocks[0].video.transcript_asset_ids[\"en\"]"))
                .containsExactly("input", "pages", "0", "blocks", "0", "video", "transcripts");
        assertThat(InputPaths.of(update, "course.price.amount_minor")).containsExactly("input", "price", "amountMinor");
        assertThat(InputPaths.of(update, "update_mask")).containsExactly("input");
        var profile = org.aula.api.users.v1.UpdateUserProfileRequest.getDescriptor();
        var user = org.aula.api.users.v1.UpdateUserRequest.getDescriptor();
        assertThat(InputPaths.of(profile, "links[\"github\"]")).containsExactly("input", "links");
        assertThat(InputPaths.of(profile, "expertise[2]")).containsExactly("input", "expertise", "2");
        assertThat(InputPaths.of(profile, "update_mask")).containsExactly("input");
        assertThat(InputPaths.of(user, "birth_date.year")).containsExactly("input", "birthDate");
        assertThat(InputPaths.of(update, "course.requirements[3]")).containsExactly("input", "requirements", "3");
    }

    private static List<String> paths(Descriptor message, String prefix, Set<Descriptor> open) {
        var paths = new ArrayList<String>();
        if (!open.add(message)) {
            return paths;
        }
        for (var field : message.getFields()) {
            var path = prefix + field.getName() + (field.isRepeated() && !field.isMapField() ? "[0]" : "");
            paths.add(path);
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    && !field.isMapField()
                    && field.getMessageType().getFullName().startsWith("aula.")) {
                paths.addAll(paths(field.getMessageType(), path + ".", open));
            }
        }
        open.remove(message);
        return paths;
    }

    private static boolean leads(List<String> path, GraphQLInputType input) {
        @Nullable GraphQLInputType at = input;
        for (var step : path.subList(1, path.size())) {
            if (step.chars().allMatch(Character::isDigit)) {
                continue;
            }
            if (at == null || !(GraphQLTypeUtil.unwrapAll(at) instanceof GraphQLInputObjectType object)) {
                return false;
            }
            var field = object.getFieldDefinition(step);
            if (field == null) {
                return false;
            }
            at = field.getType();
        }
        return true;
    }

    private static Map<String, List<String>> contractEnums() throws IOException {
        var found = new HashMap<String, List<String>>();
        try (var file = Objects.requireNonNull(SchemaTest.class.getResourceAsStream("/aula.binpb"))) {
            for (var proto : FileDescriptorSet.parseFrom(file).getFileList()) {
                if (!proto.getPackage().startsWith("aula.")) {
                    continue;
                }
                for (var type : proto.getEnumTypeList()) {
                    var prefix = com.google.common.base.CaseFormat.UPPER_CAMEL.to(
                                    com.google.common.base.CaseFormat.UPPER_UNDERSCORE, type.getName())
                            + "_";
                    found.put(
                            type.getName(),
                            type.getValueList().stream()
                                    .filter(value -> value.getNumber() != 0)
                                    .map(value -> value.getName().substring(prefix.length()))
                                    .toList());
                }
            }
        }
        return found;
    }

    private static List<GraphQLObjectType> objectTypes() {
        return ENGINE.schema().getAllTypesAsList().stream()
                .filter(type -> !Introspection.isIntrospectionTypes(type))
                .filter(GraphQLObjectType.class::isInstance)
                .map(GraphQLObjectType.class::cast)
                .toList();
    }

    private static graphql.schema.FieldCoordinates coordinates(GraphQLObjectType type, GraphQLFieldDefinition field) {
        return graphql.schema.FieldCoordinates.coordinates(type, field);
    }

    private static void note(Set<String> silent, String name, GraphQLNamedSchemaElement element) {
        if (element.getDescription() == null || element.getDescription().isBlank()) {
            silent.add(name);
        }
    }
}
