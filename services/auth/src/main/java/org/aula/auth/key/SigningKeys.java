package org.aula.auth.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.aula.kernel.error.ErrorMapping;
import org.aula.kernel.identity.CallScope;
import org.aula.kernel.identity.UserKeys;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.service.Settings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys that sign users' access tokens (ES256). The newest signs; all that are not retired
/// verify, so that a new key logs nobody out. The first one is made when the service first starts,
/// by one replica.
///
/// Keys are kept in memory for a minute. While the database is away those that are known stay good.
@Singleton
public final class SigningKeys implements UserKeys, ApplicationEventListener<StartupEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration BETWEEN_READS = Duration.ofSeconds(2);

    private record Known(List<ECKey> keys, Instant readAt) {}

    private final SigningKeyRepository repository;
    private final Transactions transactions;
    private final Settings settings;
    private final Clock clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Known known;

    SigningKeys(SigningKeyRepository repository, Transactions transactions, Settings settings, Clock clock) {
        this.repository = repository;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /// Makes the first key early. Without the database the service starts all the same and the
    /// first sign-in makes it.
    @Override
    public void onApplicationEvent(StartupEvent event) {
        try {
            known(FRESH);
        } catch (RuntimeException away) {
            LOG.warn("no signing key yet: {}", away.toString());
        }
    }

    @Override
    public Optional<ECKey> find(String keyId) {
        var found = find(known(FRESH), keyId);
        return found.isPresent() ? found : find(known(BETWEEN_READS), keyId);
    }

    /// The public keys as a JSON Web Key Set.
    public String jwksJson() {
        var keys = known(FRESH).keys().stream().<JWK>map(ECKey::toPublicJWK).toList();
        return new JWKSet(keys).toString(true);
    }

    /// The key that signs now.
    ECKey current() {
        return known(FRESH).keys().getFirst();
    }

    private static Optional<ECKey> find(Known known, String keyId) {
        return known.keys().stream()
                .filter(key -> key.getKeyID().equals(keyId))
                .findFirst()
                .map(ECKey::toPublicJWK);
    }

    /// What was read no longer ago than this.
    private Known known(Duration age) {
        var remembered = known;
        if (remembered != null && isYounger(remembered, age)) {
            return remembered;
        }
        reading.lock();
        try {
            var latest = known;
            if (latest != null && isYounger(latest, age)) {
                return latest;
            }
            return readAnew(latest);
        } finally {
            reading.unlock();
        }
    }

    private boolean isYounger(Known remembered, Duration age) {
        return Duration.between(remembered.readAt(), clock.instant()).compareTo(age) < 0;
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
    private List<ECKey> inOwnName(Instant now) {
        try {
            return CallScope.runAsService(settings.service(), "signing-keys", "", () -> read(now));
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private List<ECKey> read(Instant now) {
        var living = transactions.read(handle -> repository.findLiving(handle, now));
        if (!living.isEmpty()) {
            return living;
        }
        return transactions.write(handle -> {
            repository.lock(handle);
            if (repository.findLiving(handle, now).isEmpty()) {
                repository.insert(handle, generate(), now);
            }
            return repository.findLiving(handle, now);
        });
    }

    private static ECKey generate() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
