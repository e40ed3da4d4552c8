package org.aula.auth.mail;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.auth.account.Account;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.jdbi.v3.core.Handle;

/// What emails to a living account need. Asking again gives the same while the email has something
/// to say; after that FAILED_PRECONDITION with MAIL_OBSOLETE.
@Singleton
final class Emails {

    private final EmailVerificationRepository verifications;
    private final PasswordResetRepository resets;
    private final EmailChangeRepository changes;
    private final EmailCodes codes;
    private final Links links;
    private final Clock clock;

    Emails(
            EmailVerificationRepository verifications,
            PasswordResetRepository resets,
            EmailChangeRepository changes,
            EmailCodes codes,
            Links links,
            Clock clock) {
        this.verifications = verifications;
        this.resets = resets;
        this.changes = changes;
        this.codes = codes;
        this.links = links;
        this.clock = clock;
    }

    /// Goes to the address that is to be verified.
    Email verification(Handle handle, Account account, UUID id) {
        var token = requireOpen(verifications.find(handle, id), account);
        return withLink(EmailKind.EMAIL_VERIFICATION, token, Objects.requireNonNull(token.email()));
    }

    Email reset(Handle handle, Account account, UUID id) {
        var token = requireOpen(resets.find(handle, id), account);
        return withLink(EmailKind.PASSWORD_RESET, token, account.email());
    }

    /// Goes to the address that the account had before.
    Email changeNotice(Handle handle, Account account, UUID id) {
        return Email.notice(changes.findFormerEmail(handle, id, account.id()).orElseThrow(Emails::obsolete));
    }

    private EmailToken requireOpen(Optional<EmailToken> found, Account account) {
        return found.filter(token -> token.accountId().equals(account.id()))
                .filter(token -> token.isOpen(clock.instant()))
                .orElseThrow(Emails::obsolete);
    }

    private Email withLink(EmailKind kind, EmailToken row, String email) {
        var token = codes.token(kind, row.id());
        return new Email(email, links.to(kind, token), token, row.expiresAt());
    }

    private static ServiceException obsolete() {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_MAIL_OBSOLETE, "the email has nothing to say any more", Map.of());
    }
}
