package org.aula.courses.olx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class OlxArchiveTest {
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path temporary;

    @Test
    void storesEveryFileWithSizeAndHash() throws IOException {
        Path archive = ArchiveBuilder.anArchive()
                .folder("./course")
                .file("./course/course.xml", "<course/>")
                .file("course/static/Ünïcode name.txt", "abc")
                .writeTo(temporary);
        try (OlxArchive extracted = extract(archive)) {
            assertThat(extracted.files())
                    .extracting(ArchiveFile::name)
                    .containsExactly("course/course.xml", "course/static/Ünïcode name.txt");
            ArchiveFile file = extracted.file("course/static/Ünïcode name.txt").orElseThrow();
            assertThat(file.sizeBytes()).isEqualTo(3);
            assertThat(file.sha256()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
            assertThat(file.location()).hasContent("abc");
        }
        assertThat(target()).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside.txt",
                "course/../../outside.txt",
                "course/..",
                "/etc/cron.d/job",
                "course\\..\\outside.txt",
                "C:/outside.txt",
                "course/line\nbreak.txt"
            })
    void refusesNamesThatLeadOut(String name) {
        refused(ArchiveBuilder.anArchive().file(name, "x"), RefusalReason.UNSAFE_NAME);
    }

    @Test
    void refusesNulInName() {
        // Plain headers end at NUL; only a PAX record can carry one into the name.
        byte[] record = "23 path=course/a\0b.txt\n".getBytes(StandardCharsets.UTF_8);
        refused(
                behindHeader(TarConstants.LF_PAX_EXTENDED_HEADER_LC, record),
                Limits.DEFAULT,
                RefusalReason.UNSAFE_NAME);
    }

    @Test
    void refusesLinks() {
        refused(ArchiveBuilder.anArchive().special("course/a", TarConstants.LF_SYMLINK), RefusalReason.LINK);
        refused(ArchiveBuilder.anArchive().special("course/a", TarConstants.LF_LINK), RefusalReason.LINK);
    }

    @Test
    void refusesDevicesPipesAndUnknownKinds() {
        for (byte kind : new byte[] {TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO, (byte) 'Z'}) {
            refused(ArchiveBuilder.anArchive().special("course/a", kind), RefusalReason.SPECIAL_FILE);
        }
    }

    @Test
    void refusesDuplicates() {
        refused(ArchiveBuilder.anArchive().file("a/b.xml", "1").file("./a//b.xml", "2"), RefusalReason.DUPLICATE_ENTRY);
        refused(ArchiveBuilder.anArchive().file("a", "1").file("a/b", "2"), RefusalReason.DUPLICATE_ENTRY);
        refused(ArchiveBuilder.anArchive().file("a/b", "1").file("a", "2"), RefusalReason.DUPLICATE_ENTRY);
        refused(ArchiveBuilder.anArchive().file("a", "1").folder("a"), RefusalReason.DUPLICATE_ENTRY);
    }

    @Test
    void refusesTooManyEntries() {
        ArchiveBuilder builder = ArchiveBuilder.anArchive();
        for (int i = 0; i < 11; i++) {
            builder.file("f" + i, "");
        }
        refused(builder.writeTo(temporary), Limits.DEFAULT.withMaxEntries(10), RefusalReason.TOO_MANY_ENTRIES);
    }

    @Test
    void refusesMoreThanTheExpandedSize() {
        byte[] noise = new byte[MEBIBYTE];
        new Random(7).nextBytes(noise);
        Path archive = ArchiveBuilder.anArchive()
                .file("static/a.bin", noise)
                .file("static/b.bin", noise)
                .writeTo(temporary);
        refused(archive, Limits.DEFAULT.withMaxExpandedBytes(MEBIBYTE + 4096L), RefusalReason.TOO_LARGE);
    }

    @Test
    void refusesLargeTextFiles() {
        byte[] large = new byte[5 * MEBIBYTE + 1];
        Arrays.fill(large, (byte) ' ');
        refused(ArchiveBuilder.anArchive().file("course/html/a.HTML", large), RefusalReason.TEXT_TOO_LARGE);
        refused(
                ArchiveBuilder.anArchive()
                        .file("a.xml", "12345")
                        .file("b.xml", "67890")
                        .writeTo(temporary),
                Limits.DEFAULT.withMaxTextBytes(9),
                RefusalReason.TEXT_TOO_LARGE);
    }

    @Test
    void stopsABombWhileStreaming() throws IOException {
        Path archive = temporary.resolve("bomb.tar.gz");
        writeZeros(archive, "static/zeros.bin", 1024L * MEBIBYTE);
        var largest = new ArrayList<Long>();
        assertThatThrownBy(() -> OlxArchive.extract(archive, target(), Limits.DEFAULT, (done, total) -> {}, () -> {
                    largest.add(sizeOf(target()));
                    return false;
                }))
                .isInstanceOfSatisfying(
                        UnsafeArchiveException.class,
                        e -> assertThat(e.reason()).isEqualTo(RefusalReason.RATIO_TOO_HIGH));
        assertThat(largest.getLast()).isLessThan(65L * MEBIBYTE);
        assertThat(target()).isEmptyDirectory();
    }

    @Test
    void refusesEndlessHeaders() {
        byte[] name = new byte[2 * MEBIBYTE];
        Arrays.fill(name, (byte) 'a');
        refused(behindHeader(TarConstants.LF_GNUTYPE_LONGNAME, name), Limits.DEFAULT, RefusalReason.HEADER_TOO_LARGE);
    }

    @Test
    void refusesWhatIsNoArchive() throws IOException {
        Path text = Files.writeString(temporary.resolve("text"), "not an archive at all");
        refused(text, Limits.DEFAULT, RefusalReason.NOT_GZIP);
        refused(Files.createFile(temporary.resolve("empty")), Limits.DEFAULT, RefusalReason.NOT_GZIP);
        byte[] noise = new byte[4096];
        new Random(11).nextBytes(noise);
        refused(ArchiveBuilder.gzip(temporary, noise), Limits.DEFAULT, RefusalReason.NOT_TAR);
        refused(ArchiveBuilder.gzip(temporary, new byte[0]), Limits.DEFAULT, RefusalReason.NOT_TAR);
        refused(ArchiveBuilder.anArchive(), RefusalReason.NOT_TAR);
    }

    @Test
    void refusesATruncatedArchive() throws IOException {
        byte[] noise = new byte[200_000];
        new Random(13).nextBytes(noise);
        byte[] tar = ArchiveBuilder.anArchive().file("static/a.bin", noise).tarBytes();
        refused(
                ArchiveBuilder.gzip(temporary, Arrays.copyOf(tar, 100_000)),
                Limits.DEFAULT,
                RefusalReason.CORRUPT_ARCHIVE);
        byte[] compressed = Files.readAllBytes(ArchiveBuilder.gzip(temporary, tar));
        Path cut = Files.write(temporary.resolve("cut"), Arrays.copyOf(compressed, compressed.length / 2));
        refused(cut, Limits.DEFAULT, RefusalReason.CORRUPT_ARCHIVE);
    }

    @Test
    void reportsProgressAndStopsWhenCancelled() throws IOException {
        byte[] noise = new byte[3 * MEBIBYTE];
        new Random(17).nextBytes(noise);
        Path archive = ArchiveBuilder.anArchive()
                .file("a.bin", noise)
                .file("b.bin", noise)
                .writeTo(temporary);
        var reports = new ArrayList<Long>();
        OlxArchive.extract(archive, target(), Limits.DEFAULT, (done, total) -> reports.add(done), () -> false)
                .close();
        assertThat(reports).isSorted().hasSizeGreaterThan(1).endsWith(Files.size(archive));

        assertThatThrownBy(() -> OlxArchive.extract(
                        archive, target(), Limits.DEFAULT, (done, total) -> {}, () -> sizeOf(target()) > 0))
                .isInstanceOf(CancellationException.class);
        assertThat(target()).isEmptyDirectory();
    }

    private Path target() {
        return temporary.resolve("target");
    }

    private OlxArchive extract(Path archive) throws IOException {
        return OlxArchive.extract(archive, target(), Limits.DEFAULT, (done, total) -> {}, () -> false);
    }

    private void refused(ArchiveBuilder archive, RefusalReason reason) {
        refused(archive.writeTo(temporary), Limits.DEFAULT, reason);
    }

    private void refused(Path archive, Limits limits, RefusalReason reason) {
        assertThatThrownBy(() -> OlxArchive.extract(archive, target(), limits, (done, total) -> {}, () -> false))
                .isInstanceOfSatisfying(UnsafeArchiveException.class, e -> {
                    assertThat(e.reason()).isEqualTo(reason);
                    assertThat(e.entry()).doesNotContainPattern("\\p{Cntrl}");
                });
        assertThat(target()).isEmptyDirectory();
    }

    /// An archive of one file whose name is given by an extension header with this content.
    private Path behindHeader(byte kind, byte[] content) {
        var entry = new TarArchiveEntry("header", kind);
        entry.setSize(content.length);
        byte[] file = ArchiveBuilder.anArchive().file("short.txt", "x").tarBytes();
        int padded = (content.length + 511) / 512 * 512;
        byte[] tar = new byte[512 + padded + file.length];
        entry.writeEntryHeader(tar);
        System.arraycopy(content, 0, tar, 512, content.length);
        System.arraycopy(file, 0, tar, 512 + padded, file.length);
        return ArchiveBuilder.gzip(temporary, tar);
    }

    private static void writeZeros(Path archive, String name, long size) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setSize(size);
        byte[] header = new byte[512];
        entry.writeEntryHeader(header);
        try (OutputStream target = new GZIPOutputStream(Files.newOutputStream(archive))) {
            target.write(header);
            byte[] zeros = new byte[MEBIBYTE];
            for (long written = 0; written < size; written += zeros.length) {
                target.write(zeros);
            }
        }
    }

    private static long sizeOf(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            return 0;
        }
    }
}
