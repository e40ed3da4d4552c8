package org.aula.auth.mail;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.auth.account.Account;
import org.aula.auth.account.AccountErrors;
import org.aula.auth.account.AccountRepository;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.jspecify.annotations.Nullable;

/// What emails to a living account need: NOT_FOUND with ACCOUNT_NOT_FOUND when it is none. Asking again
/// gives the same while the email has something to say; after that FAILED_PRECONDITION with MAIL_OBSOLETE. So is
/// whatever an account has to say to an address that another one has verified.
@Singleton
final class Emails {

    private final AccountRepository accounts;
    private final EmailVerificationRepository verifications;
    private final PasswordResetRepository resets;
    private final EmailChangeRepository changes;
    private final EmailCodes codes;
    private final Links links;
    private final Database database;
    private final Clock clock;

    Emails(
            AccountRepository accounts,
            EmailVerificationRepository verifications,
            PasswordResetRepository resets,
            EmailChangeRepository changes,
            EmailCodes codes,
            Links links,
            Database database,
            Clock clock) {
        this.accounts = accounts;
        this.verifications = verifications;
        this.resets = resets;
        this.changes = changes;
        this.codes = codes;
        this.links = links;
        this.database = database;
        this.clock = clock;
    }

    /// Goes to the address that is to be verified.
    Email verification(UUID accountId, UUID id) {
        return database.query(() -> {
            var account = requireAccount(accountId);
            var token = requireOpen(verifications.find(id), account);
            return withLink(EmailKind.EMAIL_VERIFICATION, token, notAnothers(token.email(), account));
        });
    }

    Email reset(UUID accountId, UUID id) {
        return database.query(() -> {
            var account = requireAccount(accountId);
            return withLink(
                    EmailKind.PASSWORD_RESET,
                    requireOpen(resets.find(id), account),
                    notAnothers(account.email(), account));
        });
    }

    /// Goes to the address that the account had before.
    Email changeNotice(UUID accountId, UUID id) {
        return database.query(() -> {
            var account = requireAccount(accountId);
            var former = changes.findFormerEmail(id, account.id()).orElseThrow(Emails::obsolete);
            return Email.notice(notAnothers(former, account));
        });
    }

    /// Goes to the account's address and carries no link.
    Email notice(UUID accountId) {
        return database.query(() -> {
            var account = requireAccount(accountId);
            return Email.notice(notAnothers(account.email(), account));
        });
    }

    private Account requireAccount(UUID id) {
        return accounts.find(id).orElseThrow(AccountErrors::notFound);
    }

    private String notAnothers(@Nullable String email, Account account) {
        var address = Objects.requireNonNull(email);
        if (accounts.findOwner(address).filter(id -> !id.equals(account.id())).isPresent()) {
            throw obsolete();
        }
        return address;
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
                ErrorReason.ERROR_REASON_MAIL_OBSOLETE,
                "the email is obsolete: its link was used, replaced or has expired",
                Map.of());
    }
}
