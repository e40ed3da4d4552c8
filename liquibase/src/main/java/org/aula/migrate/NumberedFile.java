package org.aula.migrate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.Resource;

/// A file of statements, each ending with `;` at the end of a line; then a line `-- rollback` and the
/// statements that take it back.
///
/// @param name file name, such as `001_create_learning_events.sql`
/// @param text the whole file
record NumberedFile(String name, String text) {

    private static final String ROLLBACK = "-- rollback";

    NumberedFile {
        if (!text.contains("\n" + ROLLBACK + "\n")) {
            throw new MigrationException(name + " has no line `" + ROLLBACK + "`");
        }
    }

    /// The files of one store, in the order of their numbers.
    static List<NumberedFile> in(String store) {
        try (ClassLoaderResourceAccessor resources = new ClassLoaderResourceAccessor()) {
            return resources.search("changelogs/" + store, false).stream()
                    .map(NumberedFile::read)
                    .filter(file -> file.name().endsWith(".sql"))
                    .sorted(Comparator.comparing(NumberedFile::name))
                    .toList();
        } catch (Exception e) {
            throw new IllegalStateException("changelogs/" + store + " cannot be read", e);
        }
    }

    private static NumberedFile read(Resource resource) {
        String path = resource.getPath();
        try (var stream = resource.openInputStream()) {
            return new NumberedFile(
                    path.substring(path.lastIndexOf('/') + 1),
                    new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> statements() {
        return split(text.substring(0, text.indexOf("\n" + ROLLBACK + "\n")));
    }

    List<String> rollback() {
        return split(text.substring(text.indexOf("\n" + ROLLBACK + "\n") + ROLLBACK.length() + 2));
    }

    String checksum() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> split(String part) {
        return Stream.of(part.split(";[ \\t]*(\\r?\\n|$)"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }
}
