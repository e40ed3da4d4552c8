package org.aula.auth.key;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.ErrorMapping;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.settings.Settings;
import org.aula.kernel.token.UserKeys;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys that sign users' access tokens (ES256). Of those whose time to sign has come the newest
/// does; all that are not retired verify, also those that do not sign yet, so that a new key logs
/// nobody out. The first one is made when the service first starts, by one replica.
///
/// Keys are kept in memory for ten seconds. While the database is unavailable those that are known stay
/// good.
@Singleton
public final class SigningKeys implements UserKeys, ApplicationEventListener<StartupEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);

    /// How old the keys may be that sign and verify.
    static final Duration FRESH = Duration.ofSeconds(10);

    private static final Duration BETWEEN_READS = Duration.ofSeconds(2);

    private record Known(List<SigningKey> keys, Instant readAt) {}

    private final SigningKeyStore store;
    private final Database database;
    private final Settings settings;
    private final Clock clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Known known;
    private volatile Instant tried = Instant.EPOCH;

    SigningKeys(SigningKeyStore store, Database database, Settings settings, Clock clock) {
        this.store = store;
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    /// Makes the first key early. Without the database the service starts all the same and the
    /// first sign-in makes it.
    @Override
    public void onApplicationEvent(StartupEvent event) {
        try {
            known(FRESH);
        } catch (RuntimeException unavailable) {
            LOG.warn("no signing key yet: {}", unavailable.toString());
        }
    }

    @Override
    public Optional<ECKey> find(String keyId) {
        var found = find(known(FRESH), keyId);
        return found.isPresent() ? found : find(known(BETWEEN_READS), keyId);
    }

    /// The public keys as a JSON Web Key Set.
    public String jwksJson() {
        var keys =
                living(known(FRESH)).<JWK>map(key -> key.pair().toPublicJWK()).toList();
        return new JWKSet(keys).toString(true);
    }

    /// The key that signs now.
    ECKey current() {
        var now = clock.instant();
        var known = known(FRESH);
        return living(known)
                .filter(key -> key.signs(now))
                .findFirst()
                .orElseGet(known.keys()::getLast)
                .pair();
    }

    private Optional<ECKey> find(Known known, String keyId) {
        return living(known)
                .filter(key -> key.id().equals(keyId))
                .findFirst()
                .map(key -> key.pair().toPublicJWK());
    }

    private Stream<SigningKey> living(Known known) {
        var now = clock.instant();
        return known.keys().stream().filter(key -> !key.isRetired(now));
    }

    /// What was read no longer ago than this; what is known when the database was unavailable a moment ago.
    private Known known(Duration age) {
        var remembered = known;
        if (remembered != null && (isYounger(remembered.readAt(), age) || isYounger(tried, BETWEEN_READS))) {
            return remembered;
        }
        reading.lock();
        try {
            var latest = known;
            if (latest != null && (isYounger(latest.readAt(), age) || isYounger(tried, BETWEEN_READS))) {
                return latest;
            }
            tried = clock.instant();
            return readAnew(latest);
        } finally {
            reading.unlock();
        }
    }

    private boolean isYounger(Instant moment, Duration age) {
        return Duration.between(moment, clock.instant()).compareTo(age) < 0;
    }

    private Known readAnew(@Nullable Known otherwise) {
        try {
            var now = clock.instant();
            var keys = inOwnName(now);
            var read = new Known(keys, now);
            known = read;
            return read;
        } catch (RuntimeException failure) {
            if (otherwise == null || !ErrorMapping.isPassing(failure)) {
                throw failure;
            }
            LOG.warn("signing keys could not be read, those that are known stay good: {}", failure.toString());
            return otherwise;
        }
    }

    /// Tokens are verified before a call has a scope, hence one of the service's own.
    private List<SigningKey> inOwnName(Instant now) {
        try {
            return CallScope.runAsService(settings.service(), "signing-keys", "", () -> read(now));
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private List<SigningKey> read(Instant now) {
        var living = database.query(() -> store.hasClear() ? List.<SigningKey>of() : store.findLiving(now));
        if (!living.isEmpty()) {
            return living;
        }
        return database.transact(() -> {
            store.lock();
            store.encryptLegacyRows();
            if (store.findLiving(now).isEmpty()) {
                store.insert(SigningKey.generate(now), now);
            }
            return store.findLiving(now);
        });
    }
}
