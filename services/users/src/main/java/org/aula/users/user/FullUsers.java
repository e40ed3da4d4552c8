package org.aula.users.user;

import io.grpc.Context;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.aula.api.users.v1.ErrorReason;
import org.aula.kernel.error.ErrorMapping;
import org.aula.kernel.error.Errors;
import org.aula.kernel.postgres.Database;
import org.aula.users.profile.Profile;
import org.aula.users.profile.ProfileStore;
import org.aula.users.profile.Settings;
import org.aula.users.profile.SettingsStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything about a user, out of both stores at once. What MongoDB does not give in time is named as
/// missing; without PostgreSQL there is no answer.
@Singleton
final class FullUsers {

    private static final Logger LOG = LoggerFactory.getLogger(FullUsers.class);

    /// How long MongoDB may take, well within the call's deadline.
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    private final AccountRepository accounts;
    private final ProfileStore profiles;
    private final SettingsStore settings;
    private final Database database;
    private final ExecutorService readers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("full-user-", 0).factory());
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("full-user-timer").factory());

    FullUsers(AccountRepository accounts, ProfileStore profiles, SettingsStore settings, Database database) {
        this.accounts = accounts;
        this.profiles = profiles;
        this.settings = settings;
        this.database = database;
    }

    /// @param missingParts what could not be read: `profile`, `settings`
    record Full(
            AccountRepository.Overview overview,
            Optional<Profile> profile,
            Optional<Settings> settings,
            List<String> missingParts) {}

    @PreDestroy
    void close() {
        readers.shutdownNow();
        timer.shutdownNow();
    }

    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with USER_NOT_FOUND
    Full read(UUID id) {
        var bound = Context.current().withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS, timer);
        try {
            var profile = readers.submit(bound.wrap((Callable<Profile>) () -> profiles.get(id)));
            var remembered = readers.submit(bound.wrap((Callable<Settings>) () -> settings.get(id)));
            var overview = database.query(() -> accounts.overview(id))
                    .orElseThrow(() -> Errors.notFound(ErrorReason.ERROR_REASON_USER_NOT_FOUND, "user not found"));
            var missing = new ArrayList<String>();
            var profilePart = part("profile", profile, bound, missing);
            var settingsPart = part("settings", remembered, bound, missing);
            return new Full(overview, profilePart, settingsPart, List.copyOf(missing));
        } finally {
            // Whoever still reads is told to stop, by the context and, in `part`, by interruption.
            bound.cancel(null);
        }
    }

    private static <T> Optional<T> part(String name, Future<T> reading, Context bound, List<String> missing) {
        try {
            var deadline = bound.getDeadline();
            var left = deadline == null ? 0 : Math.max(deadline.timeRemaining(TimeUnit.MILLISECONDS), 0);
            return Optional.of(reading.get(left, TimeUnit.MILLISECONDS));
        } catch (ExecutionException failed) {
            if (!ErrorMapping.isPassing(failed)) {
                throw new IllegalStateException("the " + name + " does not read", failed.getCause());
            }
            LOG.warn("a full user goes without its {}: {}", name, String.valueOf(failed.getCause()));
        } catch (TimeoutException late) {
            LOG.warn("a full user goes without its {}: MongoDB takes too long", name);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw ErrorMapping.deadlineExceeded();
        } finally {
            reading.cancel(true);
        }
        missing.add(name);
        return Optional.empty();
    }
}
