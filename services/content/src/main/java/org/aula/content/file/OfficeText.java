package org.aula.content.file;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/// The text of office files: OOXML (docx, xlsx, pptx) and OpenDocument.
final class OfficeText {

    private static final Pattern SLIDE = Pattern.compile("ppt/slides/slide(\\d{1,6})\\.xml");
    private static final Set<String> PARTS = Set.of("word/document.xml", "xl/sharedStrings.xml", "content.xml");

    /// Elements that hold text in OOXML; in OpenDocument every one does.
    private static final Set<String> RUNS = Set.of("t");
    /// Elements that end a line: paragraphs, headings, shared strings.
    private static final Set<String> LINES = Set.of("p", "h", "si");

    private OfficeText() {}

    static FileMetadata read(FileBytes bytes, WorkBudget budget) {
        try (var zip = ZipContainer.open(bytes, budget)) {
            var text = new BoundedText(budget);
            var slides = 0;
            for (var part : parts(zip)) {
                slides += isSlide(part) ? 1 : 0;
                if (!text.isFull()) {
                    var everywhere = part.getName().equals("content.xml");
                    var collector = new Collector(text, everywhere);
                    BoundedXml.read(zip.content(part), budget, collector::see);
                }
            }
            return FileMetadata.text(text.toString(), slides);
        }
    }

    private static List<ZipArchiveEntry> parts(ZipContainer zip) {
        return zip.entries().stream()
                .filter(entry -> PARTS.contains(entry.getName()) || isSlide(entry))
                .sorted(Comparator.comparingInt(OfficeText::position))
                .toList();
    }

    private static boolean isSlide(ZipArchiveEntry entry) {
        return SLIDE.matcher(entry.getName()).matches();
    }

    private static int position(ZipArchiveEntry entry) {
        var slide = SLIDE.matcher(entry.getName());
        return slide.matches() ? Integer.parseInt(slide.group(1)) : 0;
    }

    private static final class Collector {

        private final BoundedText text;
        private final boolean everywhere;
        private int runs;

        Collector(BoundedText text, boolean everywhere) {
            this.text = text;
            this.everywhere = everywhere;
        }

        void see(XMLStreamReader xml) {
            switch (xml.getEventType()) {
                case XMLStreamReader.START_ELEMENT -> {
                    runs += RUNS.contains(xml.getLocalName()) ? 1 : 0;
                    if (Set.of("tab", "br").contains(xml.getLocalName())) {
                        write(" ");
                    }
                }
                case XMLStreamReader.END_ELEMENT -> {
                    runs -= RUNS.contains(xml.getLocalName()) ? 1 : 0;
                    if (LINES.contains(xml.getLocalName())) {
                        write("\n");
                    }
                }
                case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA -> {
                    if (everywhere || runs > 0) {
                        write(xml.getText());
                    }
                }
                default -> {
                    // Comments and the like hold no text of the document.
                }
            }
        }

        private void write(String part) {
            text.write(part.toCharArray(), 0, part.length());
        }
    }
}
