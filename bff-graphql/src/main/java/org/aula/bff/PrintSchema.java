package org.aula.bff;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aula.bff.engine.EngineSettings;
import org.aula.bff.engine.GraphQlEngine;
import org.aula.bff.engine.Sdl;
import org.aula.bff.schema.SchemaParts;

/// Writes the schema into a file: `make schema`.
public final class PrintSchema {

    private PrintSchema() {}

    /// @param arguments the file to write
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("Wanted: the file to write");
        }
        var file = Path.of(arguments[0]).toAbsolutePath();
        Files.createDirectories(file.getParent());
        Files.writeString(file, Sdl.of(new GraphQlEngine(SchemaParts.ALL, new EngineSettings(true))));
    }
}
