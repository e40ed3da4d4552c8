package org.aula.auth.administration;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.api.auth.v1.AccountServiceHandler;
import org.aula.api.auth.v1.ActivateAccountRequest;
import org.aula.api.auth.v1.ActivateAccountResponse;
import org.aula.api.auth.v1.BatchGetAccountsRequest;
import org.aula.api.auth.v1.BatchGetAccountsResponse;
import org.aula.api.auth.v1.ChangeEmailRequest;
import org.aula.api.auth.v1.ChangeEmailResponse;
import org.aula.api.auth.v1.ChangePasswordRequest;
import org.aula.api.auth.v1.ChangePasswordResponse;
import org.aula.api.auth.v1.DeactivateAccountRequest;
import org.aula.api.auth.v1.DeactivateAccountResponse;
import org.aula.api.auth.v1.DeleteAccountRequest;
import org.aula.api.auth.v1.DeleteAccountResponse;
import org.aula.api.auth.v1.GetAccountRequest;
import org.aula.api.auth.v1.GetAccountResponse;
import org.aula.api.auth.v1.ListAccountsRequest;
import org.aula.api.auth.v1.ListAccountsResponse;
import org.aula.api.auth.v1.RequestPasswordResetRequest;
import org.aula.api.auth.v1.RequestPasswordResetResponse;
import org.aula.api.auth.v1.ResendVerificationRequest;
import org.aula.api.auth.v1.ResendVerificationResponse;
import org.aula.api.auth.v1.ResetPasswordRequest;
import org.aula.api.auth.v1.ResetPasswordResponse;
import org.aula.api.auth.v1.RestoreAccountRequest;
import org.aula.api.auth.v1.RestoreAccountResponse;
import org.aula.api.auth.v1.SuspendAccountRequest;
import org.aula.api.auth.v1.SuspendAccountResponse;
import org.aula.api.auth.v1.VerifyEmailRequest;
import org.aula.api.auth.v1.VerifyEmailResponse;
import org.aula.auth.account.Account;
import org.aula.auth.account.AccountErrors;
import org.aula.auth.account.AccountMapper;
import org.aula.auth.account.AccountQuery;
import org.aula.auth.account.AccountRepository;
import org.aula.auth.account.AccountTransition;
import org.aula.auth.mail.EmailKind;
import org.aula.auth.mail.EmailLimits;
import org.aula.auth.mail.EmailRequests;
import org.aula.auth.session.PasswordCheck;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.change.Change;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Database;

/// `aula.auth.v1.AccountService`.
@Singleton
final class AccountGrpcService extends AccountServiceHandler {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;
    private static final String RESOURCE = "account";

    private final AccountRepository accounts;
    private final AccountStates states;
    private final EmailAddresses addresses;
    private final PasswordCheck check;
    private final PasswordChanges passwords;
    private final EmailRequests emails;
    private final EmailLimits limits;
    private final Database database;
    private final PageTokens tokens;
    private final Audit audit;

    AccountGrpcService(
            AccountRepository accounts,
            AccountStates states,
            EmailAddresses addresses,
            PasswordCheck check,
            PasswordChanges passwords,
            EmailRequests emails,
            EmailLimits limits,
            Database database,
            PageTokens tokens,
            Audit audit) {
        this.accounts = accounts;
        this.states = states;
        this.addresses = addresses;
        this.check = check;
        this.passwords = passwords;
        this.emails = emails;
        this.limits = limits;
        this.database = database;
        this.tokens = tokens;
        this.audit = audit;
    }

    @Override
    protected VerifyEmailResponse verifyEmail(VerifyEmailRequest request) {
        database.transact(() -> record(addresses.verify(request.getToken())));
        return VerifyEmailResponse.getDefaultInstance();
    }

    @Override
    protected ResendVerificationResponse resendVerification(ResendVerificationRequest request) {
        emails.accept(EmailKind.EMAIL_VERIFICATION, request.getEmail());
        return ResendVerificationResponse.getDefaultInstance();
    }

    @Override
    protected ChangeEmailResponse changeEmail(ChangeEmailRequest request) {
        var id = CallScope.current().requireUser();
        check.require(id, request.getPassword());
        // Before it is told whether the address is taken: else this were a way to ask for many.
        limits.take(id);
        database.transact(() -> {
            addresses.requestChange(id, request.getNewEmail());
            audit.recordAction(RESOURCE, id);
        });
        return ChangeEmailResponse.getDefaultInstance();
    }

    @Override
    protected RequestPasswordResetResponse requestPasswordReset(RequestPasswordResetRequest request) {
        emails.accept(EmailKind.PASSWORD_RESET, request.getEmail());
        return RequestPasswordResetResponse.getDefaultInstance();
    }

