package org.aula.courses.lesson;

import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;

/// Whether a text is one JSON object as RFC 8259 has it, and nothing behind it. It is read, not built: what
/// nests deep costs no stack.
final class JsonObjects {

    private JsonObjects() {}

    static boolean isOne(String text) {
        try (var reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            if (reader.peek() != JsonToken.BEGIN_OBJECT) {
                return false;
            }
            reader.skipValue();
            return reader.peek() == JsonToken.END_DOCUMENT;
        } catch (IOException | JsonParseException | IllegalStateException broken) {
            return false;
        }
    }
}
