package org.aula.auth.mail;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.auth.mail.EmailChangeRepository.EmailChange;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.time.Times;

/// Tokens that prove by an email that an address is a person's: each has its effect once, ends by
/// itself, and is replaced by the next of its kind.
///
/// Whoever makes, uses or ends a token holds the lock of the account's row, so that of two at once
/// one is first.
@Singleton
public final class EmailTokens {

    private final EmailVerificationRepository verifications;
    private final PasswordResetRepository resets;
    private final EmailChangeRepository changes;
    private final EmailCodes codes;
    private final MailEvents events;
    private final MailSettings settings;
    private final Clock clock;

    EmailTokens(
            EmailVerificationRepository verifications,
            PasswordResetRepository resets,
            EmailChangeRepository changes,
            EmailCodes codes,
            MailEvents events,
            MailSettings settings,
            Clock clock) {
        this.verifications = verifications;
        this.resets = resets;
        this.changes = changes;
        this.codes = codes;
        this.events = events;
        this.settings = settings;
        this.clock = clock;
    }

    /// Makes a verification and asks for its email.
    ///
    /// @param isOwnAddress whether the account has this address already; a verification of that and
    ///     one of another do not replace each other
    public void requestVerification(UUID accountId, String email, boolean isOwnAddress) {
        var now = Times.now(clock);
        var id = UuidCreator.getTimeOrderedEpoch();
        verifications.replace(accountId, isOwnAddress, now);
        verifications.insert(
                id,
                accountId,
                email,
                codes.hash(EmailKind.EMAIL_VERIFICATION, id),
                now,
                now.plus(settings.verificationLife()));
        events.verificationRequested(accountId, id);
    }

    /// Makes the verification of an account that has just registered, unless its address has had as many emails
    /// as may be asked for: whoever has the account may ask for one later.
    public void requestFirstVerification(UUID accountId, String email) {
        var since = clock.instant().minus(settings.emailWindow());
        if (verifications.countSince(email, since) < settings.emailsPerAccount()) {
            requestVerification(accountId, email, true);
        }
    }

    /// Makes a reset and asks for its email.
    public void requestReset(UUID accountId) {
        var now = Times.now(clock);
        var id = UuidCreator.getTimeOrderedEpoch();
        resets.replaceAll(accountId, now);
        resets.insert(id, accountId, codes.hash(EmailKind.PASSWORD_RESET, id), now, now.plus(settings.resetLife()));
        events.resetRequested(accountId, id);
    }

    /// The verification of a token, in whatever state.
    public Optional<EmailToken> findVerification(String token) {
        return verifications.findByHash(EmailCodes.hash(token));
    }

    /// The reset of a token, in whatever state.
    public Optional<EmailToken> findReset(String token) {
        return resets.findByHash(EmailCodes.hash(token));
    }

    /// @throws ServiceException FAILED_PRECONDITION with LINK_INVALID when it is used, replaced or
    ///     past its time
    public void useVerification(UUID id) {
        if (verifications.use(id, Times.now(clock)) == 0) {
            throw linkInvalid();
        }
    }

    /// @throws ServiceException FAILED_PRECONDITION with LINK_INVALID when it is used, replaced or
    ///     past its time
    public void useReset(UUID id) {
        if (resets.use(id, Times.now(clock)) == 0) {
            throw linkInvalid();
        }
    }

    /// Notes the address before a change and asks for the notice to it. Links that went there end.
    public void noteChange(UUID accountId, String formerEmail) {
        var id = UuidCreator.getTimeOrderedEpoch();
        endAll(accountId);
        changes.insert(new EmailChange(id, accountId, formerEmail, Times.now(clock)));
        events.emailChanged(accountId, id);
    }

    /// Ends the open resets of an account.
    public void endResets(UUID accountId) {
        resets.replaceAll(accountId, Times.now(clock));
    }

    /// Ends every open token of an account.
    public void endAll(UUID accountId) {
        var now = Times.now(clock);
        verifications.replaceAll(accountId, now);
        resets.replaceAll(accountId, now);
    }

    /// FAILED_PRECONDITION with LINK_INVALID.
    public static ServiceException linkInvalid() {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_LINK_INVALID,
                "the link is unknown, used or past its time; ask for another",
                Map.of());
    }
}
