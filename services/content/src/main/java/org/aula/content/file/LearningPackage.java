package org.aula.content.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.jspecify.annotations.Nullable;

/// SCORM packages: a zip with `imsmanifest.xml` at its top. Every entry's name, size, compression and sort
/// is checked before anything of it is kept, and sizes are those that come out, not those that are claimed.
final class LearningPackage {

    static final String MANIFEST = "imsmanifest.xml";

    private static final int MAX_RATIO = 200;
    private static final long ANY_RATIO_BYTES = 16L << 20;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final ZipContainer zip;
    private final long packedBytes;
    private final long mostBytes;
    private final WorkBudget budget;
    private final Set<String> names = new HashSet<>();
    private long unpackedBytes;

    private LearningPackage(ZipContainer zip, long packedBytes, long mostBytes, WorkBudget budget) {
        this.zip = zip;
        this.packedBytes = packedBytes;
        this.mostBytes = mostBytes;
        this.budget = budget;
    }

    /// Unpacks everything and tells where the package begins.
    ///
    /// @param mostBytes what may come out
    /// @throws UnprocessableFileException when anything of it is not as it should be; some files may have
    /// been
    ///     kept by then
    static FileMetadata unpack(FileBytes bytes, long mostBytes, PackageTarget target, WorkBudget budget) {
        try (var zip = ZipContainer.open(bytes, budget)) {
            var learning = new LearningPackage(zip, bytes.size(), mostBytes, budget);
            zip.entries().forEach(learning::check);
            var entry = learning.begin();
            for (var file : zip.entries()) {
                if (!file.isDirectory()) {
                    learning.unpack(file, target);
                }
            }
            return FileMetadata.learningPackage(entry);
        }
    }

    private void check(ZipArchiveEntry entry) {
        budget.check();
        if (entry.isUnixSymlink()) {
            throw new UnprocessableFileException("it holds a link");
        }
        if (!PackagePaths.isSafe(entry.getName())) {
            throw new UnprocessableFileException("it holds a file with an unsafe name");
        }
        if (!entry.isDirectory() && !names.add(entry.getName())) {
            throw new UnprocessableFileException("it holds two files of one name");
        }
    }

    private void unpack(ZipArchiveEntry entry, PackageTarget target) {
        Path file = null;
        try {
            file = Files.createTempFile("aula-package-", ".tmp");
            copy(entry, file);
            target.keep(entry.getName(), file);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        } finally {
            delete(file);
        }
    }

    private void copy(ZipArchiveEntry entry, Path file) throws IOException {
        try (var content = zip.content(entry);
                var out = Files.newOutputStream(file)) {
            var buffer = new byte[BUFFER_BYTES];
            for (var read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                count(read);
                out.write(buffer, 0, read);
            }
        } catch (ZipException | java.io.EOFException broken) {
            throw new UnprocessableFileException("the archive is broken", broken);
        }
    }

    private void count(int read) {
        budget.check();
        unpackedBytes += read;
        if (unpackedBytes > mostBytes) {
            throw new UnprocessableFileException("it is larger than " + (mostBytes >> 20) + " MiB when unpacked");
        }
        if (unpackedBytes > ANY_RATIO_BYTES && unpackedBytes / MAX_RATIO > packedBytes) {
            throw new UnprocessableFileException("it is compressed more than anything honest");
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The first item's resource of the first organisation, or the first resource with an address.
    private String begin() {
        var manifest = zip.entries().stream()
                .filter(entry -> entry.getName().equals(MANIFEST))
                .findFirst()
                .orElseThrow(() -> new UnprocessableFileException("it has no " + MANIFEST));
        var reader = new Manifest();
        BoundedXml.read(zip.content(manifest), budget, reader::see);
        return PackagePaths.ofAddress(reader.begin()).stream()
                .filter(names::contains)
                .findFirst()
                .orElseThrow(() -> new UnprocessableFileException("its manifest names no file to begin with"));
    }

    private static final class Manifest {

        private final Map<String, String> addresses = new HashMap<>();
        private String firstAddress = "";
        private @Nullable String firstItem;
        private String base = "";

        void see(XMLStreamReader xml) {
            if (xml.getEventType() != XMLStreamReader.START_ELEMENT) {
                return;
            }
            switch (xml.getLocalName()) {
                case "item" -> {
                    var reference = xml.getAttributeValue(null, "identifierref");
                    if (firstItem == null && reference != null && !reference.isEmpty()) {
                        firstItem = reference;
                    }
                }
                case "resources" -> base = baseOf(xml);
                case "resource" -> resource(xml);
                default -> {
                    // Of no interest here.
                }
            }
        }

        private void resource(XMLStreamReader xml) {
            var address = xml.getAttributeValue(null, "href");
            var name = xml.getAttributeValue(null, "identifier");
            if (address == null || address.isEmpty()) {
                return;
            }
            var whole = base + baseOf(xml) + address;
            firstAddress = firstAddress.isEmpty() ? whole : firstAddress;
            if (name != null) {
                addresses.putIfAbsent(name, whole);
            }
        }

        private static String baseOf(XMLStreamReader xml) {
            var value = xml.getAttributeValue("http://www.w3.org/XML/1998/namespace", "base");
            return value == null ? "" : value;
        }

        String begin() {
            var item = firstItem;
            return item == null ? firstAddress : addresses.getOrDefault(item, firstAddress);
        }
    }
}
