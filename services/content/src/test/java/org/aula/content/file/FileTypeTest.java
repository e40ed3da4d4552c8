package org.aula.content.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.content.file.Samples.bytes;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("fast")
final class FileTypeTest {

    private static final String WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private static final byte[] SVG = bytes("<svg xmlns='http://www.w3.org/2000/svg'/>");
    private static final byte[] HTML = bytes("<!DOCTYPE html><html><body>x</body></html>");
    private static final byte[] UNKNOWN = {0, 1, 2, 3, 4, 5, 6, 7, (byte) 0xfe, 9};
    private static final byte[] ZIP = Samples.zip(Map.of(), "a.txt", "a");

    static Stream<Arguments> honest() {
        return Stream.of(
                Arguments.of(Samples.png(4, 4), "image/png", FileKind.IMAGE),
                Arguments.of(Samples.jpeg(4, 4), "image/jpg", FileKind.IMAGE),
                Arguments.of(SVG, "image/svg+xml", FileKind.IMAGE),
                Arguments.of(
                        bytes("<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>"),
                        "image/svg+xml",
                        FileKind.IMAGE),
                Arguments.of(Samples.pdf("x"), "application/pdf", FileKind.DOCUMENT),
                Arguments.of(Samples.docx("", "x"), WORD, FileKind.DOCUMENT),
                Arguments.of(Samples.odt("x"), "application/vnd.oasis.opendocument.text", FileKind.DOCUMENT),
                Arguments.of(bytes("a,b\n1,2\n"), "text/csv", FileKind.DOCUMENT),
                Arguments.of(bytes("WEBVTT\n\n00:00.000 --> 00:01.000\nHi\n"), "text/vtt", FileKind.DOCUMENT),
                Arguments.of(bytes("{\"a\": 1}"), "application/json", FileKind.OTHER),
                Arguments.of(HTML, "text/html", FileKind.DOCUMENT),
                Arguments.of(Samples.mp4(1, 2, 2), "video/mp4", FileKind.VIDEO),
                Arguments.of(Samples.mp4(1, 0, 0), "audio/mp4", FileKind.AUDIO),
                Arguments.of(Samples.webm(1), "video/webm", FileKind.VIDEO),
                Arguments.of(Samples.opus(1), "audio/ogg", FileKind.AUDIO),
                Arguments.of(Samples.wave(1), "audio/wav", FileKind.AUDIO),
                Arguments.of(Samples.mp3(9), "audio/mpeg", FileKind.AUDIO),
                Arguments.of(Samples.flac(1), "audio/flac", FileKind.AUDIO),
                Arguments.of(Samples.scorm(), "application/zip", FileKind.SCORM),
                Arguments.of(ZIP, "application/x-zip-compressed", FileKind.ARCHIVE),
                Arguments.of(UNKNOWN, "application/x-made-up", FileKind.OTHER),
                Arguments.of(UNKNOWN, "application/octet-stream", FileKind.OTHER));
    }

    @ParameterizedTest
    @MethodSource("honest")
    void what_is_announced_truly_is_taken(byte[] file, String announced, FileKind kind) {
        var type = FileType.of(new HeldBytes(file), announced);

        assertThat(type.mayBe(announced)).as(type.toString()).isTrue();
        assertThat(type.kind()).as(type.toString()).isEqualTo(kind);
    }

    static Stream<Arguments> lies() {
        return Stream.of(
                Arguments.of(HTML, "image/png"),
                Arguments.of(HTML, "application/pdf"),
                Arguments.of(bytes("plain words"), "image/png"),
                Arguments.of(bytes("plain words"), "image/svg+xml"),
                Arguments.of(bytes("plain words"), "video/mp4"),
                Arguments.of(SVG, "image/png"),
                Arguments.of(Samples.png(4, 4), "image/jpeg"),
                Arguments.of(Samples.png(4, 4), "text/plain"),
                Arguments.of(Samples.jpeg(4, 4), "application/pdf"),
                Arguments.of(Samples.pdf("x"), "image/png"),
                Arguments.of(ZIP, WORD),
                Arguments.of(ZIP, "application/vnd.oasis.opendocument.text"),
                Arguments.of(Samples.xlsx("x"), WORD),
                Arguments.of(Samples.wave(1), "audio/mpeg"),
                Arguments.of(Samples.mp4(1, 2, 2), "video/webm"),
                Arguments.of(UNKNOWN, "image/png"),
                Arguments.of(UNKNOWN, "video/mp4"),
                Arguments.of(UNKNOWN, "text/plain"),
                Arguments.of(bytes("MZ\u0000\u0001"), "application/pdf"));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void what_lies_is_seen(byte[] file, String announced) {
        var type = FileType.of(new HeldBytes(file), announced);

        assertThat(type.mayBe(announced)).as(type + " as " + announced).isFalse();
    }

    @Test
    void the_end_of_an_archive_is_found_in_few_requests() {
        var reads = new AtomicInteger();
        var file = new HeldBytes(Samples.join(ZIP, new byte[60_000]));
        var type = FileType.of(
                new FileBytes() {
                    @Override
                    public long size() {
                        return file.size();
                    }

                    @Override
                    public byte[] read(long from, int length) {
                        reads.incrementAndGet();
                        return file.read(from, length);
                    }
                },
                "application/zip");

        assertThat(type.kind()).isEqualTo(FileKind.ARCHIVE);
        assertThat(reads.get()).isLessThan(10);
    }
}
