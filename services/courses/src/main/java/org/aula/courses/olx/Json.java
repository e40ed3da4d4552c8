package org.aula.courses.olx;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Optional;

/// JSON out of policy files and attributes; whatever has another shape than expected counts as absent.
final class Json {
    private Json() {}

    static Optional<JsonObject> object(String text) {
        return parse(text).filter(JsonElement::isJsonObject).map(JsonElement::getAsJsonObject);
    }

    static List<String> strings(String text) {
        return parse(text)
                .filter(JsonElement::isJsonArray)
                .map(JsonElement::getAsJsonArray)
                .map(JsonArray::asList)
                .orElse(List.of())
                .stream()
                .flatMap(item -> string(item).stream())
                .toList();
    }

    static Optional<String> string(JsonElement element) {
        return element.isJsonPrimitive() && element.getAsJsonPrimitive().isString()
                ? Optional.of(element.getAsString().strip()).filter(value -> !value.isEmpty())
                : Optional.empty();
    }

    /// A text, a number or a truth, as it is written.
    static Optional<String> scalar(JsonElement element) {
        return element.isJsonPrimitive()
                ? Optional.of(element.getAsString().strip()).filter(value -> !value.isEmpty())
                : Optional.empty();
    }

    private static Optional<JsonElement> parse(String text) {
        try {
            return Optional.of(JsonParser.parseString(text));
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }
}
