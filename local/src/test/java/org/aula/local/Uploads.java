package org.aula.local;

import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/// Files as browsers send them: announced by GraphQL, put to the object store, completed.
final class Uploads {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Uploads() {}

    static Map<String, Object> announcement(String mediaType, byte[] bytes, String visibility) throws Exception {
        return Map.of(
                "fileName",
                "file",
                "mediaType",
                mediaType,
                "sizeBytes",
                bytes.length,
                "sha256",
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)),
                "visibility",
                visibility);
    }

    /// An announced file whose bytes are there.
    static JsonObject put(Screens owner, String mediaType, byte[] bytes, String visibility) throws Exception {
        var upload = owner.change(
                "createUpload",
                announcement(mediaType, bytes, visibility),
                "asset { id uuid } uploadUrl headers { name value }");
        send(upload, bytes);
        return upload.getAsJsonObject("asset");
    }

    /// A file of a submission's draft that can be read.
    ///
    /// @return the asset's global id
    static String forSubmission(Screens learner, String submissionId, byte[] pdf) throws Exception {
        var upload = learner.change(
                "createSubmissionUpload",
                Map.of(
                        "submissionId",
                        submissionId,
                        "fileName",
                        "work.pdf",
                        "mediaType",
                        "application/pdf",
                        "sizeBytes",
                        pdf.length,
                        "sha256",
                        HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(pdf))),
                "assetId uploadUrl headers { name value }");
        send(upload, pdf);
        var asset = upload.get("assetId").getAsString();
        learner.change(
                "completeSubmissionUpload",
                Map.of("submissionId", submissionId, "assetId", asset),
                "file { fileName }");
        return asset;
    }

    private static void send(JsonObject upload, byte[] bytes) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(upload.get("uploadUrl").getAsString()))
                .PUT(BodyPublishers.ofByteArray(bytes));
        for (var header : upload.getAsJsonArray("headers")) {
            request.header(
                    header.getAsJsonObject().get("name").getAsString(),
                    header.getAsJsonObject().get("value").getAsString());
        }
        var status = HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
        if (status != 200) {
            throw new IllegalStateException("the object store answered " + status);
        }
    }

    /// A file that can be read.
    static JsonObject ready(Screens owner, String mediaType, byte[] bytes, String visibility) throws Exception {
        var asset = put(owner, mediaType, bytes, visibility);
        return owner.make("completeUpload", Map.of("assetId", Screens.id(asset)), "asset", "id uuid state kind");
    }

    /// What a browser gets from an address.
    static HttpResponse<byte[]> load(String address) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofByteArray());
    }

    static byte[] png(int width, int height) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }

    static byte[] pdf(String words) throws IOException {
        try (var document = new PDDocument()) {
            var page = new PDPage();
            document.addPage(page);
            try (var content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.setFont(new PDType1Font(FontName.HELVETICA), 12);
                content.newLineAtOffset(50, 700);
                content.showText(words);
                content.endText();
            }
            var bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        }
    }
}
