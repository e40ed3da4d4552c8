package org.aula.auth.registration;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.auth.account.Account;
import org.aula.auth.account.AccountRepository;
import org.aula.auth.account.AccountStatus;
import org.aula.auth.administration.AccountService;
import org.aula.auth.mail.EmailTokens;
import org.aula.auth.mail.RegistrationNotices;
import org.aula.kernel.postgres.Session;
import org.aula.kernel.saga.Saga;
import org.aula.kernel.saga.SagaStep;
import org.aula.kernel.saga.StepResult;

/// A registration, under the id of its account. Its one step is the users service's, which is told by events
/// and tells its outcome by events.
@Singleton
final class RegistrationSaga implements Saga {

    static final String KIND = "registration";
    static final String MAKE_USER = "make user";

    private final AccountRepository accounts;
    private final AccountService accountService;
    private final RegistrationRepository registrations;
    private final RegistrationWaits waits;
    private final RegistrationEvents events;
    private final EmailTokens tokens;
    private final RegistrationNotices notices;
    private final List<SagaStep> steps;

    RegistrationSaga(
            AccountRepository accounts,
            AccountService accountService,
            RegistrationRepository registrations,
            RegistrationWaits waits,
            RegistrationEvents events,
            EmailTokens tokens,
            RegistrationNotices notices,
            RegistrationSettings settings) {
        this.accounts = accounts;
        this.accountService = accountService;
        this.registrations = registrations;
        this.waits = waits;
        this.events = events;
        this.tokens = tokens;
        this.notices = notices;
        this.steps = List.of(new SagaStep(MAKE_USER, settings.registrationWithin(), this::makeUser, this::undoUser));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public List<SagaStep> steps() {
        return steps;
    }

    /// The users service makes the user.
    StepResult makeUser(UUID accountId) {
        return StepResult.waiting(() -> events.registered(accountId));
    }

    /// The address is free from now on; the account's row stays until the users service has undone what
    /// refers to it.
    private StepResult undoUser(UUID accountId) {
        return StepResult.waiting(() -> {
            accountService.rollback(accountId);
            events.cancelled(accountId);
            Session.current().afterCommit(() -> waits.wake(accountId));
        });
    }

    @Override
    public void completed(UUID accountId) {
        registrations.blankNames(accountId);
        events.completed(accountId);
        accounts.lock(accountId)
                .filter(account -> account.status() == AccountStatus.PENDING_VERIFICATION)
                .ifPresent(account -> write(account));
        Session.current().afterCommit(() -> waits.wake(accountId));
    }

    /// To whom the address is known already gets a notice, and the account that named it no link.
    private void write(Account account) {
        if (!notices.tellOwner(account.email(), account.id())) {
            tokens.requestFirstVerification(account.id(), account.email());
        }
    }

    @Override
    public void failed(UUID accountId) {
        accountService.remove(accountId);
        Session.current().afterCommit(() -> waits.wake(accountId));
    }
}
