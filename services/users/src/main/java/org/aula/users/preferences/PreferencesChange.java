package org.aula.users.preferences;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.aula.api.users.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.time.Times;

/// Reads and changes preferences of living users.
@Singleton
public final class PreferencesChange {

    private final PreferencesRepository preferences;
    private final PreferencesEvents events;
    private final Transactions transactions;
    private final Clock clock;

    PreferencesChange(
            PreferencesRepository preferences, PreferencesEvents events, Transactions transactions, Clock clock) {
        this.preferences = preferences;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// @throws ServiceException NOT_FOUND with USER_NOT_FOUND
    public Preferences get(UUID userId) {
        return transactions.read(handle -> preferences.find(handle, userId)).orElseThrow(PreferencesChange::notFound);
    }

    /// A change that leads nowhere new is not refused for its etag: most likely the first answer got lost.
    ///
    /// @param etag empty changes whatever is there
    /// @throws ServiceException NOT_FOUND with USER_NOT_FOUND, ABORTED with ETAG_MISMATCH
    public Preferences choose(UUID userId, String etag, UnaryOperator<Preferences.Choices> choice) {
        return transactions.write(handle -> {
            var before = preferences.lock(handle, userId).orElseThrow(PreferencesChange::notFound);
            var next = before.choose(choice.apply(before.choices()), Times.now(clock));
            if (next.equals(before)) {
                return before;
            }
            if (!etag.isEmpty() && !etag.equals(Long.toString(before.version()))) {
                throw Errors.etagMismatch();
            }
            preferences.save(handle, next);
            events.updated(handle, userId);
            return next;
        });
    }

    private static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_USER_NOT_FOUND, "user not found");
    }
}
