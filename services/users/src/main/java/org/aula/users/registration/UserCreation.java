package org.aula.users.registration;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import org.aula.kernel.time.Times;
import org.aula.users.activity.ActivityStore;
import org.aula.users.preferences.PreferencesRepository;
import org.aula.users.profile.ProfileStore;
import org.aula.users.profile.SettingsStore;
import org.aula.users.user.UserEvents;
import org.aula.users.user.UserRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the user of a new account, whole or not at all.
///
/// The documents come first, then the row in the transaction that records the event: whoever sees the row
/// finds the documents, and a try that fails behind them leaves nothing that the next try minds. Undoing
/// goes the same way and may be repeated too. What has been undone is noted, so that it is told
/// once, whether the making failed or `auth` took the registration back or both, and is never made again.
@Singleton
final class UserCreation {

    private static final Logger LOG = LoggerFactory.getLogger(UserCreation.class);

    private final RegistrationClient registrations;
    private final ProfileStore profiles;
    private final SettingsStore settings;
    private final ActivityStore activities;
    private final UserRepository users;
    private final PreferencesRepository preferences;
    private final UndoneRegistrationRepository undone;
    private final UserEvents events;
    private final Clock clock;

    UserCreation(
            RegistrationClient registrations,
            ProfileStore profiles,
            SettingsStore settings,
            ActivityStore activities,
            UserRepository users,
            PreferencesRepository preferences,
            UndoneRegistrationRepository undone,
            UserEvents events,
            Clock clock) {
        this.registrations = registrations;
        this.profiles = profiles;
        this.settings = settings;
        this.activities = activities;
        this.users = users;
        this.preferences = preferences;
        this.undone = undone;
        this.events = events;
        this.clock = clock;
    }

    /// Makes the user unless there is one. An account that is gone gets none: whoever took it back says so.
    void create(UUID userId) {
        var registration = registrations.find(userId);
        if (registration.isEmpty() || undone.contains(userId)) {
            LOG.info("the registration of {} is taken back, so it gets no user", userId);
            return;
        }
        var now = Times.now(clock);
        profiles.insertMissing(userId, now);
        settings.insertMissing(userId, now);
        var added = users.insert(registration.get(), now);
        preferences.insertMissing(userId, now);
        if (added) {
            events.created(userId);
        }
    }

    /// Takes away whatever there is of a user, and says so the first time.
    void undo(UUID userId) {
        profiles.delete(userId);
        settings.delete(userId);
        activities.deleteAll(userId);
        users.remove(userId);
        if (undone.add(userId)) {
            events.creationFailed(userId);
        }
    }
}
