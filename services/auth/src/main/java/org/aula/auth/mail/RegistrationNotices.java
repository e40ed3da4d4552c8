package org.aula.auth.mail;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.aula.auth.account.AccountRepository;
import org.aula.kernel.time.Times;

/// Tells people by email, and nobody else, that somebody wants the address of their account.
@Singleton
public final class RegistrationNotices {

    private static final Duration BETWEEN = Duration.ofHours(1);

    private final AccountRepository accounts;
    private final RegistrationNoticeRepository notices;
    private final MailEvents events;
    private final Clock clock;

    RegistrationNotices(
            AccountRepository accounts, RegistrationNoticeRepository notices, MailEvents events, Clock clock) {
        this.accounts = accounts;
        this.notices = notices;
        this.events = events;
        this.clock = clock;
    }

    /// Tells the owner of an address, at most once an hour, in the caller's transaction.
    ///
    /// @param by who wants the address
    /// @return whether somebody else has verified it
    public boolean tellOwner(String email, UUID by) {
        var owner = accounts.findOwner(email).filter(id -> !id.equals(by));
        owner.ifPresent(id -> {
            var now = Times.now(clock);
            if (notices.note(id, now.minus(BETWEEN), now) == 1) {
                events.registrationRepeated(id);
            }
        });
        return owner.isPresent();
    }
}
