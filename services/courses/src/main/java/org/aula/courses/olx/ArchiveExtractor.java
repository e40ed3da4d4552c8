package org.aula.courses.olx;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/// One extraction; see [OlxArchive#extract].
final class ArchiveExtractor {
    private static final int BUFFER = 64 * 1024;
    private static final long REPORT_EVERY = 1L << 20;

    private final Path folder;
    private final Limits limits;
    private final Progress progress;
    private final BooleanSupplier cancelled;

    private final LinkedHashMap<String, ArchiveFile> files = new LinkedHashMap<>();
    private final Set<String> folders = new HashSet<>();
    private final byte[] buffer = new byte[BUFFER];
    private int entries;
    private long textBytes;
    private long reported;
    private long total;

    ArchiveExtractor(Path folder, Limits limits, Progress progress, BooleanSupplier cancelled) {
        this.folder = folder;
        this.limits = limits;
        this.progress = progress;
        this.cancelled = cancelled;
    }

    OlxArchive extract(Path archive) throws IOException {
        Files.createDirectories(folder);
        total = Files.size(archive);
        boolean complete = false;
        try (InputStream source = Files.newInputStream(archive);
                var compressed = new GuardedStreams.Compressed(source)) {
            readArchive(compressed);
            complete = true;
        } catch (UncheckedIOException e) {
            throw new IOException("cannot read " + archive, e.getCause());
        } finally {
            if (!complete) {
                new OlxArchive(files).close();
            }
        }
        progress.report(total, total);
        return new OlxArchive(files);
    }

    private void readArchive(GuardedStreams.Compressed compressed) throws IOException {
        try (var expanded = new GuardedStreams.Expanded(gunzip(compressed), compressed, limits);
                var tar = new TarArchiveInputStream(expanded, StandardCharsets.UTF_8.name())) {
            TarArchiveEntry entry = next(tar, expanded);
            while (entry != null) {
                readEntry(entry, tar, expanded);
                report(compressed.count());
                entry = next(tar, expanded);
            }
        }
        if (entries == 0) {
            throw new UnsafeArchiveException(RefusalReason.NOT_TAR, "");
        }
    }

    private static InputStream gunzip(InputStream compressed) throws IOException {
        try {
            return new GZIPInputStream(compressed, BUFFER);
        } catch (ZipException | EOFException e) {
            throw new UnsafeArchiveException(RefusalReason.NOT_GZIP, "");
        }
    }

    private @Nullable TarArchiveEntry next(TarArchiveInputStream tar, GuardedStreams.Expanded expanded) {
        expanded.headerBegins();
        try {
            TarArchiveEntry entry = tar.getNextEntry();
            if (entry != null && !entry.isCheckSumOK()) {
                throw new IOException("header checksum");
            }
            return entry;
        } catch (IOException | IllegalArgumentException e) {
            boolean cutOff = entries > 0 || e instanceof EOFException || e instanceof ZipException;
            throw new UnsafeArchiveException(cutOff ? RefusalReason.CORRUPT_ARCHIVE : RefusalReason.NOT_TAR, "");
        }
    }

    private void readEntry(TarArchiveEntry entry, TarArchiveInputStream tar, GuardedStreams.Expanded expanded)
            throws IOException {
        expanded.contentBegins(entry.getName());
        requireNotCancelled();
        if (++entries > limits.maxEntries()) {
            throw new UnsafeArchiveException(RefusalReason.TOO_MANY_ENTRIES, entry.getName());
        }
        requireFileOrFolder(entry);
        String name = EntryNames.checked(entry.getName());
        if (entry.isDirectory()) {
            if (files.containsKey(name)) {
                throw new UnsafeArchiveException(RefusalReason.DUPLICATE_ENTRY, name);
            }
            addFolders(name + "/");
        } else {
            if (name.isEmpty()) {
                throw new UnsafeArchiveException(RefusalReason.UNSAFE_NAME, entry.getName());
            }
            if (files.containsKey(name) || folders.contains(name)) {
                throw new UnsafeArchiveException(RefusalReason.DUPLICATE_ENTRY, name);
            }
            addFolders(name);
            store(name, tar);
        }
    }

    private static void requireFileOrFolder(TarArchiveEntry entry) {
        if (entry.isSymbolicLink() || entry.isLink()) {
            throw new UnsafeArchiveException(RefusalReason.LINK, entry.getName());
        }
        byte kind = entry.getLinkFlag();
        boolean plain = kind == TarConstants.LF_NORMAL
                || kind == TarConstants.LF_OLDNORM
                || kind == TarConstants.LF_CONTIG
                || kind == TarConstants.LF_DIR;
        if (!plain || entry.isSparse()) {
            throw new UnsafeArchiveException(RefusalReason.SPECIAL_FILE, entry.getName());
        }
    }

    private void addFolders(String name) {
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            String parent = name.substring(0, slash);
            if (files.containsKey(parent)) {
                throw new UnsafeArchiveException(RefusalReason.DUPLICATE_ENTRY, name);
            }
            folders.add(parent);
        }
    }

    private void store(String name, TarArchiveInputStream tar) throws IOException {
        Path location = folder.resolve(String.format("%06d", files.size()));
        boolean text = EntryNames.isText(name);
        MessageDigest digest = sha256();
        long size = 0;
        // Known before the first byte is written, so that a failing extraction deletes this file too.
        files.put(name, new ArchiveFile(name, 0, "", location));
        try (OutputStream target = Files.newOutputStream(location, StandardOpenOption.CREATE_NEW)) {
            int read = readContent(tar, name);
            while (read >= 0) {
                size += read;
                textBytes += text ? read : 0;
                if (text && (size > limits.maxTextFileBytes() || textBytes > limits.maxTextBytes())) {
                    throw new UnsafeArchiveException(RefusalReason.TEXT_TOO_LARGE, name);
                }
                digest.update(buffer, 0, read);
                target.write(buffer, 0, read);
                requireNotCancelled();
                read = readContent(tar, name);
            }
        }
        files.put(name, new ArchiveFile(name, size, HexFormat.of().formatHex(digest.digest()), location));
    }

    private int readContent(TarArchiveInputStream tar, String name) {
        try {
            return tar.read(buffer);
        } catch (IOException e) {
            throw new UnsafeArchiveException(RefusalReason.CORRUPT_ARCHIVE, name);
        }
    }

    private void requireNotCancelled() {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("extraction cancelled");
        }
    }

    private void report(long done) {
        if (done - reported >= REPORT_EVERY) {
            reported = done;
            progress.report(done, total);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
