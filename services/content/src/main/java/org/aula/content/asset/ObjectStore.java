package org.aula.content.asset;

import io.grpc.Context;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.aula.kernel.error.ErrorMapping;
import org.aula.kernel.error.StoreUnavailableException;
import org.aula.kernel.service.Settings;
import org.aula.kernel.service.StoreCheck;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// The bucket (`S3_BUCKET`, `aula` unless said otherwise). Bytes do not pass through this service, except
/// to be counted and hashed once.
@Singleton
final class ObjectStore implements StoreCheck {

    private static final String NAME = "s3";
    private static final Duration LIFE = Duration.ofMinutes(15);
    private static final int CHUNK_BYTES = 256 * 1024;

    private final S3Client client;
    private final S3Presigner presigner;
    private final String bucket;
    private final Clock clock;

    ObjectStore(S3Client client, S3Presigner presigner, Settings settings, Clock clock) {
        this.client = client;
        this.presigner = presigner;
        this.bucket = settings.get("S3_BUCKET", "aula");
        this.clock = clock;
    }

    /// An address that is good for a while.
    ///
    /// @param headers that the request must carry, beside those that every client sends by itself
    record SignedAddress(String url, Map<String, String> headers, Instant expires) {}

    /// An address for one PUT of exactly the announced bytes: their type, length and checksum are signed.
    SignedAddress upload(Asset asset) {
        var checksum = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(asset.sha256()));
        var put = PutObjectRequest.builder()
                .bucket(bucket)
                .key(asset.objectKey())
                .contentType(asset.mediaType())
                .contentLength(asset.sizeBytes())
                .checksumSHA256(checksum)
                .build();
        var expires = clock.instant().plus(LIFE);
        var signed = orAway(() -> presigner.presignPutObject(
                request -> request.signatureDuration(LIFE).putObjectRequest(put)));
        return new SignedAddress(
                signed.url().toString(),
                Map.of("Content-Type", asset.mediaType(), "x-amz-checksum-sha256", checksum),
                expires);
    }

    /// An address for GET, whole or by range, that answers with the asset's own type and name.
    SignedAddress download(Asset asset) {
        var get = GetObjectRequest.builder()
                .bucket(bucket)
                .key(asset.objectKey())
                .responseContentType(asset.mediaType())
                .responseContentDisposition(Disposition.of(asset.mediaType(), asset.fileName()))
                .build();
        var expires = clock.instant().plus(LIFE);
        var signed = orAway(() -> presigner.presignGetObject(
                request -> request.signatureDuration(LIFE).getObjectRequest(get)));
        return new SignedAddress(signed.url().toString(), Map.of(), expires);
    }

    /// The size of an object in bytes; empty when there is none.
    OptionalLong size(String key) {
        return orAway(() -> {
            try {
                return OptionalLong.of(
                        client.headObject(request -> request.bucket(bucket).key(key))
                                .contentLength());
            } catch (NoSuchKeyException none) {
                return OptionalLong.empty();
            }
        });
    }

    /// Reads an object through and gives its SHA-256 in lower-case hexadecimal; empty when there is none.
    Optional<String> sha256(String key) {
        return orAway(() -> {
            try (var bytes = client.getObject(request -> request.bucket(bucket).key(key))) {
                var digest = MessageDigest.getInstance("SHA-256");
                var chunk = new byte[CHUNK_BYTES];
                for (int read = bytes.read(chunk); read >= 0; read = bytes.read(chunk)) {
                    digest.update(chunk, 0, read);
                    if (Context.current().isCancelled()) {
                        bytes.abort();
                        throw ErrorMapping.deadlineExceeded();
                    }
                }
                return Optional.of(HexFormat.of().formatHex(digest.digest()));
            } catch (NoSuchKeyException none) {
                return Optional.empty();
            } catch (IOException broken) {
                throw new StoreUnavailableException(NAME, broken);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        });
    }

    /// Deletes an object; none is fine.
    void delete(String key) {
        orAway(() -> client.deleteObject(request -> request.bucket(bucket).key(key)));
    }

    @Override
    public String store() {
        return NAME;
    }

    @Override
    public void check() {
        client.headBucket(request -> request.bucket(bucket));
    }

    private static <T> T orAway(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException failure) {
            throw new StoreUnavailableException(NAME, failure);
        }
    }
}
