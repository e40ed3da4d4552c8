package org.aula.enrollments.certificate;

import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.documentinterchange.taggedpdf.StandardStructureTypes;

/// A certificate as a PDF that is tagged for screen readers (PDF/UA-1): one A4 page across, every text in a
/// structure element, language and title said, fonts embedded, the QR code a figure with an alternative.
@Singleton
final class CertificateDocument {

    private static final String TITLE = "Certificate of completion";
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final CertificateFonts fonts;

    CertificateDocument(CertificateFonts fonts) {
        this.fonts = fonts;
    }

    /// The PDF's bytes.
    ///
    /// @param url where anybody can verify it
    byte[] of(Certificate certificate, String url) {
        try (var document = new PDDocument();
                var bytes = new ByteArrayOutputStream()) {
            try (var page =
                    new TaggedPage(document, fonts.embedInto(document), TITLE + ": " + certificate.courseTitle())) {
                print(page, certificate, url);
            }
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a certificate could not be printed", impossible);
        }
    }

    private static void print(TaggedPage page, Certificate certificate, String url) throws IOException {
        page.frame();
        page.text(StandardStructureTypes.H1, TITLE, 34);
        page.gap(26);
        if (!certificate.learnerName().isEmpty()) {
            page.text(StandardStructureTypes.P, "This certifies that", 13);
            page.gap(8);
            page.text(StandardStructureTypes.P, certificate.learnerName(), 28);
            page.gap(8);
        }
        page.text(StandardStructureTypes.P, "has completed all mandatory lessons of the course", 13);
        page.gap(8);
        page.text(StandardStructureTypes.P, certificate.courseTitle(), 22);
        page.gap(24);
        for (var line : facts(certificate)) {
            page.text(StandardStructureTypes.P, line, 11);
        }
        page.corner(QrCode.of(url), "QR code that opens the page on which this certificate can be verified");
        page.foot("Verify it at " + url, 9);
    }

    private static List<String> facts(Certificate certificate) {
        var lines = new ArrayList<String>();
        lines.add("Issued on " + day(certificate.issuedAt()));
        if (certificate.expiresAt() != null) {
            lines.add("Valid until " + day(certificate.expiresAt()));
        }
        lines.add("Number " + certificate.number().printed());
        return lines;
    }

    private static String day(Instant instant) {
        return DAY.format(instant);
    }
}
