package org.aula.auth.administration;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.api.auth.v1.AccountServiceGrpc;
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
import org.aula.auth.account.AccountChange;
import org.aula.auth.account.AccountListingRepository;
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
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.jdbi.v3.core.Handle;

/// `aula.auth.v1.AccountService`.
@Singleton
final class AccountGrpcService extends AccountServiceGrpc.AccountServiceImplBase {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;
    private static final String RESOURCE = "account";

    private final AccountRepository accounts;
    private final AccountListingRepository listing;
    private final AccountStates states;
    private final EmailAddresses addresses;
    private final PasswordCheck check;
    private final PasswordChanges passwords;
    private final EmailRequests emails;
    private final EmailLimits limits;
    private final Transactions transactions;
    private final PageTokens tokens;
    private final Audit audit;

    AccountGrpcService(
            AccountRepository accounts,
            AccountListingRepository listing,
            AccountStates states,
            EmailAddresses addresses,
            PasswordCheck check,
            PasswordChanges passwords,
            EmailRequests emails,
            EmailLimits limits,
            Transactions transactions,
            PageTokens tokens,
            Audit audit) {
        this.accounts = accounts;
        this.listing = listing;
        this.states = states;
        this.addresses = addresses;
        this.check = check;
        this.passwords = passwords;
        this.emails = emails;
        this.limits = limits;
        this.transactions = transactions;
        this.tokens = tokens;
        this.audit = audit;
    }

    @Override
    public void verifyEmail(VerifyEmailRequest request, StreamObserver<VerifyEmailResponse> observer) {
        transactions.writeVoid(handle -> record(handle, addresses.verify(handle, request.getToken())));
        Replies.send(observer, VerifyEmailResponse.getDefaultInstance());
    }

    @Override
    public void resendVerification(
            ResendVerificationRequest request, StreamObserver<ResendVerificationResponse> observer) {
        emails.accept(EmailKind.EMAIL_VERIFICATION, request.getEmail());
        Replies.send(observer, ResendVerificationResponse.getDefaultInstance());
    }

    @Override
    public void changeEmail(ChangeEmailRequest request, StreamObserver<ChangeEmailResponse> observer) {
        var id = CallScope.current().requireUser();
        check.require(id, request.getPassword());
        // Before it is told whether the address is taken: else this were a way to ask for many.
        limits.take(id);
        transactions.writeVoid(handle -> {
            addresses.requestChange(handle, id, request.getNewEmail());
            audit.record(handle, RESOURCE, id, null, null);
        });
        Replies.send(observer, ChangeEmailResponse.getDefaultInstance());
    }

    @Override
    public void requestPasswordReset(
            RequestPasswordResetRequest request, StreamObserver<RequestPasswordResetResponse> observer) {
        emails.accept(EmailKind.PASSWORD_RESET, request.getEmail());
        Replies.send(observer, RequestPasswordResetResponse.getDefaultInstance());
    }

    @Override
    public void resetPassword(ResetPasswordRequest request, StreamObserver<ResetPasswordResponse> observer) {
        var reset = passwords.prepareReset(request.getToken(), request.getNewPassword());
        transactions.writeVoid(handle -> {
            var id = passwords.reset(handle, reset);
            audit.record(handle, RESOURCE, id, null, null);
        });
        Replies.send(observer, ResetPasswordResponse.getDefaultInstance());
    }

    @Override
    public void changePassword(ChangePasswordRequest request, StreamObserver<ChangePasswordResponse> observer) {
        var id = CallScope.current().requireUser();
        var change = passwords.prepareChange(id, request.getCurrentPassword(), request.getNewPassword());
        transactions.writeVoid(handle -> {
            passwords.change(handle, change);
            audit.record(handle, RESOURCE, id, null, null);
        });
        Replies.send(observer, ChangePasswordResponse.getDefaultInstance());
    }

