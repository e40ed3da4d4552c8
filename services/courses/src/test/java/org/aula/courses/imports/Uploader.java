package org.aula.courses.imports;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import org.aula.api.content.v1.CompleteUploadRequest;
import org.aula.api.content.v1.ContentServiceGrpc;
import org.aula.api.content.v1.CreateUploadRequest;
import org.aula.api.content.v1.CreateUploadResponse;
import org.aula.courses.Campus;
import org.aula.courses.media.FileTransfer;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;

/// Uploads files through the content service as a user does.
public final class Uploader {

    private final TestPlatform platform;

    public Uploader(TestPlatform platform) {
        this.platform = platform;
    }

    /// @return the asset's id
    public String upload(TestUser user, Path file) throws Exception {
        var announced = announce(user, file);
        new FileTransfer().upload(file, URI.create(announced.getUploadUrl()), announced.getHeadersMap());
        var asset = UUID.fromString(announced.getAsset().getId());
        ContentServiceGrpc.newBlockingStub(platform.as(user, "content"))
                .completeUpload(CompleteUploadRequest.newBuilder()
                        .setAssetId(asset.toString())
                        .build());
        return asset.toString();
    }

    CreateUploadResponse announce(TestUser user, Path file) throws Exception {
        var bytes = Files.readAllBytes(file);
        return ContentServiceGrpc.newBlockingStub(platform.as(user, "content"))
                .createUpload(CreateUploadRequest.newBuilder()
                        .setRequestId(Campus.newId())
                        .setFileName("course.tar.gz")
                        .setMediaType("application/gzip")
                        .setSizeBytes(bytes.length)
                        .setSha256(HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)))
                        .build());
    }
}
