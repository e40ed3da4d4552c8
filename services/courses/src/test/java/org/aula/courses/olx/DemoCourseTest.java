package org.aula.courses.olx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The course of our own that the demo imports.
@Tag("fast")
class DemoCourseTest extends ReadingTest {
    private static final Path SOURCE = Path.of("../../local/demo-course");

    @Test
    void isImportedWholeWithItsProblem() throws IOException {
        ArchiveBuilder archive = ArchiveBuilder.anArchive();
        for (Path file : files()) {
            archive.file("course/" + SOURCE.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
        }
        ImportedCourse course = read(archive);
        assertThat(course.title()).isEqualTo("Introduction to database indexes");
        assertThat(course.image()).isEqualTo("aula-media:course%2Fstatic%2Fcover.png");
        assertThat(course.sections()).hasSize(2);
        assertThat(course.lessons()).hasSize(3);
        assertThat(course.pages()).hasSize(5);
        assertThat(course.blocks())
                .filteredOn(ImportedBlock.Html.class::isInstance)
                .hasSize(6);
        assertThat(course.blocks())
                .filteredOn(ImportedBlock.Video.class::isInstance)
                .hasSize(1);
        assertThat(course.media())
                .extracting(MediaFile::fileName)
                .containsExactlyInAnyOrder("cover.png", "b-tree.svg", "index cheat sheet.pdf");
        assertThat(course.skipped()).isEmpty();
        assertThat(course.lessons())
                .filteredOn(lesson -> lesson.quiz() != null)
                .singleElement()
                .satisfies(lesson -> assertThat(lesson.title()).isEqualTo("Choosing indexes"));
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCE)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
