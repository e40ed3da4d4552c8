package org.aula.content.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/// A zip archive that is read where it lies. The list of entries is held in memory and therefore bounded.
final class ZipContainer implements AutoCloseable {

    static final int MAX_ENTRIES = 20_000;

    private static final long MAX_DIRECTORY_BYTES = 4L << 20;

    private final ZipFile zip;
    private final List<ZipArchiveEntry> entries;

    private ZipContainer(ZipFile zip) {
        this.zip = zip;
        this.entries = Collections.list(zip.getEntriesInPhysicalOrder());
    }

    /// @throws UnworkableFileException when it is broken or has too many entries
    static ZipContainer open(FileBytes bytes, WorkBudget budget) {
        var channel = new FileByteChannel(bytes, budget);
        channel.bound(MAX_DIRECTORY_BYTES);
        try {
            // Names of local headers are read with each entry: looking at all of them first is one request each.
            var zip = ZipFile.builder()
                    .setSeekableByteChannel(channel)
                    .setIgnoreLocalFileHeader(true)
                    .get();
            channel.bound(Long.MAX_VALUE);
            var container = new ZipContainer(zip);
            if (container.entries.size() > MAX_ENTRIES) {
                throw new UnprocessableFileException("it holds more than " + MAX_ENTRIES + " files");
            }
            return container;
        } catch (IOException | IllegalArgumentException broken) {
            throw new UnprocessableFileException("the archive is broken or its list of files too long", broken);
        }
    }

    /// In the order in which they lie.
    List<ZipArchiveEntry> entries() {
        return entries;
    }

    boolean has(String name) {
        return zip.getEntry(name) != null;
    }

    /// The content of an entry, decompressed.
    InputStream content(ZipArchiveEntry entry) {
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw new UnprocessableFileException("it is protected by a password");
        }
        try {
            return zip.getInputStream(entry);
        } catch (IOException broken) {
            throw new UnprocessableFileException("the archive is broken", broken);
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException harmless) {
            throw new IllegalStateException("closing what only reads failed", harmless);
        }
    }
}
