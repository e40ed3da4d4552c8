package org.aula.courses.olx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Builds archives entry by entry, hostile ones included.
public final class ArchiveBuilder {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name());

    private ArchiveBuilder() {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    public static ArchiveBuilder anArchive() {
        return new ArchiveBuilder();
    }

    /// A course of one chapter, sequential and vertical; the vertical's inside is given.
    public static ArchiveBuilder aCourse(String blocks) {
        return anArchive()
                .file("course/course.xml", "<course url_name=\"run\" org=\"Aula\" course=\"T1\"/>")
                .file(
                        "course/course/run.xml",
                        "<course display_name=\"Testing\" language=\"en\">" + "<chapter url_name=\"c1\"/></course>")
                .file(
                        "course/chapter/c1.xml",
                        "<chapter display_name=\"Chapter\"><sequential url_name=\"s1\"/></chapter>")
                .file(
                        "course/sequential/s1.xml",
                        "<sequential display_name=\"Lesson\"><vertical url_name=\"v1\"/></sequential>")
                .file("course/vertical/v1.xml", "<vertical display_name=\"Page\">" + blocks + "</vertical>");
    }

    public ArchiveBuilder file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    public ArchiveBuilder file(String name, byte[] content) {
        var entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length);
        return entry(entry, content);
    }

    ArchiveBuilder folder(String name) {
        return entry(new TarArchiveEntry(name + "/", TarConstants.LF_DIR), new byte[0]);
    }

    public ArchiveBuilder special(String name, byte kind) {
        var entry = new TarArchiveEntry(name, kind);
        entry.setLinkName(kind == TarConstants.LF_SYMLINK || kind == TarConstants.LF_LINK ? "/etc/passwd" : "");
        return entry(entry, new byte[0]);
    }

    private ArchiveBuilder entry(TarArchiveEntry entry, byte[] content) {
        try {
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] tarBytes() {
        try {
            tar.finish();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path writeTo(Path folder) {
        return gzip(folder, tarBytes());
    }

    static Path gzip(Path folder, byte[] content) {
        try {
            Path archive = Files.createTempFile(folder, "archive", ".tar.gz");
            try (OutputStream target = new GZIPOutputStream(Files.newOutputStream(archive))) {
                target.write(content);
            }
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
