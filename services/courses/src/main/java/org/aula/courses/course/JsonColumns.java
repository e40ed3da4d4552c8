package org.aula.courses.course;

import com.google.gson.Gson;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.aula.courses.tag.Tag;

/// The lists that a course's row holds as JSON. Read token by token, and all by one reader: binding them to
/// classes costs more than all other columns together, and a reader's buffers more than what is in a list.
///
/// @param tags objects with `id`, `name` and `color`, as [CourseRepository#SELECT] makes them
record JsonColumns(
        List<Tag> tags, List<String> requirements, List<String> learningObjectives, List<String> targetAudience) {

    private static final Gson GSON = new Gson();

    private interface Item<T> {
        T read(JsonReader reader) throws IOException;
    }

    /// Of the columns' texts.
    static JsonColumns of(String tags, String requirements, String learningObjectives, String targetAudience) {
        var lists = tags + requirements + learningObjectives + targetAudience;
        try (var reader = new JsonReader(new StringReader(lists))) {
            // Else one list would be all that it takes.
            reader.setStrictness(Strictness.LENIENT);
            return new JsonColumns(
                    list(reader, JsonColumns::tag),
                    list(reader, JsonReader::nextString),
                    list(reader, JsonReader::nextString),
                    list(reader, JsonReader::nextString));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// As one of the columns holds it.
    static String toJson(List<String> texts) {
        return GSON.toJson(texts);
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

    private static <T> List<T> list(JsonReader reader, Item<T> item) throws IOException {
        var items = new ArrayList<T>();
        reader.beginArray();
        while (reader.hasNext()) {
            items.add(item.read(reader));
        }
        reader.endArray();
        return List.copyOf(items);
    }
}
