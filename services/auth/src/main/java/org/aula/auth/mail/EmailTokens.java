package org.aula.auth.mail;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.time.Times;
import org.jdbi.v3.core.Handle;

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
    public void requestVerification(Handle handle, UUID accountId, String email, boolean isOwnAddress) {
        var now = Times.now(clock);
        var id = UuidCreator.getTimeOrderedEpoch();
        verifications.replace(handle, accountId, isOwnAddress, now);
        verifications.insert(
                handle,
                id,
                accountId,
                email,
                codes.hash(EmailKind.EMAIL_VERIFICATION, id),
                now,
                now.plus(settings.verificationLife()));
        events.verificationRequested(handle, accountId, id);
    }

    /// Makes a reset and asks for its email.
    public void requestReset(Handle handle, UUID accountId) {
        var now = Times.now(clock);
        var id = UuidCreator.getTimeOrderedEpoch();
        resets.replaceAll(handle, accountId, now);
        resets.insert(
                handle, id, accountId, codes.hash(EmailKind.PASSWORD_RESET, id), now, now.plus(settings.resetLife()));
        events.resetRequested(handle, accountId, id);
    }

    /// The verification of a token, in whatever state.
    public Optional<EmailToken> findVerification(Handle handle, String token) {
        return verifications.findByHash(handle, EmailCodes.hash(token));
    }

    /// The reset of a token, in whatever state.
    public Optional<EmailToken> findReset(Handle handle, String token) {
        return resets.findByHash(handle, EmailCodes.hash(token));
    }

    /// @throws ServiceException FAILED_PRECONDITION with LINK_INVALID when it is used, replaced or
    ///     past its time
    public void useVerification(Handle handle, UUID id) {
        if (!verifications.use(handle, id, Times.now(clock))) {
            throw linkInvalid();
        }
    }

    /// @throws ServiceException FAILED_PRECONDITION with LINK_INVALID when it is used, replaced or
    ///     past its time
    public void useReset(Handle handle, UUID id) {
        if (!resets.use(handle, id, Times.now(clock))) {
            throw linkInvalid();
        }
    }

    /// Notes the address before a change and asks for the notice to it. Links that went there end.
    public void noteChange(Handle handle, UUID accountId, String formerEmail) {
        var id = UuidCreator.getTimeOrderedEpoch();
        endAll(handle, accountId);
        changes.insert(handle, id, accountId, formerEmail, Times.now(clock));
        events.emailChanged(handle, accountId, id);
    }

    /// Ends the open resets of an account.
    public void endResets(Handle handle, UUID accountId) {
        resets.replaceAll(handle, accountId, Times.now(clock));
    }

    /// Ends every open token of an account.
    public void endAll(Handle handle, UUID accountId) {
        var now = Times.now(clock);
        verifications.replaceAll(handle, accountId, now);
        resets.replaceAll(handle, accountId, now);
    }

    /// FAILED_PRECONDITION with LINK_INVALID.
    public static ServiceException linkInvalid() {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_LINK_INVALID,
                "the link is unknown, used or past its time; ask for another",
                Map.of());
    }
}
