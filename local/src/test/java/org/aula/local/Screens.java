package org.aula.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.aula.bff.engine.GlobalId;
import org.jspecify.annotations.Nullable;

/// GraphQL through Envoy as one person's screens speak it.
///
/// @param person null for a visitor
record Screens(Edge edge, Edge.@Nullable Person person) {

    /// A change that has to succeed.
    ///
    /// @param payload what is wanted of the payload
    JsonObject change(String mutation, Map<String, ?> input, String payload) throws Exception {
        var answer = send(mutation, input, payload);
        assertThat(answer.has("errors")).as(mutation + ": " + answer).isFalse();
        var given = answer.getAsJsonObject("data").getAsJsonObject("payload");
        assertThat(given.getAsJsonArray("userErrors")).as(mutation).isEmpty();
        return given;
    }

    /// The same, of one object that the payload holds.
    JsonObject make(String mutation, Map<String, ?> input, String object, String fields) throws Exception {
        return change(mutation, input, object + " { " + fields + " }").getAsJsonObject(object);
    }

    /// What of the input is wrong with a change, as `CODE input.path`.
    String fixed(String mutation, Map<String, ?> input) throws Exception {
        var answer = send(mutation, input, "__typename");
        assertThat(answer.has("errors")).as(mutation + ": " + answer).isFalse();
        var error = answer.getAsJsonObject("data")
                .getAsJsonObject("payload")
                .getAsJsonArray("userErrors")
                .get(0)
                .getAsJsonObject();
        var field = error.get("field").isJsonNull()
                ? ""
                : String.join(
                        ".",
                        StreamSupport.stream(error.getAsJsonArray("field").spliterator(), false)
                                .map(step -> step.getAsString())
                                .toList());
        return (error.get("code").getAsString() + ' ' + field).strip();
    }

    /// The reason for which a change is refused as a whole.
    String refused(String mutation, Map<String, ?> input) throws Exception {
        var answer = send(mutation, input, "__typename");
        assertThat(answer.has("errors")).as(mutation + ": " + answer).isTrue();
        return answer.getAsJsonArray("errors")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("extensions")
                .get("reason")
                .getAsString();
    }

    /// What a query gives, without errors.
    JsonObject read(String query) throws Exception {
        var answer = edge.graphql(person, query, new JsonObject());
        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        return answer.getAsJsonObject("data");
    }

    private JsonObject send(String mutation, Map<String, ?> input, String payload) throws Exception {
        var type = Character.toUpperCase(mutation.charAt(0)) + mutation.substring(1) + "Input";
        var document = "mutation($input: %s!) { payload: %s(input: $input) { %s userErrors { field message code } } }";
        return edge.graphql(person, document.formatted(type, mutation, payload), Edge.variables(input));
    }

    /// The person's global id.
    String userId() {
        return GlobalId.of("User", java.util.Objects.requireNonNull(person).id().toString());
    }

    static String id(JsonObject object) {
        return object.get("id").getAsString();
    }

    /// A name that nothing else has.
    static String name(String begin) {
        return begin + ' ' + UUID.randomUUID();
    }
}
