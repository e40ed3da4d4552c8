package org.aula.migrate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// The object store: makes the bucket when it is absent, and tries what browsers will do with it.
///
/// The trial is an upload of a few bytes by a signed address, as `content` hands them out, the same with a
/// wrong checksum, a read without a signature, and the question that a browser asks before an upload. The
/// object is deleted afterwards.
final class ObjectStoreMigration implements StoreMigration {

    private static final Duration AWAY_AFTER = Duration.ofSeconds(10);
    private static final String MEDIA_TYPE = "text/plain";
    private static final String CHECKSUM = "x-amz-checksum-sha256";
    private static final byte[] BYTES = "aula".getBytes(StandardCharsets.US_ASCII);

    private final Settings settings;
    private final Secrets secrets;

    ObjectStoreMigration(Settings settings, Secrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public String migrate() {
        try (S3Client client = client()) {
            boolean made = makeBucket(client);
            String probe = "checks/" + UUID.randomUUID();
            try {
                List<String> advice = EngineRules.objectStore(facts(probe), origin());
                return "bucket " + settings.s3Bucket() + (made ? " made" : " is there") + EngineRules.lines(advice);
            } finally {
                client.deleteObject(
                        request -> request.bucket(settings.s3Bucket()).key(probe));
            }
        } catch (SdkException e) {
            throw new MigrationException(
                    "The object store at " + settings.s3Endpoint() + " (S3_ENDPOINT) refused bucket "
                            + settings.s3Bucket()
                            + " (S3_BUCKET): " + e.getMessage()
                            + ". Look at the address, and at SECRETS_DIR/s3/access-key and secret-key.",
                    e);
        }
    }

    S3Client client() {
        return S3Client.builder()
                .endpointOverride(URI.create(Settings.required(settings.s3Endpoint(), "S3_ENDPOINT")))
                .region(Region.of(settings.s3Region()))
                .credentialsProvider(credentials())
                .forcePathStyle(true)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(AWAY_AFTER)
                        .socketTimeout(AWAY_AFTER))
                .overrideConfiguration(configuration -> configuration.retryStrategy(retry -> retry.maxAttempts(2)))
                .build();
    }

    private boolean makeBucket(S3Client client) {
        try {
            client.headBucket(request -> request.bucket(settings.s3Bucket()));
            return false;
        } catch (NoSuchBucketException absent) {
            client.createBucket(request -> request.bucket(settings.s3Bucket()));
            return true;
        }
    }

    /// Browsers reach the store by its public address, which need not be reached from here: then there are
    /// no facts.
    private Map<String, String> facts(String probe) {
        Map<String, String> facts = new HashMap<>();
        try (S3Presigner presigner = presigner();
                HttpClient browser =
                        HttpClient.newBuilder().connectTimeout(AWAY_AFTER).build()) {
            String right = checksum(BYTES);
            String wrong = checksum(new byte[] {0});
            facts.put("wrong", status(browser, upload(presigner, probe, wrong)));
            facts.put("upload", status(browser, upload(presigner, probe, right)));
            String signed = address(presigner, probe, right).toString();
            URI unsigned = URI.create(signed.substring(0, signed.indexOf('?')));
            facts.put("unsigned", status(browser, request(unsigned).GET()));
            HttpResponse<Void> preflight = send(
                    browser,
                    request(address(presigner, probe, right))
                            .method("OPTIONS", BodyPublishers.noBody())
                            .header("Origin", origin())
                            .header("Access-Control-Request-Method", "PUT")
                            .header("Access-Control-Request-Headers", "content-type," + CHECKSUM));
            for (String header : List.of("origin", "methods", "headers")) {
                preflight
                        .headers()
                        .firstValue("access-control-allow-" + header)
                        .ifPresent(value -> facts.put("allow-" + header, value));
            }
        } catch (IOException unreachable) {
            facts.clear();
            facts.put("unreachable", settings.s3PublicEndpoint());
        }
        return facts;
    }

    private S3Presigner presigner() {
        return S3Presigner.builder()
                .endpointOverride(URI.create(settings.s3PublicEndpoint()))
                .region(Region.of(settings.s3Region()))
                .credentialsProvider(credentials())
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build();
    }

    private HttpRequest.Builder upload(S3Presigner presigner, String probe, String checksum) {
        return request(address(presigner, probe, checksum))
                .header("Content-Type", MEDIA_TYPE)
                .header(CHECKSUM, checksum)
                .PUT(BodyPublishers.ofByteArray(BYTES));
    }

    private URI address(S3Presigner presigner, String probe, String checksum) {
        var signed = presigner.presignPutObject(request -> request.signatureDuration(Duration.ofMinutes(1))
                .putObjectRequest(put -> put.bucket(settings.s3Bucket())
                        .key(probe)
                        .contentType(MEDIA_TYPE)
                        .contentLength((long) BYTES.length)
                        .checksumSHA256(checksum)));
        return URI.create(signed.url().toString());
    }

    private String origin() {
        return URI.create(settings.publicUrl()).resolve("/").toString().replaceAll("/$", "");
    }

    private static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(AWAY_AFTER);
    }

    private static String status(HttpClient browser, HttpRequest.Builder request) throws IOException {
        return Integer.toString(send(browser, request).statusCode());
    }

    private static HttpResponse<Void> send(HttpClient browser, HttpRequest.Builder request) throws IOException {
        try {
            return browser.send(request.build(), BodyHandlers.discarding());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new MigrationException("The job was stopped.", stopped);
        }
    }

    private static String checksum(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(key("access-key"), key("secret-key")));
    }

    private String key(String name) {
        return secrets.read("s3/" + name)
                .orElseThrow(() -> new MigrationException("The secret s3/" + name + " is not there: put the object"
                        + " store's key into SECRETS_DIR/s3/" + name + "."));
    }
}
