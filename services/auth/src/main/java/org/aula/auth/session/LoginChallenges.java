package org.aula.auth.session;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.aula.auth.session.LoginChallengeRepository.Challenge;
import org.jdbi.v3.core.Handle;

/// The question for the second factor, between the password and the session: a token that is kept as
/// SHA-256, good for some minutes, five wrong answers and one right one.
@Singleton
final class LoginChallenges {

    private static final int MAX_FAILURES = 5;

    /// Nobody signs in on more devices at once. Older questions are void.
    private static final int MAX_PENDING = 10;

    private final LoginChallengeRepository repository;
    private final SessionSettings settings;
    private final Clock clock;

    LoginChallenges(LoginChallengeRepository repository, SessionSettings settings, Clock clock) {
        this.repository = repository;
        this.settings = settings;
        this.clock = clock;
    }

    /// Asks. The account must be locked.
    SignIn.Challenged ask(Handle handle, UUID accountId, String deviceName) {
        var now = clock.instant();
        var token = RandomToken.next();
        Instant expires = now.plus(settings.loginChallengeLife());
        repository.deleteOld(handle, accountId, MAX_PENDING - 1, now);
        repository.insert(
                handle,
                new Challenge(UuidCreator.getTimeOrderedEpoch(), accountId, deviceName, 0, expires),
                RefreshToken.hash(token),
                now);
        return new SignIn.Challenged(token, expires);
    }

    /// The question that a token belongs to, if it may still be answered.
    Optional<Challenge> find(Handle handle, String token) {
        return repository
                .find(handle, RefreshToken.hash(token))
                .filter(challenge ->
                        challenge.failures() < MAX_FAILURES && clock.instant().isBefore(challenge.expiresAt()));
    }

    void failed(Handle handle, Challenge challenge) {
        repository.addFailure(handle, challenge.id());
    }

    void answered(Handle handle, Challenge challenge) {
        repository.delete(handle, challenge.id());
    }

    /// Takes back every question to an account.
    void withdrawAll(Handle handle, UUID accountId) {
        repository.deleteAll(handle, accountId);
    }
}
