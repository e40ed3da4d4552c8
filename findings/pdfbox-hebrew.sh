#!/usr/bin/env bash
# A name in Hebrew on a certificate: its first letter belongs on the right.
. "$(dirname "$0")/lib.sh"
maven org.apache.pdfbox:pdfbox:3.0.8
finding "PDFBox" 3.0.8 "showText prints a text as it is read, in a font that has its letters"

answers=$(java_options="-Dfile.encoding=UTF-8" java_source Hebrew <<'JAVA'
import java.io.*;
import java.text.Bidi;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.*;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.text.*;

public class Hebrew {
    public static void main(String[] args) throws IOException {
        var name = "\u05d3\u05e0\u05d4";
        System.out.println(new Bidi(name, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT).isRightToLeft());
        leftToRight(name);
        leftToRight(new StringBuilder(name).reverse().toString());
    }

    /// Prints a text and names its letters from left to right, by where they stand on the page.
    static void leftToRight(String text) throws IOException {
        var file = new ByteArrayOutputStream();
        try (var document = new PDDocument()) {
            var page = new PDPage();
            document.addPage(page);
            var liberation = PDDocument.class.getResourceAsStream("/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf");
            try (var content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.setFont(PDType0Font.load(document, liberation, true), 12);
                content.newLineAtOffset(100, 700);
                content.showText(text);
                content.endText();
            }
            document.save(file);
        }
        var letters = new java.util.TreeMap<Float, String>();
        try (var document = Loader.loadPDF(file.toByteArray())) {
            new PDFTextStripper() {
                @Override
                protected void processTextPosition(TextPosition letter) {
                    letters.put(letter.getX(), Character.getName(letter.getUnicode().charAt(0)).replace("HEBREW LETTER ", ""));
                }
            }.getText(document);
        }
        System.out.println(String.join(" ", letters.values()));
    }
}
JAVA
)
answer() { sed -n "$1p" <<<"$answers"; }
happens "java.text.Bidi: Dalet, Nun, He goes from right to left" true "$(answer 1)"
happens "on the page, from left to right" "DALET NUN HE" "$(answer 2)"
happens "when the text is turned round before" "HE NUN DALET" "$(answer 3)"
