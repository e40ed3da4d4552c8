package org.aula.content.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.aula.content.file.Samples.bytes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FileWorkTest {

    private final Map<String, String> unpacked = new TreeMap<>();

    @Test
    void pictures_get_smaller_ones_and_keep_their_form() throws Exception {
        var found = work(Samples.jpeg(2400, 1200), "image/jpeg");

        assertThat(found.width()).isEqualTo(2400);
        assertThat(found.height()).isEqualTo(1200);
        assertThat(found.pictures())
                .extracting(picture ->
                        picture.name() + " " + picture.width() + "x" + picture.height() + " " + picture.mediaType())
                .containsExactly(
                        "thumbnail 320x160 image/jpeg", "medium 960x480 image/jpeg", "large 1920x960 image/jpeg");
        for (var picture : found.pictures()) {
            var decoded = ImageIO.read(new ByteArrayInputStream(picture.bytes()));
            assertThat(decoded.getWidth()).isEqualTo(picture.width());
            assertThat(decoded.getHeight()).isEqualTo(picture.height());
        }
    }

    @Test
    void a_small_picture_gets_a_thumbnail_of_its_own_size() {
        var found = work(Samples.png(100, 50), "image/png");

        assertThat(found.pictures())
                .extracting(picture ->
                        picture.name() + " " + picture.width() + "x" + picture.height() + " " + picture.mediaType())
                .containsExactly("thumbnail 100x50 image/png");
    }

    @Test
    void photographs_stand_upright() throws Exception {
        var found = work(Samples.jpegOnItsSide(800, 400), "image/jpeg");

        assertThat(found.width()).isEqualTo(400);
        assertThat(found.height()).isEqualTo(800);
        var thumbnail = found.pictures().getFirst();
        assertThat(thumbnail.height()).isEqualTo(320);
        var decoded = ImageIO.read(new ByteArrayInputStream(thumbnail.bytes()));
        // The left half, which is orange, is on top after a quarter turn to the right.
        assertThat(decoded.getRGB(80, 20) & 0xff0000).isGreaterThan(0xc00000);
        assertThat(decoded.getRGB(80, 300) & 0xff0000).isLessThan(0x300000);
    }

    @Test
    void large_pictures_are_read_with_gaps() {
        var found = work(Samples.png(9000, 4000), "image/png");

        assertThat(found.width()).isEqualTo(9000);
        assertThat(found.pictures()).extracting(picture -> picture.width()).containsExactly(320, 960, 1920);
    }

    @Test
    void the_text_and_pages_of_a_pdf() {
        var found = work(Samples.pdf("First things", "Second thoughts"), "application/pdf");

        assertThat(found.pageCount()).isEqualTo(2);
        assertThat(found.text()).contains("First things").contains("Second thoughts");
    }

    static Stream<Arguments> documents() {
        return Stream.of(
                Arguments.of(Samples.docx("", "One", "Two"), "One\nTwo", 0),
                Arguments.of(Samples.pptx("Begin", "Middle"), "Begin\nMiddle", 2),
                Arguments.of(Samples.xlsx("Sum", "Total"), "Sum\nTotal", 0),
                Arguments.of(Samples.odt("Offen"), "Offen", 0));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void the_text_of_office_files(byte[] file, String text, int pages) {
        var found = work(file, "application/octet-stream");

        assertThat(found.text()).isEqualTo(text);
        assertThat(found.pageCount()).isEqualTo(pages);
    }

    @Test
    void plain_text_is_its_own_text() {
        assertThat(work(bytes("\uFEFFGrüße"), "text/plain").text()).isEqualTo("Grüße");
        assertThat(work("Hallo Welt".getBytes(java.nio.charset.StandardCharsets.UTF_16), "text/plain")
                        .text())
                .isEqualTo("Hallo Welt");
    }

    static Stream<Arguments> playing() {
        return Stream.of(
                Arguments.of(Samples.mp4(90, 640, 360), "video/mp4", 90_000, 640, 360),
                Arguments.of(Samples.mp4(5, 0, 0), "audio/mp4", 5_000, 0, 0),
                Arguments.of(Samples.webm(7), "video/webm", 7_000, 640, 360),
                Arguments.of(Samples.opus(3), "audio/ogg", 3_000, 0, 0),
                Arguments.of(Samples.wave(2), "audio/wav", 2_000, 0, 0),
                Arguments.of(Samples.flac(4), "audio/flac", 4_000, 0, 0),
                Arguments.of(Samples.mp3(1000), "audio/mpeg", 26_122, 0, 0));
    }

    @ParameterizedTest
    @MethodSource("playing")
    void sound_and_films_tell_how_long_they_play(byte[] file, String type, long millis, int width, int height) {
        var found = work(file, type);

        assertThat(found.durationMillis()).isEqualTo(millis);
        assertThat(found.width()).isEqualTo(width);
        assertThat(found.height()).isEqualTo(height);
    }

    @Test
    void a_learning_package_is_unpacked() {
        var found = work(Samples.scorm(), "application/zip");

        assertThat(found.packageEntry()).isEqualTo("index.html");
        assertThat(unpacked)
                .containsEntry("index.html", "<h1>Hello</h1>")
                .containsOnlyKeys("imsmanifest.xml", "index.html", "media/logo.svg");
    }

    static Stream<Arguments> unworkable() {
        var link = new ZipArchiveEntry("link");
        link.setUnixMode(0120777);
        return Stream.of(
                Arguments.of(Samples.pngBomb(10_000, 10_000), "megapixels"),
                Arguments.of(Samples.pngBomb(100, 100), "broken"),
                Arguments.of(Samples.lockedPdf(), "password"),
                Arguments.of(bytes("%PDF-1.7\nnothing of a PDF"), "broken"),
                Arguments.of(Samples.docx("<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", "&x;"), "broken"),
                Arguments.of(Samples.docx("", "<w:p>".repeat(300) + "</w:p>".repeat(300)), "nested"),
                Arguments.of(Samples.docx("", " ".repeat(40 << 20)), "too large"),
                Arguments.of(Samples.docx("", "<w:t>"), "broken"),
                Arguments.of(Samples.box("ftyp", bytes("isom\0\0\2\0isommp41")), "index is missing"),
                Arguments.of(
                        Samples.join(
                                Samples.box("ftyp", bytes("isom\0\0\2\0isommp41")),
                                Samples.box("moov", new byte[] {0x7f, 0, 0, 0, 'm', 'v', 'h', 'd'})),
                        "cut off"),
                Arguments.of(package_("../evil.html"), "unsafe name"),
                Arguments.of(package_("/etc/evil.html"), "unsafe name"),
                Arguments.of(package_("a\\..\\evil.html"), "unsafe name"),
                Arguments.of(package_("C:evil.html"), "unsafe name"),
                Arguments.of(package_("a/./evil.html"), "unsafe name"),
                Arguments.of(package_("a//evil.html"), "unsafe name"),
                Arguments.of(package_("x".repeat(501)), "unsafe name"),
                Arguments.of(package_("a/".repeat(40) + "x"), "unsafe name"),
                Arguments.of(package_("index.html"), "one name"),
                Arguments.of(Samples.scormWith(link, bytes("/etc/passwd")), "link"),
                Arguments.of(Samples.scormWith(new ZipArchiveEntry("zeros"), new byte[20 << 20]), "compressed more"),
                Arguments.of(Samples.zip(Map.of(), "imsmanifest.xml", Samples.manifest("gone.html")), "begin with"),
                Arguments.of(
                        Samples.zip(Map.of(), "imsmanifest.xml", Samples.manifest("../../etc/passwd")), "begin with"),
                Arguments.of(Samples.zip(Map.of(), "imsmanifest.xml", "<manifest>"), "broken"));
    }

    @ParameterizedTest
    @MethodSource("unworkable")
    void what_cannot_be_worked_on_says_why(byte[] file, String why) {
        assertThatThrownBy(() -> work(file, "application/octet-stream"))
                .isInstanceOf(UnprocessableFileException.class)
                .hasMessageContaining(why);
    }

    @Test
    void an_archive_with_too_many_files_is_not_listed() {
        var many = new HashMap<String, String>();
        for (var count = 0; count < ZipContainer.MAX_ENTRIES; count++) {
            many.put("f" + count, "");
        }
        var file = new HeldBytes(Samples.zip(many, "imsmanifest.xml", Samples.manifest("f1")));

        assertThat(FileType.of(file, "application/zip").kind()).isEqualTo(FileKind.ARCHIVE);
        assertThatThrownBy(() -> LearningPackage.unpack(
                        file, 1 << 20, (path, content) -> {}, new WorkBudget(Duration.ofMinutes(1))))
                .isInstanceOf(UnprocessableFileException.class)
                .hasMessageContaining("more than 20000 files");
    }

    @Test
    void a_package_that_is_too_large_ends_where_it_is() {
        var file = new HeldBytes(Samples.scorm());

        assertThatThrownBy(() ->
                        LearningPackage.unpack(file, 20, (path, content) -> {}, new WorkBudget(Duration.ofMinutes(1))))
                .isInstanceOf(UnprocessableFileException.class)
                .hasMessageContaining("when unpacked");
    }

    @Test
    void work_ends_when_its_time_is_over() {
        for (var file : new byte[][] {Samples.pdf("x"), Samples.png(9, 9), Samples.scorm(), Samples.docx("", "x")}) {
            var bytes = new HeldBytes(file);
            assertThatThrownBy(() -> FileWork.run(
                            FileType.of(bytes, "application/octet-stream"),
                            bytes,
                            (path, content) -> {},
                            new WorkBudget(Duration.ofNanos(-1))))
                    .isInstanceOf(UnprocessableFileException.class)
                    .hasMessageContaining("too long");
        }
    }

    private static byte[] package_(String name) {
        return Samples.scormWith(new ZipArchiveEntry(name), bytes("x"));
    }

    private FileMetadata work(byte[] file, String announced) {
        var bytes = new HeldBytes(file);
        return FileWork.run(
                FileType.of(bytes, announced),
                bytes,
                (path, content) -> {
                    try {
                        unpacked.put(path, Files.readString(content));
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                },
                new WorkBudget(Duration.ofMinutes(1)));
    }
}
