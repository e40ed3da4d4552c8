package org.aula.auth.registration;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import org.aula.auth.account.Account;
import org.aula.auth.account.AccountRepository;
import org.jdbi.v3.core.Handle;

/// Makes accounts of visitors, and keeps what they said until the users service has it.
@Singleton
public final class Registrations {

    /// Everybody begins as a learner.
    private static final String FIRST_ROLE = "student";

    private static final Registration NOTHING_KNOWN = new Registration("", "", "en", "UTC");

    private final AccountRepository accounts;
    private final RegistrationRepository registrations;
    private final RegistrationEvents events;
    private final Clock clock;

    Registrations(
            AccountRepository accounts, RegistrationRepository registrations, RegistrationEvents events, Clock clock) {
        this.accounts = accounts;
        this.registrations = registrations;
        this.events = events;
        this.clock = clock;
    }

    /// Adds an account whose address is not yet verified.
    ///
    /// @param username empty for none
    /// @throws org.aula.kernel.error.ServiceException ALREADY_EXISTS with EMAIL_TAKEN or
    ///     USERNAME_TAKEN
    public Account register(
            Handle handle, String email, String username, String passwordHash, Registration registration) {
        var id = UuidCreator.getTimeOrderedEpoch();
        var now = clock.instant();
        accounts.insert(handle, id, email, username, passwordHash, now);
        accounts.addRole(handle, id, FIRST_ROLE);
        registrations.insert(handle, id, registration, now);
        events.registered(handle, id);
        return accounts.find(handle, id).orElseThrow();
    }

    /// What is kept of an account's registration; the names are empty once the users service has
    /// them.
    public Registration find(Handle handle, UUID accountId) {
        return registrations.find(handle, accountId).orElse(NOTHING_KNOWN);
    }
}
