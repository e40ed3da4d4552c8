package org.aula.kernel.identity;

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

/// Asks `auth` for its keys, keeps them, and asks again for a key it does not know or after five minutes.
/// While `auth` is away the keys that are known stay good.
@Singleton
@Requires(missingBeans = UserKeys.class)
final class RemoteUserKeys implements UserKeys {

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(2);

    private final Channels channels;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile JWKSet keys = new JWKSet();
    private volatile Instant asked = Instant.EPOCH;

    RemoteUserKeys(Channels channels, Clock clock) {
        this.channels = channels;
        this.clock = clock;
    }

    @Override
    public Optional<ECKey> find(String keyId) {
        var known = lookUp(keyId);
        var age = Duration.between(asked, clock.instant());
        if (known.isPresent() && age.compareTo(FRESH) < 0) {
            return known;
        }
        if (known.isEmpty() && !keys.isEmpty() && age.compareTo(BETWEEN_QUESTIONS) < 0) {
            return known;
        }
        ask(known.isPresent());
        return lookUp(keyId);
    }

    private void ask(boolean canDoWithout) {
        asking.lock();
        try {
            if (Duration.between(asked, clock.instant()).compareTo(BETWEEN_QUESTIONS) < 0 && !keys.isEmpty()) {
                return;
            }
            var stub = AuthServiceGrpc.newFutureStub(channels.channel("auth"));
            keys = JWKSet.parse(Calls.await("auth", stub.getJwks(GetJwksRequest.getDefaultInstance()))
                    .getJwksJson());
            asked = clock.instant();
        } catch (UpstreamException away) {
            if (!canDoWithout) {
                throw away;
            }
        } catch (ParseException broken) {
            throw new IllegalStateException("auth gave keys that do not parse", broken);
        } finally {
            asking.unlock();
        }
    }

    private Optional<ECKey> lookUp(String keyId) {
        return Optional.ofNullable(keys.getKeyByKeyId(keyId)).map(key -> key.toECKey());
    }
}
