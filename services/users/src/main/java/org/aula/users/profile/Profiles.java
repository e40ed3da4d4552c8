package org.aula.users.profile;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.aula.kernel.postgres.Database;
import org.jspecify.annotations.Nullable;

/// Reads and changes the documents of users whom the caller has found to exist.
///
/// A change is written to MongoDB first and then told, to listeners and the audit log, in a transaction of
/// its own: a slow MongoDB holds no connection to PostgreSQL. Who dies between the two has not answered, so
/// the caller repeats it; and a change that finds everything as it should be is told again, since the first
/// may not have been. Listeners mind no repetition: the event carries no contents.
@Singleton
public final class Profiles {

    private final ProfileStore profiles;
    private final SettingsStore settings;
    private final ProfileEvents events;
    private final Database database;
    private final Clock clock;

    Profiles(ProfileStore profiles, SettingsStore settings, ProfileEvents events, Database database, Clock clock) {
        this.profiles = profiles;
        this.settings = settings;
        this.events = events;
        this.database = database;
        this.clock = clock;
    }

    public Profile profile(UUID userId) {
        return profiles.get(userId);
    }

    public Settings settings(UUID userId) {
        return settings.get(userId);
    }

    /// @param etag empty changes whatever is there
    /// @throws org.aula.kernel.error.ServiceException ABORTED with ETAG_MISMATCH
    public Profile describe(UUID userId, String etag, UnaryOperator<ProfileDetails> description) {
        profiles.insertMissing(userId, now());
        var changed = new DocumentChange<>(() -> profiles.get(userId), profiles::change, Profile::version)
                .run(etag, before -> before.describe(description.apply(before.details()), now()));
        database.transact(() -> events.profileUpdated(changed.before(), changed.after()));
        return changed.after();
    }

    /// @param etag empty changes whatever is there
    /// @throws org.aula.kernel.error.ServiceException ABORTED with ETAG_MISMATCH
    public Settings replaceSettings(UUID userId, String etag, Map<String, @Nullable Object> values) {
        settings.insertMissing(userId, now());
        var changed = new DocumentChange<>(() -> settings.get(userId), settings::change, Settings::version)
                .run(etag, before -> before.replace(values, now()));
        database.transact(() -> events.settingsUpdated(userId));
        return changed.after();
    }

    /// The present as MongoDB can keep it.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
