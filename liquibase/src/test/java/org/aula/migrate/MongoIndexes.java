package org.aula.migrate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/// The indexes that our files define, and what their collections' validators say of the fields.
final class MongoIndexes {

    /// One definition.
    ///
    /// @param schema the collection's newest `$jsonSchema`, empty without a validator
    record Index(String collection, Document keys, Document options, Document schema) {}

    private record Definition(String collection, Document keys, Document options) {}

    private final List<Definition> definitions = new ArrayList<>();
    private final Map<String, Document> schemas = new HashMap<>();

    private MongoIndexes() {}

    /// All that the files of a folder define, in the order of their names.
    static List<Index> in(Path folder) {
        var indexes = new MongoIndexes();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.getFileName().toString().matches("\\d.*\\.yaml"))
                    .sorted()
                    .forEach(indexes::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return indexes.definitions.stream()
                .map(index -> new Index(
                        index.collection(),
                        index.keys(),
                        index.options(),
                        indexes.schemas.getOrDefault(index.collection(), new Document())))
                .toList();
    }

    private void read(Path file) {
        try {
            Map<String, Object> changelog = new Yaml().load(Files.readString(file));
            for (Map<String, Object> entry : maps(changelog.get("databaseChangeLog"))) {
                for (Map<String, Object> change :
                        maps(map(entry.get("changeSet")).get("changes"))) {
                    change.forEach((kind, details) -> read(kind, map(details)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String kind, Map<String, Object> details) {
        String collection = String.valueOf(details.get("collectionName"));
        switch (kind) {
            case "createIndex" ->
                definitions.add(
                        new Definition(collection, document(details.get("keys")), document(details.get("options"))));
            case "createCollection" -> readValidator(collection, document(details.get("options")));
            case "runCommand" -> {
                Document command = document(details.get("command"));
                readValidator(String.valueOf(command.get("collMod")), command);
            }
            default -> {}
        }
    }

    private void readValidator(String collection, Document holder) {
        Document validator = holder.get("validator", Document.class);
        if (validator != null && validator.get("$jsonSchema") != null) {
            schemas.put(collection, validator.get("$jsonSchema", Document.class));
        }
    }

    private static Document document(@Nullable Object text) {
        return text == null ? new Document() : Document.parse(text.toString());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(@Nullable Object value) {
        return (List<Map<String, Object>>) Objects.requireNonNull(value);
    }
}
