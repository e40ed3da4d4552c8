package org.aula.auth.key;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// Puts a new signing key in the place of those that are there.
@Singleton
public final class KeyRotation {

    private final SigningKeyStore store;
    private final Database database;
    private final KeySettings settings;
    private final Clock clock;

    KeyRotation(SigningKeyStore store, Database database, KeySettings settings, Clock clock) {
        this.store = store;
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    /// What a rotation led to.
    ///
    /// @param keyId the new key
    /// @param signsAt when it begins to sign
    /// @param retiring the keys of before
    public record Rotated(String keyId, Instant signsAt, List<Retiring> retiring) {}

    /// A key of before.
    ///
    /// @param at when its tokens are refused
    public record Retiring(String keyId, Instant at) {}

    /// The regular change. The new key is published now and signs when everybody has had the time to
    /// read it; those of before go on to verify until their last token has ended. Nobody notices.
    public Rotated rotate() {
        var now = Times.now(clock);
        var signsAt = now.plus(settings.keyAnnouncedFor());
        return replace(now, signsAt, signsAt.plus(settings.accessTokenLife()).plus(settings.keyMargin()));
    }

    /// The change after a key was stolen: the new key signs at once and all others end now. Every
    /// access token is refused as soon as the keys are read anew; refresh tokens go on, so clients
    /// refresh and nobody signs in again.
    public Rotated revokeOld() {
        var now = Times.now(clock);
        return replace(now, now, now);
    }

    private Rotated replace(Instant now, Instant signsAt, Instant retireAt) {
        return database.transact(() -> {
            store.lock();
            store.encryptLegacyRows();
            store.deleteRetired(now.minus(settings.retiredKeysKept()));
            var before = store.findLiving(now);
            var key = SigningKey.generate(signsAt);
            store.insert(key, now);
            store.retireOthers(key.id(), retireAt);
            return new Rotated(
                    key.id(),
                    signsAt,
                    before.stream()
                            .map(old -> new Retiring(old.id(), earlier(old.retiresAt(), retireAt)))
                            .toList());
        });
    }

    private static Instant earlier(@org.jspecify.annotations.Nullable Instant one, Instant other) {
        return one != null && one.isBefore(other) ? one : other;
    }
}