    @Override
    public void getAccount(GetAccountRequest request, StreamObserver<GetAccountResponse> observer) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        var account = transactions.read(handle -> accounts.require(handle, id));
        Replies.send(
                observer,
                GetAccountResponse.newBuilder()
                        .setAccount(AccountMapper.toProto(account))
                        .build());
    }

    @Override
    public void batchGetAccounts(BatchGetAccountsRequest request, StreamObserver<BatchGetAccountsResponse> observer) {
        var ids = request.getUserIdsList().stream().map(UUID::fromString).toList();
        var found = transactions.read(handle -> accounts.findAll(handle, ids)).stream()
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
        Replies.send(observer, response.build());
    }

    @Override
    public void listAccounts(ListAccountsRequest request, StreamObserver<ListAccountsResponse> observer) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var after =
                tokens.open(request, request.getPageToken()).map(List::getFirst).map(UUID::fromString);
        var query = new AccountQuery(
                AccountMapper.fromProto(request.getStatus()),
                request.getRole(),
                request.getPrefix(),
                after.orElse(null),
                size + 1);
        var rows = transactions.read(handle -> listing.list(handle, query));
        var page = Page.of(rows, size, tokens, request, AccountQuery::sortKey, request.getWithItemTokens());
        Replies.send(
                observer,
                ListAccountsResponse.newBuilder()
                        .addAllAccounts(page.items().stream()
                                .map(AccountMapper::toProto)
                                .toList())
                        .setNextPageToken(page.nextPageToken())
                        .addAllItemTokens(page.itemTokens())
                        .build());
    }

    @Override
    public void activateAccount(ActivateAccountRequest request, StreamObserver<ActivateAccountResponse> observer) {
        var account = move(UUID.fromString(request.getUserId()), AccountTransition.ACTIVATE);
        Replies.send(
                observer,
                ActivateAccountResponse.newBuilder().setAccount(account).build());
    }

    @Override
    public void deactivateAccount(
            DeactivateAccountRequest request, StreamObserver<DeactivateAccountResponse> observer) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        var account = move(id, AccountTransition.DEACTIVATE);
        Replies.send(
                observer,
                DeactivateAccountResponse.newBuilder().setAccount(account).build());
    }

    @Override
    public void suspendAccount(SuspendAccountRequest request, StreamObserver<SuspendAccountResponse> observer) {
        var id = UUID.fromString(request.getUserId());
        var account = transactions.write(handle -> {
            var change = states.move(handle, id, AccountTransition.SUSPEND);
            if (!change.isNone() && !request.getReason().isEmpty()) {
                // The account does not hold the reason, so that its owner is not told: it has an entry of its own.
                audit.record(
                        handle, RESOURCE, id, request.toBuilder().clearReason().build(), request);
            }
            return record(handle, change);
        });
        Replies.send(
                observer,
                SuspendAccountResponse.newBuilder().setAccount(account).build());
    }

    @Override
    public void deleteAccount(DeleteAccountRequest request, StreamObserver<DeleteAccountResponse> observer) {
        var id = UUID.fromString(request.getUserId());
        transactions.writeVoid(handle -> {
            var deleted = states.delete(handle, id);
            if (deleted.isEmpty()) {
                // It was deleted before: this is the same request once more.
                audit.nothing();
            } else {
                audit.record(handle, RESOURCE, id, AccountMapper.toProto(deleted.get()), null);
            }
        });
        Replies.send(observer, DeleteAccountResponse.getDefaultInstance());
    }

    @Override
    public void restoreAccount(RestoreAccountRequest request, StreamObserver<RestoreAccountResponse> observer) {
        var id = UUID.fromString(request.getUserId());
        var account = transactions.write(handle -> {
            var isRestored = states.restore(handle, id);
            var message = AccountMapper.toProto(accounts.require(handle, id));
            if (isRestored) {
                audit.record(handle, RESOURCE, id, null, message);
            } else {
                // It lives: this is the same request once more.
                audit.nothing();
            }
            return message;
        });
        Replies.send(
                observer,
                RestoreAccountResponse.newBuilder().setAccount(account).build());
    }

    private org.aula.api.auth.v1.Account move(UUID id, AccountTransition move) {
        return transactions.write(handle -> record(handle, states.move(handle, id, move)));
    }

    private org.aula.api.auth.v1.Account record(Handle handle, AccountChange change) {
        var after = AccountMapper.toProto(change.after());
        if (change.isNone()) {
            // It stood there already: this is the same request once more.
            audit.nothing();
        } else {
            audit.record(handle, RESOURCE, change.after().id(), AccountMapper.toProto(change.before()), after);
        }
        return after;
    }
}
