package org.aula.local.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.aula.api.content.v1.ContentServiceGrpc;
import org.aula.api.content.v1.CreateUploadRequest;
import org.aula.api.content.v1.Custody;
import org.aula.api.content.v1.ProcessingState;
import org.aula.api.grades.v1.SubmissionServiceGrpc;
import org.aula.kernel.testing.Await;

/// Uploads files as people do.
final class Files {

    /// Where [Sort#PACKAGE] begins.
    static final String ENTRY = "index.html";

    private static final String MANIFEST = """
            <manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2">
              <organizations default="A"><organization identifier="A">
                <item identifier="I" identifierref="R"/>
              </organization></organizations>
              <resources><resource identifier="R" href="%s"/></resources>
            </manifest>
            """.formatted(ENTRY);

    /// What is uploaded.
    enum Sort {
        /// A document with text.
        TEXT("text/plain", "Neither an image nor an archive.".getBytes(UTF_8)),
        /// A learning package.
        PACKAGE("application/zip", learningPackage());

        private final String mediaType;
        private final byte[] bytes;

        Sort(String mediaType, byte[] bytes) {
            this.mediaType = mediaType;
            this.bytes = bytes;
        }
    }

    private final Client client;
    private final HttpClient http = HttpClient.newHttpClient();

    Files(Client client) {
        this.client = client;
    }

    /// A file whose bytes are there, and which is not completed.
    ///
    /// @param particulars of the request
    /// @return its id
    String upload(String token, Sort sort, Map<String, String> particulars) {
        var known = new HashMap<>(particulars);
        known.put("size_bytes", Integer.toString(sort.bytes.length));
        known.put("sha256", sha256(sort.bytes));
        known.put("media_type", sort.mediaType);
        var upload = client.ask(token, ContentServiceGrpc.getCreateUploadMethod(), known);
        put(upload.getUploadUrl(), upload.getHeadersMap(), sort.bytes);
        return upload.getAsset().getId();
    }

    /// A file of somebody's that this service keeps, announced.
    void keep(String custodian, Sort sort, Person owner) {
        client.sendAsService(
                custodian,
                ContentServiceGrpc.getCreateUploadMethod(),
                CreateUploadRequest.newBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .setFileName("kept")
                        .setMediaType(sort.mediaType)
                        .setSizeBytes(sort.bytes.length)
                        .setSha256(sha256(sort.bytes))
                        .setOwnerId(owner.id())
                        .setCustody(Custody.newBuilder().setCustodian(custodian))
                        .build());
    }

    /// A file of a draft whose bytes are there, and which is not completed.
    ///
    /// @param submission what requests know of the draft
    /// @return its id
    String uploadFor(String token, Sort sort, Map<String, String> submission) {
        var known = new HashMap<>(submission);
        known.put("size_bytes", Integer.toString(sort.bytes.length));
        known.put("sha256", sha256(sort.bytes));
        known.put("media_type", sort.mediaType);
        var upload = client.ask(token, SubmissionServiceGrpc.getCreateSubmissionUploadMethod(), known);
        put(upload.getUploadUrl(), upload.getHeadersMap(), sort.bytes);
        return upload.getAssetId();
    }

    /// A file that is completed and worked on.
    String asset(String token, Sort sort, Map<String, String> particulars) {
        var id = upload(token, sort, particulars);
        var known = Map.of("asset_id", id);
        client.ask(token, ContentServiceGrpc.getCompleteUploadMethod(), known);
        try {
            Await.until(
                    "the work on asset " + id,
                    () -> client.ask(token, ContentServiceGrpc.getGetAssetMethod(), known)
                                    .getAsset()
                                    .getProcessing()
                            != ProcessingState.PROCESSING_STATE_PROCESSING);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
        return id;
    }

    private void put(String url, Map<String, String> headers, byte[] bytes) {
        var request = HttpRequest.newBuilder(URI.create(url)).PUT(HttpRequest.BodyPublishers.ofByteArray(bytes));
        headers.forEach(request::header);
        try {
            var status = http.send(request.build(), BodyHandlers.discarding()).statusCode();
            if (status / 100 != 2) {
                throw new IllegalStateException("the object store answered " + status);
            }
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static byte[] learningPackage() {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("imsmanifest.xml"));
            zip.write(MANIFEST.getBytes(UTF_8));
            zip.putNextEntry(new ZipEntry(ENTRY));
            zip.write("<h1>Hello</h1>".getBytes(UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
