package org.aula.content.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file's bytes on the disk for readers that need them there; gone when it is closed.
final class WorkingCopy implements AutoCloseable {

    private static final int CHUNK_BYTES = 1 << 20;

    private final Path path;

    private WorkingCopy(Path path) {
        this.path = path;
    }

    /// @param most bytes; a larger file is refused before anything is copied
    /// @throws UnworkableFileException when it is larger
    static WorkingCopy of(FileBytes bytes, long most, WorkBudget budget) {
        if (bytes.size() > most) {
            throw new UnprocessableFileException("it is larger than " + (most >> 20) + " MiB");
        }
        try {
            var copy = new WorkingCopy(Files.createTempFile("aula-content-", ".tmp"));
            try (var out = Files.newOutputStream(copy.path)) {
                for (long from = 0; from < bytes.size(); from += CHUNK_BYTES) {
                    budget.check();
                    out.write(bytes.read(from, CHUNK_BYTES));
                }
                return copy;
            } catch (IOException | RuntimeException failure) {
                copy.close();
                throw failure;
            }
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