    @Override
    protected ResetPasswordResponse resetPassword(ResetPasswordRequest request) {
        var reset = passwords.prepareReset(request.getToken(), request.getNewPassword());
        database.transact(() -> {
            var id = passwords.reset(reset);
            audit.recordAction(RESOURCE, id);
        });
        return ResetPasswordResponse.getDefaultInstance();
    }

    @Override
    protected ChangePasswordResponse changePassword(ChangePasswordRequest request) {
        var id = CallScope.current().requireUser();
        var change = passwords.prepareChange(id, request.getCurrentPassword(), request.getNewPassword());
        database.transact(() -> {
            passwords.change(change);
            audit.recordAction(RESOURCE, id);
        });
        return ChangePasswordResponse.getDefaultInstance();
    }

    @Override
    protected GetAccountResponse getAccount(GetAccountRequest request) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        var account = database.query(() -> accounts.find(id).orElseThrow(AccountErrors::notFound));
        return GetAccountResponse.newBuilder()
                .setAccount(AccountMapper.toProto(account))
                .build();
    }

    @Override
    protected BatchGetAccountsResponse batchGetAccounts(BatchGetAccountsRequest request) {
        var ids = request.getUserIdsList().stream().map(UUID::fromString).toList();
        var found = database.query(() -> accounts.findAll(ids)).stream()
                .collect(Collectors.toMap(Account::id, Function.identity()));
        var response = BatchGetAccountsResponse.newBuilder();
        for (var id : ids) {
            var account = found.get(id);
            if (account == null) {
                response.addMissingIds(id.toString());
            } else {
                response.addAccounts(AccountMapper.toProto(account));
            }
        }
        return response.build();
    }

    @Override
    protected ListAccountsResponse listAccounts(ListAccountsRequest request) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var after =
                tokens.open(request, request.getPageToken()).map(List::getFirst).map(UUID::fromString);
        var query = new AccountQuery(
                AccountMapper.fromProto(request.getStatus()),
                request.getRole(),
                request.getPrefix(),
                after.orElse(null),
                size + 1);
        var rows = database.query(() -> accounts.list(query));
        var page = Page.of(rows, size, tokens, request, AccountQuery::sortKey, request.getWithItemTokens());
        return ListAccountsResponse.newBuilder()
                .addAllAccounts(
                        page.items().stream().map(AccountMapper::toProto).toList())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }

    @Override
    protected ActivateAccountResponse activateAccount(ActivateAccountRequest request) {
        var account = move(UUID.fromString(request.getUserId()), AccountTransition.ACTIVATE);
        return ActivateAccountResponse.newBuilder().setAccount(account).build();
    }

    @Override
    protected DeactivateAccountResponse deactivateAccount(DeactivateAccountRequest request) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        var account = move(id, AccountTransition.DEACTIVATE);
        return DeactivateAccountResponse.newBuilder().setAccount(account).build();
    }

    @Override
    protected SuspendAccountResponse suspendAccount(SuspendAccountRequest request) {
        var id = UUID.fromString(request.getUserId());
        var account = database.transact(() -> {
            var change = states.move(id, AccountTransition.SUSPEND);
            if (!change.isNone() && !request.getReason().isEmpty()) {
                // The account does not hold the reason, so that its owner is not told: it has an entry of its
                // own.
                audit.record(RESOURCE, id, request.toBuilder().clearReason().build(), request);
            }
            return record(change);
        });
        return SuspendAccountResponse.newBuilder().setAccount(account).build();
    }

    @Override
    protected DeleteAccountResponse deleteAccount(DeleteAccountRequest request) {
        var id = UUID.fromString(request.getUserId());
        database.transact(() -> {
            var deleted = states.delete(id);
            if (deleted.isEmpty()) {
                // It was deleted before: this is the same request once more.
                audit.nothing();
            } else {
                audit.recordDeleted(RESOURCE, id, AccountMapper.toProto(deleted.get()));
            }
        });
        return DeleteAccountResponse.getDefaultInstance();
    }

    @Override
    protected RestoreAccountResponse restoreAccount(RestoreAccountRequest request) {
        var id = UUID.fromString(request.getUserId());
        var account = database.transact(() -> {
            var isRestored = states.restore(id);
            var message = AccountMapper.toProto(accounts.find(id).orElseThrow(AccountErrors::notFound));
            if (isRestored) {
                audit.record(RESOURCE, id, null, message);
            } else {
                // It lives: this is the same request once more.
                audit.nothing();
            }
            return message;
        });
        return RestoreAccountResponse.newBuilder().setAccount(account).build();
    }

    private org.aula.api.auth.v1.Account move(UUID id, AccountTransition move) {
        return database.transact(() -> record(states.move(id, move)));
    }

    private org.aula.api.auth.v1.Account record(Change<Account> change) {
        var after = AccountMapper.toProto(change.after());
        audit.record(RESOURCE, change.after().id(), change, AccountMapper::toProto);
        return after;
    }
}
