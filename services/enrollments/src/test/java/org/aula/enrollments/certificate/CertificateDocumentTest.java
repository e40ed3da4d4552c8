package org.aula.enrollments.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureNode;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.aula.kernel.settings.Settings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The PDF, read back.
final class CertificateDocumentTest {

    private static final String URL = "https://learn.example.org/certificates/7K2M-Q9XD-3TVB-0HRE";

    private final CertificateDocument document =
            new CertificateDocument(new CertificateFonts(new Settings("enrollments", Map.of())));

    @Test
    void it_says_who_completed_what_and_when() throws Exception {
        try (var pdf = print("Ada Lovelace", "Analysis I", Instant.parse("2027-11-21T00:00:00Z"))) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(1);
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains("Certificate of completion", "Ada Lovelace", "Analysis I")
                    .contains("Issued on 21 November 2026", "Valid until 21 November 2027", "Verify it at " + URL);
        }
    }

    @Test
    void the_code_leads_to_the_page_that_verifies_it() throws Exception {
        try (var pdf = print("Ada Lovelace", "Analysis I", null)) {
            var image = new PDFRenderer(pdf).renderImageWithDPI(0, 150);
            var pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
            var bitmap = new BinaryBitmap(
                    new HybridBinarizer(new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels)));

            assertThat(new QRCodeReader().decode(bitmap).getText()).isEqualTo(URL);
        }
    }

    @Test
    void it_is_tagged_for_screen_readers() throws Exception {
        try (var pdf = print("Ada Lovelace", "Analysis & <Synthesis>", null)) {
            var catalog = pdf.getDocumentCatalog();
            assertThat(catalog.getLanguage()).isEqualTo("en");
            assertThat(catalog.getMarkInfo().isMarked()).isTrue();
            assertThat(catalog.getViewerPreferences().displayDocTitle()).isTrue();
            assertThat(pdf.getDocumentInformation().getTitle())
                    .isEqualTo("Certificate of completion: Analysis & <Synthesis>");
            assertThat(new String(catalog.getMetadata().toByteArray(), StandardCharsets.UTF_8))
                    .contains("<pdfuaid:part>1</pdfuaid:part>", "Analysis &amp; &lt;Synthesis&gt;");
            var elements = elements(catalog.getStructureTreeRoot());
            assertThat(elements)
                    .extracting(PDStructureElement::getStructureType)
                    .startsWith("Document", "H1", "P")
                    .endsWith("Figure", "P");
            assertThat(elements)
                    .filteredOn(element -> element.getStructureType().equals("Figure"))
                    .singleElement()
                    .satisfies(figure ->
                            assertThat(figure.getAlternateDescription()).contains("QR code"));
            // Every element but the whole has content of the page.
            assertThat(elements.stream().skip(1))
                    .allSatisfy(element -> assertThat(element.getKids()).hasSize(1));
            pdf.getPage(0)
                    .getResources()
                    .getFontNames()
                    .forEach(name -> assertThat(embedded(pdf, name)).isTrue());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ελένη Παπαδοπούλου",
                "Юлия Ёлкина",
                "Łukasz Żółć",
                "李小龍",
                "Zoë\u0000\nO'Neil-Ångström",
                "W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W",
                "Mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm"
            })
    void any_name_is_printed_and_what_has_no_letters_is_read_aloud(String name) throws Exception {
        try (var pdf = print(name, name.repeat(255 / name.length()), null)) {
            var readAloud = elements(pdf.getDocumentCatalog().getStructureTreeRoot()).stream()
                    .map(PDStructureElement::getActualText)
                    .toList();
            var text = new PDFTextStripper().getText(pdf).replaceAll("\\s", "");
            var plain = name.replaceAll("[\\s\\u0000]", "");

            assertThat(text.contains(plain) || readAloud.contains(name)).isTrue();
            assertThat(text).contains("Number");
        }
    }

    @Test
    void without_a_name_it_names_nobody() throws Exception {
        try (var pdf = print("", "Analysis I", null)) {
            assertThat(new PDFTextStripper().getText(pdf))
                    .doesNotContain("This certifies that")
                    .contains("Analysis I");
        }
    }

    private PDDocument print(String name, String title, @Nullable Instant expires) throws Exception {
        var id = UUID.randomUUID();
        var certificate = new Certificate(
                id,
                new CertificateNumber("7K2MQ9XD3TVB0HRE"),
                id,
                id,
                id,
                name,
                title,
                Instant.parse("2026-11-21T10:00:00Z"),
                expires,
                null,
                null,
                "");
        var pdf = document.of(certificate, URL);
        assertThat(pdf).hasSizeLessThan(100_000);
        return Loader.loadPDF(pdf);
    }

    private static boolean embedded(PDDocument pdf, COSName font) {
        try {
            return pdf.getPage(0).getResources().getFont(font).isEmbedded();
        } catch (java.io.IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    private static List<PDStructureElement> elements(PDStructureNode node) {
        var found = new ArrayList<PDStructureElement>();
        for (var kid : node.getKids()) {
            if (kid instanceof PDStructureElement element) {
                found.add(element);
                found.addAll(elements(element));
            }
        }
        return found;
    }
}
