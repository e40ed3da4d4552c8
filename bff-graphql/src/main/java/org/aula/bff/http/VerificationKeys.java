package org.aula.bff.http;

import io.grpc.StatusRuntimeException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.GetJwksRequest;
import org.aula.kernel.client.Channels;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The public keys that verify access tokens, for the edge and for partners. Asked of auth at most once a
/// minute; while auth is unavailable the last known ones stay good, because it never forgets a key that
/// signed a living token.
@Controller("/.well-known/jwks.json")
final class VerificationKeys {

    private static final Logger LOG = LoggerFactory.getLogger(VerificationKeys.class);
    private static final Duration FRESH = Duration.ofSeconds(60);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);
    private static final int TIMEOUT_SECONDS = 2;

    private record Known(byte[] json, Instant askAgain) {}

    private final Channels channels;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Known known;

    VerificationKeys(Channels channels, Clock clock) {
        this.channels = channels;
        this.clock = clock;
    }

    /// A JSON Web Key Set (RFC 7517); 503 if auth never answered.
    @Get(produces = MediaType.ALL)
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<byte[]> get(HttpRequest<?> request) {
        var keys = keys();
        if (keys == null) {
            return Answers.refusal(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    MediaType.APPLICATION_JSON,
                    "SERVICE_UNAVAILABLE",
                    "service auth is unavailable; retry later",
                    RequestIds.of(request));
        }
        return HttpResponse.ok(keys)
                .header(HttpHeaders.CONTENT_TYPE, "application/jwk-set+json")
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=" + FRESH.toSeconds());
    }

    private byte @Nullable [] keys() {
        var now = known;
        if (now != null && clock.instant().isBefore(now.askAgain())) {
            return now.json();
        }
        asking.lock();
        try {
            now = known;
            if (now == null || !clock.instant().isBefore(now.askAgain())) {
                now = ask(now);
                known = now;
            }
            return now == null ? null : now.json();
        } finally {
            asking.unlock();
        }
    }

    private @Nullable Known ask(@Nullable Known before) {
        try {
            var answer = AuthServiceGrpc.newFutureStub(channels.channel("auth"))
                    .withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .getJwks(GetJwksRequest.getDefaultInstance())
                    .get();
            return new Known(
                    answer.getJwksJson().getBytes(StandardCharsets.UTF_8),
                    clock.instant().plus(FRESH));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return before;
        } catch (ExecutionException | StatusRuntimeException unavailable) {
            LOG.warn("auth did not give its keys: {}", unavailable.getMessage());
            return before == null
                    ? null
                    : new Known(before.json(), clock.instant().plus(TRY_AGAIN));
        }
    }
}
