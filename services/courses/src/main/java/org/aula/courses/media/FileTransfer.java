package org.aula.courses.media;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.aula.kernel.error.StoreUnavailableException;

/// Moves files from and to the object store by signed addresses, without holding them in memory.
///
/// A store that is unavailable is told by [StoreUnavailableException], so that the work is begun again
/// later.
@Singleton
public final class FileTransfer {

    private static final String STORE = "s3";
    private static final Duration MAX_DURATION = Duration.ofMinutes(10);
    private static final int CHUNK_BYTES = 64 * 1024;

    /// Set by the HTTP client itself.
    private static final Set<String> OWN_HEADERS = Set.of("host", "content-length");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    @PreDestroy
    void close() {
        client.shutdownNow();
    }

    /// Reads an address into a file.
    ///
    /// @param maxBytes more than these are not written
    /// @param afterChunk called after each part; may throw to stop
    /// @return whether everything is in the file; false when there was more than `maxBytes`
    public boolean download(URI address, Path file, long maxBytes, Runnable afterChunk) throws InterruptedException {
        var request =
                HttpRequest.newBuilder(address).timeout(MAX_DURATION).GET().build();
        try (var body =
                requireOk(client.send(request, BodyHandlers.ofInputStream())).body()) {
            return copy(body, file, maxBytes, afterChunk);
        } catch (IOException broken) {
            throw new StoreUnavailableException(STORE, broken);
        }
    }

    /// Puts a file to an address.
    public void upload(Path file, URI address, Map<String, String> headers) throws InterruptedException {
        try {
            var request =
                    HttpRequest.newBuilder(address).timeout(MAX_DURATION).PUT(HttpRequest.BodyPublishers.ofFile(file));
            headers.forEach((name, value) -> {
                if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                    request.setHeader(name, value);
                }
            });
            requireOk(client.send(request.build(), BodyHandlers.discarding()));
        } catch (IOException broken) {
            throw new StoreUnavailableException(STORE, broken);
        }
    }

    private static boolean copy(InputStream body, Path file, long maxBytes, Runnable afterChunk) throws IOException {
        var chunk = new byte[CHUNK_BYTES];
        var written = 0L;
        try (var out = Files.newOutputStream(file)) {
            for (var read = body.read(chunk); read >= 0; read = body.read(chunk)) {
                written += read;
                if (written > maxBytes) {
                    return false;
                }
                out.write(chunk, 0, read);
                afterChunk.run();
            }
        }
        return true;
    }

    private static <T> HttpResponse<T> requireOk(HttpResponse<T> response) throws IOException {
        var status = response.statusCode();
        if (status >= 500 || status == 429) {
            throw new IOException("the object store answered " + status);
        }
        if (status >= 300) {
            throw new IllegalStateException("the object store refused a signed address with " + status);
        }
        return response;
    }
}
