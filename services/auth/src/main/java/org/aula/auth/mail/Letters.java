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

/// What letters to a living account need. Asking again gives the same while the letter has something
/// to say; after that FAILED_PRECONDITION with MAIL_OBSOLETE.
@Singleton
final class Letters {

    private final EmailVerificationRepository verifications;
    private final PasswordResetRepository resets;
    private final EmailChangeRepository changes;
    private final LetterCodes codes;
    private final Links links;
    private final Clock clock;

    Letters(
            EmailVerificationRepository verifications,
            PasswordResetRepository resets,
            EmailChangeRepository changes,
            LetterCodes codes,
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
    Letter verification(Handle handle, Account account, UUID id) {
        var token = requireOpen(verifications.find(handle, id), account);
        return withLink(LetterKind.EMAIL_VERIFICATION, token, Objects.requireNonNull(token.email()));
    }

    Letter reset(Handle handle, Account account, UUID id) {
        var token = requireOpen(resets.find(handle, id), account);
        return withLink(LetterKind.PASSWORD_RESET, token, account.email());
    }

    /// Goes to the address that the account had before.
    Letter changeNotice(Handle handle, Account account, UUID id) {
        return Letter.notice(changes.findFormerEmail(handle, id, account.id()).orElseThrow(Letters::obsolete));
    }

    private LetterToken requireOpen(Optional<LetterToken> found, Account account) {
        return found.filter(token -> token.accountId().equals(account.id()))
                .filter(token -> token.isOpen(clock.instant()))
                .orElseThrow(Letters::obsolete);
    }

    private Letter withLink(LetterKind kind, LetterToken row, String email) {
        var token = codes.token(kind, row.id());
        return new Letter(email, links.to(kind, token), token, row.expiresAt());
    }

    private static ServiceException obsolete() {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_MAIL_OBSOLETE, "the letter has nothing to say any more", Map.of());
    }
}
