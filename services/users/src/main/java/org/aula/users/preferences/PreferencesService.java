package org.aula.users.preferences;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.aula.api.users.v1.ErrorReason;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// Reads and changes preferences of living users.
@Singleton
public final class PreferencesService {

    private final PreferencesRepository preferences;
    private final PreferencesEvents events;
    private final Database database;
    private final Clock clock;

    PreferencesService(PreferencesRepository preferences, PreferencesEvents events, Database database, Clock clock) {
        this.preferences = preferences;
        this.events = events;
        this.database = database;
        this.clock = clock;
    }

    /// @throws ServiceException NOT_FOUND with USER_NOT_FOUND
    public Preferences get(UUID userId) {
        return database.query(() -> preferences.find(userId)).orElseThrow(PreferencesService::notFound);
    }

    /// A change that leads nowhere new is not refused for its etag: most likely the first answer got lost.
    ///
    /// @param etag empty changes whatever is there
    /// @throws ServiceException NOT_FOUND with USER_NOT_FOUND, ABORTED with ETAG_MISMATCH
    public Preferences update(UUID userId, String etag, UnaryOperator<Preferences.Choices> choice) {
        return database.transact(() -> {
            var before = preferences.lock(userId).orElseThrow(PreferencesService::notFound);
            var next = before.choose(choice.apply(before.choices()), Times.now(clock));
            if (next.equals(before)) {
                return before;
            }
            Etags.require(etag, before.version());
            preferences.save(next);
            events.updated(userId);
            return next;
        });
    }

    private static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_USER_NOT_FOUND, "user not found");
    }
}
