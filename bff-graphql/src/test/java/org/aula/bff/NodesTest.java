package org.aula.bff;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.testing.TestGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Everything that has a global id is found again by it. The services answer with messages every id of which is
/// the same UUID.
@Tag("fast")
class NodesTest {

    @RegisterExtension
    static final TestGateway GATEWAY = new TestGateway();

    private static final String UUID = TestGateway.uuid("me");
    private static final String NAME = "it";

    /// How ids are made up that are not `Type:uuid`.
    private static final Map<String, List<String>> PARTS = Map.of(
            "CourseGrade", List.of(UUID, UUID),
            "LessonNote", List.of(UUID, UUID, UUID),
            "LessonProgress", List.of(UUID, UUID),
            "LessonRevision", List.of(UUID, "1"),
            "LessonStanding", List.of(UUID, UUID),
            "Operation", List.of("courses", UUID),
            "Permission", List.of(NAME),
            "Role", List.of(NAME));

    static Stream<String> types() {
        var types = GATEWAY.ask("{ __type(name: \"Node\") { possibleTypes { name } } }")
                .at("/data/__type/possibleTypes");
        return StreamSupport.stream(types.spliterator(), false)
                .map(type -> type.path("name").asText());
    }

    @ParameterizedTest
    @MethodSource("types")
    void isFoundByItsId(String type) {
        GATEWAY.answerAll(NodesTest::filled);
        var id = GlobalId.of(type, PARTS.getOrDefault(type, List.of(UUID)).toArray(String[]::new));

        var answer = GATEWAY.askSignedIn("{ node(id: \"%s\") { __typename id } }".formatted(id));

        assertThat(answer.at("/data/node/__typename").asText())
                .as(answer.toString())
                .isEqualTo(type);
        assertThat(answer.at("/data/node/id").asText()).isEqualTo(id);
    }

    @Test
    void anIdThatIsNotWholeIsRefused() {
        for (var id : List.of(GlobalId.of("LessonProgress", UUID), GlobalId.of("Course", UUID, UUID))) {
            var answer = GATEWAY.askSignedIn("{ node(id: \"%s\") { id } }".formatted(id));
            assertThat(answer.at("/errors/0/extensions/reason").asText()).isEqualTo("ID_INVALID");
        }
        assertThat(GATEWAY.requests()).isEmpty();
    }

    @Test
    void somebodyElseIsNotTheViewer() {
        var other = GlobalId.of("Viewer", TestGateway.uuid("other"));

        var answer = GATEWAY.askSignedIn("{ node(id: \"%s\") { id } }".formatted(other));

        assertThat(answer.at("/data/node").isNull()).as(answer.toString()).isTrue();
        assertThat(answer.has("errors")).isFalse();
    }

    private static Message filled(Message empty) {
        return filled(empty, 4);
    }

    private static Message filled(Message empty, int levels) {
        var message = empty.toBuilder();
        for (var field : empty.getDescriptorForType().getFields()) {
            if (field.getJavaType() == JavaType.MESSAGE && !field.isMapField() && levels > 0) {
                var inner = filled(message.newBuilderForField(field).build(), levels - 1);
                set(message, field, inner);
            } else if (field.getJavaType() == JavaType.STRING && !field.isRepeated()) {
                set(message, field, text(field.getName()));
            } else if (field.getName().equals("revision")) {
                set(message, field, 1);
            }
        }
        return message.build();
    }

    private static void set(Message.Builder message, FieldDescriptor field, Object value) {
        if (field.isRepeated()) {
            message.addRepeatedField(field, value);
        } else {
            message.setField(field, value);
        }
    }

    private static String text(String field) {
        if (field.equals("id") || field.endsWith("_id")) {
            return UUID;
        }
        return switch (field) {
            case "name" -> NAME;
            case "kind" -> "courses.import";
            default -> "";
        };
    }
}
