package org.aula.content.asset;

import io.grpc.Context;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.aula.kernel.error.ErrorMapping;
import org.aula.kernel.error.StoreUnavailableException;
import org.aula.kernel.service.StoreCheck;
import org.aula.kernel.settings.Settings;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// The bucket (`S3_BUCKET`, `aula` unless said otherwise). Bytes pass through this service only to be hashed
/// once and to be worked on.
@Singleton
final class ObjectStore implements StoreCheck {

    private static final String NAME = "s3";
    private static final Duration LIFE = Duration.ofMinutes(15);
    private static final int CHUNK_BYTES = 256 * 1024;

    private final S3Client client;
    private final S3Client stranger;
    private final S3Presigner presigner;
    private final String bucket;
    private final String acl;
    private final Clock clock;

    ObjectStore(
            S3Client client,
            @Named(ObjectStoreFactory.STRANGER) S3Client stranger,
            S3Presigner presigner,
            Settings settings,
            Clock clock) {
        this.client = client;
        this.stranger = stranger;
        this.presigner = presigner;
        this.bucket = settings.get("S3_BUCKET", "aula");
        this.acl = settings.get("S3_UPLOAD_ACL", "");
        this.clock = clock;
    }

    /// An address that is good for a while.
    ///
    /// @param headers that the request must carry, beside those that every client sends by itself
    record SignedAddress(String url, Map<String, String> headers, Instant expires) {}

    /// An address for one PUT of exactly the announced bytes: their type, length and checksum are signed, and
    /// `S3_UPLOAD_ACL` where the store obeys one that is not signed.
    SignedAddress upload(Asset asset) {
        var checksum = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(asset.sha256()));
        var headers = new HashMap<>(Map.of("Content-Type", asset.mediaType(), "x-amz-checksum-sha256", checksum));
        var put = PutObjectRequest.builder()
                .bucket(bucket)
                .key(asset.objectKey())
                .contentType(asset.mediaType())
                .contentLength(asset.sizeBytes())
                .checksumSHA256(checksum);
        if (!acl.isEmpty()) {
            put.acl(acl);
            headers.put("x-amz-acl", acl);
        }
        var expires = clock.instant().plus(LIFE);
        var signed = orAway(() -> presigner.presignPutObject(
                request -> request.signatureDuration(LIFE).putObjectRequest(put.build())));
        return new SignedAddress(signed.url().toString(), Map.copyOf(headers), expires);
    }

    /// An address for GET, whole or by range, that answers with this type and name.
    SignedAddress download(String key, String mediaType, String fileName) {
        var get = GetObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .responseContentType(mediaType)
                .responseContentDisposition(Disposition.of(mediaType, fileName))
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

    /// Whether an object can be read without a signed address, as after an upload that asked for it where the
    /// store obeys.
    boolean isOpenToStrangers(String key) {
        return orAway(() -> {
            try {
                stranger.headObject(request -> request.bucket(bucket).key(key));
                return true;
            } catch (S3Exception refused) {
                if (refused.statusCode() >= 500) {
                    throw refused;
                }
                return false;
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

    /// Some bytes of an object that is there.
    ///
    /// @throws StoreUnavailableException also when it is gone meanwhile: whoever asks again learns why
    byte[] range(String key, long from, int length) {
        return orAway(() -> client.getObjectAsBytes(
                        request -> request.bucket(bucket).key(key).range("bytes=" + from + "-" + (from + length - 1)))
                .asByteArray());
    }

    /// Keeps bytes.
    void put(String key, byte[] bytes, String mediaType) {
        put(key, RequestBody.fromBytes(bytes), mediaType);
    }

    /// Keeps a file's bytes.
    void put(String key, Path file, String mediaType) {
        put(key, RequestBody.fromFile(file), mediaType);
    }

    private void put(String key, RequestBody body, String mediaType) {
        orAway(() -> client.putObject(request -> request.bucket(bucket).key(key).contentType(mediaType), body));
    }

    /// Deletes every object whose key begins so; none is fine.
    void deleteAll(String prefix) {
        orAway(() -> {
            client.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).stream()
                    .filter(page -> !page.contents().isEmpty())
                    .forEach(this::deleteListed);
            return true;
        });
    }

    private void deleteListed(ListObjectsV2Response page) {
        var keys = page.contents().stream()
                .map(found -> ObjectIdentifier.builder().key(found.key()).build())
                .toList();
        var answer = client.deleteObjects(request ->
                request.bucket(bucket).delete(delete -> delete.objects(keys).quiet(true)));
        if (answer.hasErrors() && !answer.errors().isEmpty()) {
            throw new StoreUnavailableException(
                    NAME, new IOException(answer.errors().getFirst().code()));
        }
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
