package org.aula.courses.export;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.aula.kernel.error.ServiceException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
class ArchiveWriterTest {

    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void refusesATextThatNoImportWouldTake() throws Exception {
        try (var writer = ArchiveWriter.to(folder.resolve("archive"))) {
            writer.text("a.json", new byte[5 * MEBIBYTE]);
            assertThatThrownBy(() -> writer.text("b.json", new byte[5 * MEBIBYTE + 1]))
                    .isInstanceOf(ServiceException.class)
                    .hasMessageContaining("larger than an archive may be");
        }
    }

    @Test
    void refusesMoreTextThanAnImportWouldTake() throws Exception {
        try (var writer = ArchiveWriter.to(folder.resolve("archive"))) {
            for (var number = 0; number < 16; number++) {
                writer.text(number + ".json", new byte[4 * MEBIBYTE]);
            }
            assertThatThrownBy(() -> writer.text("one-more.json", new byte[1]))
                    .isInstanceOf(ServiceException.class)
                    .hasMessageContaining(Long.toString(64L * MEBIBYTE));
        }
    }
}
