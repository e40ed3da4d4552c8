package org.aula.courses.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// A temporary folder that is deleted with all that is in it.
public record WorkFolder(Path path) implements AutoCloseable {

    public static WorkFolder create() throws IOException {
        return new WorkFolder(Files.createTempDirectory("aula-course-"));
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
