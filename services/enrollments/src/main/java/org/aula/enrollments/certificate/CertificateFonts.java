package org.aula.enrollments.certificate;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.aula.kernel.settings.Settings;

/// The fonts that certificates are printed with: Liberation Sans, which PDFBox brings (Latin, Greek,
/// Cyrillic, Hebrew), and behind it the TrueType file of `CERTIFICATE_FONT`, for names in other scripts.
@Singleton
final class CertificateFonts {

    private static final String LIBERATION = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final int UNKNOWN = '?';

    private final List<byte[]> files;

    CertificateFonts(Settings settings) {
        var own = settings.get("CERTIFICATE_FONT", "");
        this.files = own.isEmpty() ? List.of(liberation()) : List.of(liberation(), read(Path.of(own)));
    }

    /// Fonts of one document; of each only what is used goes into it.
    Embedded embedInto(PDDocument document) throws IOException {
        var faces = new ArrayList<Face>();
        for (var file : files) {
            var font = new TTFParser().parse(new RandomAccessReadBuffer(file));
            faces.add(new Face(PDType0Font.load(document, font, true), font.getUnicodeCmapLookup()));
        }
        return new Embedded(List.copyOf(faces));
    }

    private record Face(PDFont font, CmapLookup glyphs) {}

    /// Text that one font can print.
    record Run(PDFont font, String text) {

        /// In points.
        float width(float size) throws IOException {
            return font.getStringWidth(text) * size / 1000;
        }
    }

    /// See [#embedInto].
    record Embedded(List<Face> faces) {

        /// The text in runs of the first font that has the character; `?` for what none has.
        List<Run> runs(String text) {
            var runs = new ArrayList<Run>();
            text.codePoints().map(point -> isControl(point) ? ' ' : point).forEach(point -> {
                var face = faces.stream()
                        .filter(candidate -> candidate.glyphs().getGlyphId(point) != 0)
                        .findFirst();
                var font = face.orElseGet(faces::getFirst).font();
                var letter = Character.toString(face.isPresent() ? point : UNKNOWN);
                if (!runs.isEmpty() && runs.getLast().font() == font) {
                    letter = runs.removeLast().text() + letter;
                }
                runs.add(new Run(font, letter));
            });
            return runs;
        }

        /// Whether every character can be printed.
        boolean knows(String text) {
            return text.codePoints()
                    .allMatch(point -> isControl(point)
                            || faces.stream().anyMatch(face -> face.glyphs().getGlyphId(point) != 0));
        }

        float width(String text, float size) throws IOException {
            var width = 0f;
            for (var run : runs(text)) {
                width += run.width(size);
            }
            return width;
        }

        private static boolean isControl(int point) {
            return Character.isISOControl(point);
        }
    }

    private static byte[] liberation() {
        try (InputStream file = Objects.requireNonNull(PDDocument.class.getResourceAsStream(LIBERATION), LIBERATION)) {
            return file.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("CERTIFICATE_FONT cannot be read: " + file, unreadable);
        }
    }
}
