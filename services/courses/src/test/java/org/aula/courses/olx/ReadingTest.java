package org.aula.courses.olx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/// Extracts and reads archives that a test builds.
abstract class ReadingTest {
    @TempDir
    Path temporary;

    ImportedCourse read(ArchiveBuilder builder) {
        return read(builder, Limits.DEFAULT);
    }

    ImportedCourse read(ArchiveBuilder builder, Limits limits) {
        Path target = temporary.resolve("target");
        try (OlxArchive archive =
                OlxArchive.extract(builder.writeTo(temporary), target, limits, (done, total) -> {}, () -> false)) {
            return OlxCourseReader.read(archive, limits, () -> false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The blocks of a course whose one vertical holds these.
    List<ImportedBlock> blocks(String blocks) {
        return read(ArchiveBuilder.aCourse(blocks)).blocks();
    }
}
