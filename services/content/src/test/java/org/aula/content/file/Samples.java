package org.aula.content.file;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;

/// Small real files.
public final class Samples {

    private static final String WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private static final String DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main";

    private Samples() {}

    private interface Writing {
        void to(ByteArrayOutputStream out) throws IOException;
    }

    public static byte[] png(int width, int height) {
        return image("png", width, height, BufferedImage.TYPE_INT_ARGB);
    }

    public static byte[] jpeg(int width, int height) {
        return image("jpg", width, height, BufferedImage.TYPE_INT_RGB);
    }

    private static byte[] image(String format, int width, int height, int type) {
        var image = new BufferedImage(width, height, type);
        var graphics = image.createGraphics();
        graphics.setColor(Color.ORANGE);
        graphics.fillRect(0, 0, width / 2, height);
        graphics.dispose();
        return written(out -> ImageIO.write(image, format, out));
    }

    /// A JPEG of a camera that was held on its side: EXIF says 6.
    static byte[] jpegOnItsSide(int width, int height) {
        var plain = jpeg(width, height);
        var exif = ByteBuffer.allocate(36)
                .put((byte) 0xff)
                .put((byte) 0xe1)
                .putShort((short) 34)
                .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
                .put("MM\0*".getBytes(StandardCharsets.US_ASCII))
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) 6)
                .putShort((short) 0)
                .putInt(0)
                .array();
        return written(out -> {
            out.write(plain, 0, 2);
            out.write(exif);
            out.write(plain, 2, plain.length - 2);
        });
    }

    /// A PNG of a few bytes that claims to be so large.
    static byte[] pngBomb(int width, int height) {
        var header = ByteBuffer.allocate(17)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        var check = new CRC32();
        check.update(header);
        return written(out -> {
            out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
            out.write(ByteBuffer.allocate(4).putInt(13).array());
            out.write(header);
            out.write(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
        });
    }

    public static byte[] pdf(String... pages) {
        return written(out -> {
            try (var document = document(pages)) {
                document.save(out);
            }
        });
    }

    static byte[] lockedPdf() {
        return written(out -> {
            try (var document = document("secret")) {
                document.protect(new StandardProtectionPolicy("owner", "reader", new AccessPermission()));
                document.save(out);
            }
        });
    }

    private static PDDocument document(String... pages) throws IOException {
        var document = new PDDocument();
        for (var text : pages) {
            var page = new PDPage();
            document.addPage(page);
            try (var content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                content.newLineAtOffset(72, 700);
                content.showText(text);
                content.endText();
            }
        }
        return document;
    }

    /// @param prolog before the root element, such as a document type
    static byte[] docx(String prolog, String... paragraphs) {
        var body = new StringBuilder(prolog + "<w:document xmlns:w='" + WORD + "'><w:body>");
        for (var paragraph : paragraphs) {
            body.append("<w:p><w:r><w:t>").append(paragraph).append("</w:t></w:r></w:p>");
        }
        return zip(Map.of("word/document.xml", body + "</w:body></w:document>"), "[Content_Types].xml", "<Types/>");
    }

    static byte[] pptx(String... slides) {
        var parts = new LinkedHashMap<String, String>();
        parts.put("ppt/presentation.xml", "<p/>");
        for (var number = slides.length; number > 0; number--) {
            parts.put(
                    "ppt/slides/slide" + number + ".xml",
                    "<s xmlns:a='" + DRAWING + "'><a:p><a:r><a:t>" + slides[number - 1] + "</a:t></a:r></a:p></s>");
        }
        return zip(parts, "[Content_Types].xml", "<Types/>");
    }

    static byte[] xlsx(String... strings) {
        var shared = new StringBuilder("<sst>");
        for (var string : strings) {
            shared.append("<si><t>").append(string).append("</t></si>");
        }
        return zip(
                Map.of("xl/workbook.xml", "<workbook/>", "xl/sharedStrings.xml", shared + "</sst>"),
                "[Content_Types].xml",
                "<Types/>");
    }

    static byte[] odt(String paragraph) {
        return written(out -> {
            try (var zip = new ZipArchiveOutputStream(out)) {
                var type = new ZipArchiveEntry("mimetype");
                var name = bytes("application/vnd.oasis.opendocument.text");
                var check = new CRC32();
                check.update(name);
                type.setMethod(ZipArchiveOutputStream.STORED);
                type.setSize(name.length);
                type.setCrc(check.getValue());
                zip.putArchiveEntry(type);
                zip.write(name);
                zip.closeArchiveEntry();
                put(zip, "content.xml", bytes("<c xmlns:text='t'><text:p>" + paragraph + "</text:p></c>"));
            }
        });
    }

    /// A learning package that begins with `index.html`.
    public static byte[] scorm() {
        return zip(
                Map.of("index.html", "<h1>Hello</h1>", "media/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
                "imsmanifest.xml",
                manifest("index.html?lang=en"));
    }

    static String manifest(String address) {
        return """
                <manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2">
                  <organizations default="A"><organization identifier="A">
                    <item identifier="I" identifierref="R2"/>
                  </organization></organizations>
                  <resources>
                    <resource identifier="R1" href="other.html"/>
                    <resource identifier="R2" href="%s"/>
                  </resources>
                </manifest>
                """.formatted(address);
    }

    public static byte[] zip(Map<String, String> entries, String first, String content) {
        return written(out -> {
            try (var zip = new ZipArchiveOutputStream(out)) {
                put(zip, first, bytes(content));
                for (var entry : entries.entrySet()) {
                    put(zip, entry.getKey(), bytes(entry.getValue()));
                }
            }
        });
    }

    /// A learning package with one more entry, whatever its name.
    static byte[] scormWith(ZipArchiveEntry entry, byte[] content) {
        return written(out -> {
            try (var zip = new ZipArchiveOutputStream(out)) {
                put(zip, "imsmanifest.xml", bytes(manifest("index.html")));
                put(zip, "index.html", bytes("<h1>Hello</h1>"));
                zip.putArchiveEntry(entry);
                zip.write(content);
                zip.closeArchiveEntry();
            }
        });
    }

    private static void put(ZipArchiveOutputStream zip, String name, byte[] content) throws IOException {
        zip.putArchiveEntry(new ZipArchiveEntry(name));
        zip.write(content);
        zip.closeArchiveEntry();
    }

    /// Silence.
    public static byte[] wave(int seconds) {
        var format = new AudioFormat(8000, 16, 1, true, false);
        return written(out -> AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(new byte[16_000 * seconds]), format, 8000L * seconds),
                AudioFileFormat.Type.WAVE,
                out));
    }

    /// A film without pictures: the boxes that tell what it would be.
    static byte[] mp4(int seconds, int width, int height) {
        var movieHeader = ByteBuffer.allocate(100).putInt(0, 0).putInt(12, 600).putInt(16, 600 * seconds);
        var trackHeader = ByteBuffer.allocate(84).putInt(76, width << 16).putInt(80, height << 16);
        return written(out -> {
            out.write(box("ftyp", bytes("isom\0\0\2\0isommp41")));
            out.write(box("mdat", new byte[5000]));
            out.write(box(
                    "moov", join(box("mvhd", movieHeader.array()), box("trak", box("tkhd", trackHeader.array())))));
        });
    }

    static byte[] box(String name, byte[] content) {
        return ByteBuffer.allocate(8 + content.length)
                .putInt(8 + content.length)
                .put(bytes(name))
                .put(content)
                .array();
    }

    /// MPEG-1 layer III at 44,100 Hz with the number of frames that its encoder noted.
    static byte[] mp3(int frames) {
        return ByteBuffer.allocate(2000)
                .putInt(0, 0xFFFB9064)
                .put(36, bytes("Xing"))
                .putInt(40, 1)
                .putInt(44, frames)
                .array();
    }

    /// As the format's description has it: one block with rate and samples.
    static byte[] flac(int seconds) {
        return ByteBuffer.allocate(100)
                .put(0, bytes("fLaC"))
                .put(4, (byte) 0x80)
                .put(7, (byte) 34)
                .putLong(18, 44_100L << 44 | 44_100L * seconds)
                .array();
    }

    static byte[] opus(int seconds) {
        var head = ByteBuffer.allocate(47).order(ByteOrder.LITTLE_ENDIAN);
        head.put(0, bytes("OggS")).put(26, (byte) 1).put(27, (byte) 19).put(28, bytes("OpusHead"));
        var tail = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
        tail.put(0, bytes("OggS")).putLong(6, 48_000L * seconds);
        return join(head.array(), tail.array());
    }

    static byte[] webm(int seconds) {
        var info = join(
                element(0x2AD7B1, new byte[] {0x0F, 0x42, 0x40}),
                element(
                        0x4489,
                        ByteBuffer.allocate(8).putDouble(1000.0 * seconds).array()));
        var video = join(element(0xB0, new byte[] {2, (byte) 0x80}), element(0xBA, new byte[] {1, (byte) 0x68}));
        var tracks = element(0x1654AE6B, element(0xAE, element(0xE0, video)));
        return join(
                element(0x1A45DFA3, element(0x4282, bytes("webm"))),
                element(0x18538067, join(element(0x1549A966, info), tracks)));
    }

    private static byte[] element(int id, byte[] content) {
        return written(out -> {
            for (var shift = 24; shift >= 0; shift -= 8) {
                if (id >>> shift != 0) {
                    out.write(id >>> shift);
                }
            }
            out.write(ByteBuffer.allocate(2)
                    .putShort((short) (0x4000 | content.length))
                    .array());
            out.write(content);
        });
    }

    static byte[] join(byte[]... parts) {
        return written(out -> {
            for (var part : parts) {
                out.write(part);
            }
        });
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] written(Writing writing) {
        var out = new ByteArrayOutputStream();
        try {
            writing.to(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
