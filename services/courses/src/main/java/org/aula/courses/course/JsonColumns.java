package org.aula.courses.course;

import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.aula.courses.tag.Tag;

/// Lists that a course's row holds as JSON. Read token by token: every course that is read has four of them,
/// and binding them to classes cost more than all other columns together.
final class JsonColumns {

    private interface Item<T> {
        T read(JsonReader reader) throws IOException;
    }

    private JsonColumns() {}

    /// An array of strings.
    static List<String> strings(String json) {
        return list(json, JsonReader::nextString);
    }

    /// An array of objects with `id`, `name` and `color`, as [CourseRepository#SELECT] makes it.
    static List<Tag> tags(String json) {
        return list(json, JsonColumns::tag);
    }

    private static Tag tag(JsonReader reader) throws IOException {
        var id = "";
        var name = "";
        var color = "";
        reader.beginObject();
        while (reader.hasNext()) {
            switch (reader.nextName()) {
                case "id" -> id = reader.nextString();
                case "name" -> name = reader.nextString();
                case "color" -> color = reader.nextString();
                default -> reader.skipValue();
            }
        }
        reader.endObject();
        return new Tag(UUID.fromString(id), name, color, 0);
    }

    private static <T> List<T> list(String json, Item<T> item) {
        if (json.equals("[]")) {
            return List.of();
        }
        try (var reader = new JsonReader(new StringReader(json))) {
            var items = new ArrayList<T>();
            reader.beginArray();
            while (reader.hasNext()) {
                items.add(item.read(reader));
            }
            reader.endArray();
            return List.copyOf(items);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
