package org.aula.courses.export;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.courses.olx.Limits;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;

/// Writes an archive, no larger than an import takes; the manifest comes last, when every checksum is
/// known.
final class ArchiveWriter implements AutoCloseable {

    private static final Limits LIMITS = Limits.DEFAULT;

    /// What an entry takes besides its bytes, at most: its header, and what fills up its last block.
    private static final long ENTRY_BYTES = 2 * TarConstants.DEFAULT_RCDSIZE;

    private final TarArchiveOutputStream tar;
    private final Map<String, Manifest.Entry> files = new LinkedHashMap<>();
    private long bytes;
    private long textBytes;

    private ArchiveWriter(TarArchiveOutputStream tar) {
        this.tar = tar;
    }

    static ArchiveWriter to(Path archive) throws IOException {
        OutputStream gzip = new GzipCompressorOutputStream(Files.newOutputStream(archive));
        return new ArchiveWriter(new TarArchiveOutputStream(gzip, StandardCharsets.UTF_8.name()));
    }

    /// @throws ServiceException FAILED_PRECONDITION with COURSE_TOO_LARGE
    void text(String name, byte[] content) throws IOException {
        textBytes += content.length;
        requireBelow(textBytes, LIMITS.maxTextBytes());
        requireBelow(content.length, LIMITS.maxTextFileBytes());
        begin(name, content.length, Hashing.sha256().hashBytes(content).toString());
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /// @throws ServiceException FAILED_PRECONDITION with COURSE_TOO_LARGE
    void file(String name, Path content) throws IOException {
        begin(
                name,
                Files.size(content),
                MoreFiles.asByteSource(content).hash(Hashing.sha256()).toString());
        Files.copy(content, tar);
        tar.closeArchiveEntry();
    }

    void finish(List<ArchivedMedia> media) throws IOException {
        text(Manifest.NAME, ArchiveMapper.toJson(new Manifest(Map.copyOf(files), media)));
        tar.finish();
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    private void begin(String name, long size, String sha256) throws IOException {
        bytes += size;
        requireBelow(bytes, LIMITS.maxExpandedBytes() - (files.size() + 20L) * ENTRY_BYTES);
        requireBelow(files.size() + 2L, LIMITS.maxEntries());
        files.put(name, new Manifest.Entry(size, sha256));
        var entry = new TarArchiveEntry(name);
        entry.setSize(size);
        tar.putArchiveEntry(entry);
    }

    static void requireBelow(long size, long limit) {
        if (size > limit) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_COURSE_TOO_LARGE,
                    "the course is larger than an archive may be: more than " + limit,
                    Map.of("limit_bytes", Long.toString(limit)));
        }
    }
}
