package org.aula.auth.mail;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import org.aula.auth.account.AccountRepository;
import org.aula.auth.account.AccountStatus;
import org.aula.auth.mail.EmailRequestRepository.EmailRequest;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.postgres.Session;
import org.aula.kernel.settings.Settings;
import org.aula.kernel.time.Times;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Emails that visitors ask for. A request is noted and answered without a look at the accounts, so
/// that neither the answer nor its time tells whether an address is known. It is worked on right
/// behind its commit; what a crash has left [EmailRequestJob] finds.
@Singleton
public final class EmailRequests {

    private static final Logger LOG = LoggerFactory.getLogger(EmailRequests.class);
    private static final int AT_ONCE = 100;

    private final EmailRequestRepository requests;
    private final EmailVerificationRepository verifications;
    private final AccountRepository accounts;
    private final EmailTokens tokens;
    private final EmailLimits limits;
    private final Database database;
    private final Settings settings;
    private final Clock clock;

    EmailRequests(
            EmailRequestRepository requests,
            EmailVerificationRepository verifications,
            AccountRepository accounts,
            EmailTokens tokens,
            EmailLimits limits,
            Database database,
            Settings settings,
            Clock clock) {
        this.requests = requests;
        this.verifications = verifications;
        this.accounts = accounts;
        this.tokens = tokens;
        this.limits = limits;
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    /// Notes what a visitor asks for.
    ///
    /// @throws org.aula.kernel.error.ServiceException RESOURCE_EXHAUSTED with MAIL_LIMITED
    public void accept(EmailKind kind, String email) {
        limits.take(email);
        var id = UuidCreator.getTimeOrderedEpoch();
        database.transact(() -> {
            requests.insert(new EmailRequest(id, kind, email, Times.now(clock)));
            Session.current()
                    .afterCommit(() -> Thread.ofVirtual().name("email-request").start(() -> workOn(id)));
        });
    }

    /// Works on what waits.
    void workOnOldest() {
        database.query(() -> requests.findOldest(AT_ONCE)).forEach(this::workOn);
    }

    /// What fails stays, and its next turn comes with the job.
    private void workOn(UUID id) {
        try {
            CallScope.runAsService(settings.service(), "email-request " + id, "", () -> {
                database.transact(() -> requests.take(id).ifPresent(request -> work(request)));
                return true;
            });
        } catch (Exception failure) {
            LOG.warn("the email request {} has to wait: {}", id, failure.toString());
        }
    }

    private void work(EmailRequest request) {
        switch (request.kind()) {
            case EMAIL_VERIFICATION -> verify(request.email());
            case PASSWORD_RESET -> reset(request.email());
        }
    }

    private void verify(String email) {
        verifications
                .findWaiting(email)
                .ifPresent(waiting -> accounts.lock(waiting.accountId()).ifPresent(account -> {
                    var isOwn = account.email().equalsIgnoreCase(waiting.email());
                    if (!isOwn || account.status() == AccountStatus.PENDING_VERIFICATION) {
                        tokens.requestVerification(account.id(), waiting.email(), isOwn);
                    }
                }));
    }

    private void reset(String email) {
        accounts.findIdByEmail(email)
                .flatMap(id -> accounts.lock(id))
                .ifPresent(account -> tokens.requestReset(account.id()));
    }
}
