package org.aula.auth.session;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.aula.auth.session.LoginChallengeRepository.Challenge;

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
    SignIn.Challenged ask(UUID accountId, String deviceName) {
        var now = clock.instant();
        var token = RandomToken.next();
        Instant expires = now.plus(settings.loginChallengeLife());
        repository.deleteOld(accountId, MAX_PENDING - 1, now);
        repository.insert(
                UuidCreator.getTimeOrderedEpoch(), accountId, RefreshToken.hash(token), deviceName, now, expires);
        return new SignIn.Challenged(token, expires);
    }

    /// The question that a token belongs to, if it may still be answered.
    Optional<Challenge> find(String token) {
        return repository
                .find(RefreshToken.hash(token))
                .filter(challenge ->
                        challenge.failures() < MAX_FAILURES && clock.instant().isBefore(challenge.expiresAt()));
    }

    void failed(Challenge challenge) {
        repository.addFailure(challenge.id());
    }

    void answered(Challenge challenge) {
        repository.delete(challenge.id());
    }

    /// Takes back every question to an account.
    void withdrawAll(UUID accountId) {
        repository.deleteAll(accountId);
    }
}
