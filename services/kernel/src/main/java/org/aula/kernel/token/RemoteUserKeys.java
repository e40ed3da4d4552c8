package org.aula.kernel.token;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.GetJwksRequest;
import org.aula.kernel.client.Calls;
import org.aula.kernel.client.Channels;
import org.aula.kernel.error.UpstreamException;

/// Asks `auth` for its keys, keeps them, and asks again for a key it does not know or after a minute, so
/// that a key that was revoked is forgotten soon. While `auth` is unavailable the keys that are known stay
/// good, and nobody who has one waits for it.
@Singleton
@Requires(missingBeans = UserKeys.class)
final class RemoteUserKeys implements UserKeys {

    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(2);

    private final Channels channels;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile JWKSet keys = new JWKSet();
    private volatile Instant asked = Instant.EPOCH;
    private volatile Instant tried = Instant.EPOCH;

    RemoteUserKeys(Channels channels, Clock clock) {
        this.channels = channels;
        this.clock = clock;
    }

    @Override
    public Optional<ECKey> find(String keyId) {
        var known = lookUp(keyId);
        if (known.isPresent()) {
            refresh();
            return lookUp(keyId);
        }
        if (!keys.isEmpty() && isYounger(asked, BETWEEN_QUESTIONS)) {
            return known;
        }
        asking.lock();
        try {
            if (keys.isEmpty() || !isYounger(asked, BETWEEN_QUESTIONS)) {
                ask();
            }
        } finally {
            asking.unlock();
        }
        return lookUp(keyId);
    }

    /// Asks again when the keys are old, unless somebody does already or `auth` was unavailable a moment
    /// ago.
    private void refresh() {
        if (isYounger(asked, FRESH) || isYounger(tried, BETWEEN_QUESTIONS) || !asking.tryLock()) {
            return;
        }
        try {
            ask();
        } catch (UpstreamException unavailable) {
            // Then the keys that are known stay good.
        } finally {
            asking.unlock();
        }
    }

    private void ask() {
        tried = clock.instant();
        var stub = AuthServiceGrpc.newFutureStub(channels.channel("auth"));
        var answer = Calls.await("auth", stub.getJwks(GetJwksRequest.getDefaultInstance()));
        try {
            keys = JWKSet.parse(answer.getJwksJson());
        } catch (ParseException broken) {
            throw new IllegalStateException("auth gave keys that do not parse", broken);
        }
        asked = clock.instant();
    }

    private boolean isYounger(Instant moment, Duration age) {
        return Duration.between(moment, clock.instant()).compareTo(age) < 0;
    }

    private Optional<ECKey> lookUp(String keyId) {
        return Optional.ofNullable(keys.getKeyByKeyId(keyId)).map(key -> key.toECKey());
    }
}
