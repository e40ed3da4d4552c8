package org.aula.enrollments.certificate;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.PDNumberTreeNode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkInfo;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDParentTreeValue;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureTreeRoot;
import org.apache.pdfbox.pdmodel.documentinterchange.taggedpdf.PDLayoutAttributeObject;
import org.apache.pdfbox.pdmodel.documentinterchange.taggedpdf.StandardStructureTypes;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;

/// The one page of a tagged document: what is drawn on it is either in a structure element, in reading
/// order, or said to be decoration. Text is centred and flows from the top.
final class TaggedPage implements Closeable {

    private static final String LANGUAGE = "en";
    private static final float MARGIN = 60;
    private static final float CODE_SIDE = 110;
    private static final float LINE = 1.3f;
    private static final int MAX_LINES = 3;
    private static final float SMALLEST = 7;

    private final CertificateFonts.Embedded fonts;
    private final PDRectangle paper = new PDRectangle(PDRectangle.A4.getHeight(), PDRectangle.A4.getWidth());
    private final PDPage page = new PDPage(paper);
    private final PDPageContentStream content;
    private final PDStructureTreeRoot root = new PDStructureTreeRoot();
    private final PDStructureElement whole;
    private final COSArray elements = new COSArray();
    private float top = paper.getHeight() - 1.6f * MARGIN;

    TaggedPage(PDDocument document, CertificateFonts.Embedded fonts, String title) throws IOException {
        this.fonts = fonts;
        document.addPage(page);
        page.setStructParents(0);
        var catalog = document.getDocumentCatalog();
        catalog.setLanguage(LANGUAGE);
        catalog.setStructureTreeRoot(root);
        var marked = new PDMarkInfo();
        marked.setMarked(true);
        catalog.setMarkInfo(marked);
        var preferences = new PDViewerPreferences(new COSDictionary());
        preferences.setDisplayDocTitle(true);
        catalog.setViewerPreferences(preferences);
        document.getDocumentInformation().setTitle(title);
        catalog.setMetadata(new PDMetadata(
                document, new ByteArrayInputStream(description(title).getBytes(StandardCharsets.UTF_8))));
        whole = new PDStructureElement(StandardStructureTypes.DOCUMENT, root);
        root.appendKid(whole);
        content = new PDPageContentStream(document, page);
    }

    /// A decorative frame.
    void frame() throws IOException {
        content.beginMarkedContent(COSName.ARTIFACT);
        content.setLineWidth(2);
        content.addRect(MARGIN / 2, MARGIN / 2, paper.getWidth() - MARGIN, paper.getHeight() - MARGIN);
        content.stroke();
        content.endMarkedContent();
    }

    /// The next text; long text takes up to three lines, and smaller letters when that is not enough.
    void text(String type, String text, float size) throws IOException {
        var fitting = size;
        var lines = lines(text, fitting);
        while (lines.size() > MAX_LINES && fitting > SMALLEST) {
            fitting--;
            lines = lines(text, fitting);
        }
        begin(type, text);
        for (var line : lines) {
            top -= fitting * LINE;
            show(line, fitting, (paper.getWidth() - fonts.width(line, fitting)) / 2, top);
        }
        content.endMarkedContent();
    }

    void gap(float points) {
        top -= points;
    }

    /// A code in the lower right corner.
    void corner(QrCode code, String alternative) throws IOException {
        var left = paper.getWidth() - MARGIN - CODE_SIDE;
        var figure = begin(StandardStructureTypes.Figure, "");
        figure.setAlternateDescription(alternative);
        var place = new PDLayoutAttributeObject();
        place.setBBox(new PDRectangle(left, MARGIN, CODE_SIDE, CODE_SIDE));
        figure.addAttribute(place);
        var side = CODE_SIDE / code.size();
        for (int row = 0; row < code.size(); row++) {
            for (int column = 0; column < code.size(); column++) {
                if (code.isDark(column, row)) {
                    content.addRect(left + column * side, MARGIN + CODE_SIDE - (row + 1) * side, side, side);
                }
            }
        }
        content.fill();
        content.endMarkedContent();
    }

    /// A line at the bottom, from the left.
    void foot(String text, float size) throws IOException {
        begin(StandardStructureTypes.P, text);
        var fitting = size;
        while (fonts.width(text, fitting) > paper.getWidth() - 2 * MARGIN - CODE_SIDE && fitting > 1) {
            fitting -= 0.5f;
        }
        show(text, fitting, MARGIN, MARGIN);
        content.endMarkedContent();
    }

    @Override
    public void close() throws IOException {
        content.close();
        var numbers = new COSArray();
        numbers.add(COSInteger.ZERO);
        numbers.add(elements);
        var tree = new COSDictionary();
        tree.setItem(COSName.NUMS, numbers);
        root.setParentTree(new PDNumberTreeNode(tree, PDParentTreeValue.class));
        root.setParentTreeNextKey(1);
    }

    private PDStructureElement begin(String type, String text) throws IOException {
        var element = new PDStructureElement(type, whole);
        element.setPage(page);
        if (!fonts.knows(text)) {
            // What cannot be printed can be read aloud all the same.
            element.setActualText(text);
        }
        element.appendKid(elements.size());
        whole.appendKid(element);
        content.beginMarkedContent(COSName.getPDFName(type), elements.size());
        elements.add(element);
        return element;
    }

    private void show(String line, float size, float left, float bottom) throws IOException {
        content.beginText();
        content.newLineAtOffset(left, bottom);
        for (var run : fonts.runs(line)) {
            content.setFont(run.font(), size);
            content.showText(run.text());
        }
        content.endText();
    }

    /// Breaks at spaces, and within a word that is longer than a line.
    private List<String> lines(String text, float size) throws IOException {
        var width = paper.getWidth() - 2 * MARGIN;
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.strip().split("\\s+")) {
            if (!line.isEmpty() && fonts.width(line + " " + word, size) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
            while (fonts.width(line.toString(), size) > width) {
                var fits = fitting(line, size, width);
                lines.add(line.substring(0, fits));
                line.delete(0, fits);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    private int fitting(CharSequence line, float size, float width) throws IOException {
        var end = line.length();
        while (end > 1 && fonts.width(line.subSequence(0, end).toString(), size) > width) {
            end = Character.offsetByCodePoints(line, end, -1);
        }
        return Math.max(end, 1);
    }

    /// XMP: the title, the language, and that the document keeps PDF/UA-1.
    private static String description(String title) {
        var escaped = title.replaceAll("\\p{Cntrl}", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
        return """
                <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
                <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
                xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
                <dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
                <dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>
                <pdfuaid:part>1</pdfuaid:part>
                </rdf:Description></rdf:RDF></x:xmpmeta>
                <?xpacket end="w"?>
                """.formatted(escaped, LANGUAGE);
    }
}
