package org.aula.courses.olx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;

/// An unpacked archive. Its files are stored under numbers, not under the names that the archive gives
/// them, so that no name can lead out of the folder, clash on a file system that ignores case, or be
/// executed.
///
/// Closing deletes the stored files.
public final class OlxArchive implements AutoCloseable {
    private final SequencedMap<String, ArchiveFile> files;

    OlxArchive(SequencedMap<String, ArchiveFile> files) {
        this.files = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(files));
    }

    /// Unpacks while streaming: a bomb is stopped at its bound, not after it filled the disk. What was
    /// written is deleted when the extraction fails.
    ///
    /// @param archive the downloaded `.tar.gz`
    /// @param folder where to store the files; made if it does not exist, best a new temporary one
    /// @throws UnsafeArchiveException when the archive breaks a rule of [RefusalReason]
    /// @throws java.util.concurrent.CancellationException when `cancelled` became true
    /// @throws IOException when the archive cannot be read or the folder not be written to
    public static OlxArchive extract(
            Path archive, Path folder, Limits limits, Progress progress, BooleanSupplier cancelled) throws IOException {
        return new ArchiveExtractor(folder, limits, progress, cancelled).extract(archive);
    }

    /// All files in the order of the archive; folders are not listed.
    public Collection<ArchiveFile> files() {
        return files.values();
    }

    /// The file of exactly this name.
    public Optional<ArchiveFile> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    @Override
    public void close() throws IOException {
        for (ArchiveFile file : files.values()) {
            Files.deleteIfExists(file.location());
        }
    }
}
