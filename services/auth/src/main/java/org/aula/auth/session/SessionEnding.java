package org.aula.auth.session;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import org.aula.auth.access.AccessEvents;
import org.aula.auth.access.RightsLockRepository;

/// Ends the sessions of an account together with the change that asks for it: refresh tokens at the
/// commit, access tokens within a second.
///
/// A sign-in that is under way either is over and its session ends too, or waits and then sees the
/// change; one that waits for the second factor begins anew.
@Singleton
public final class SessionEnding {

    private final RefreshTokenRepository repository;
    private final RightsLockRepository order;
    private final AccessEvents events;
    private final LoginChallenges challenges;
    private final Clock clock;

    SessionEnding(
            RefreshTokenRepository repository,
            RightsLockRepository order,
            AccessEvents events,
            LoginChallenges challenges,
            Clock clock) {
        this.repository = repository;
        this.order = order;
        this.events = events;
        this.challenges = challenges;
        this.clock = clock;
    }

    /// Ends all sessions of an account.
    ///
    /// @return how many lived
    public int endAll(UUID accountId) {
        repository.lockAccount(accountId);
        // Before any session is locked, since a refresh holds this back and then waits for its session.
        events.accountChanged(accountId);
        challenges.withdrawAll(accountId);
        var sessions = repository.findLivingFamilies(accountId, clock.instant());
        for (var session : sessions) {
            repository.lockFamily(session);
            repository.revokeFamily(session, clock.instant());
        }
        return sessions.size();
    }

    /// Ends all sessions of an account but one, whose tokens stay good.
    ///
    /// @return how many others lived
    public int endAllExcept(UUID accountId, UUID sessionId) {
        repository.lockAccount(accountId);
        order.lockExclusive();
        challenges.withdrawAll(accountId);
        var others = repository.findLivingFamilies(accountId, clock.instant()).stream()
                .filter(session -> !session.equals(sessionId))
                .toList();
        others.forEach(session -> end(accountId, session));
        return others.size();
    }

    /// Ends one session.
    ///
    /// @return false when it had ended before
    boolean end(UUID accountId, UUID sessionId) {
        repository.lockFamily(sessionId);
        if (repository.revokeFamily(sessionId, clock.instant()) == 0) {
            return false;
        }
        events.sessionEnded(accountId, sessionId);
        return true;
    }
}
