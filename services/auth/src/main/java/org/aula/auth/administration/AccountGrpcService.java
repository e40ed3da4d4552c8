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
import org.aula.auth.account.AccountMapper;
import org.aula.auth.account.AccountQuery;
import org.aula.auth.account.AccountTransition;
import org.aula.auth.mail.EmailKind;
import org.aula.auth.mail.EmailRequests;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;

/// `aula.auth.v1.AccountService`.
@Singleton
final class AccountGrpcService extends AccountServiceHandler {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;
    private final AccountService accounts;
    private final EmailAddressService addresses;
    private final PasswordService passwords;
    private final EmailRequests emails;
    private final PageTokens tokens;

    AccountGrpcService(
            AccountService accounts,
            EmailAddressService addresses,
            PasswordService passwords,
            EmailRequests emails,
            PageTokens tokens) {
        this.accounts = accounts;
        this.addresses = addresses;
        this.passwords = passwords;
        this.emails = emails;
        this.tokens = tokens;
    }

    @Override
    protected VerifyEmailResponse verifyEmail(VerifyEmailRequest request) {
        addresses.verify(request.getToken());
        return VerifyEmailResponse.getDefaultInstance();
    }

    @Override
    protected ResendVerificationResponse resendVerification(ResendVerificationRequest request) {
        emails.accept(EmailKind.EMAIL_VERIFICATION, request.getEmail());
        return ResendVerificationResponse.getDefaultInstance();
    }

    @Override
    protected ChangeEmailResponse changeEmail(ChangeEmailRequest request) {
        addresses.requestChange(CallScope.current().requireUser(), request.getPassword(), request.getNewEmail());
        return ChangeEmailResponse.getDefaultInstance();
    }

    @Override
    protected RequestPasswordResetResponse requestPasswordReset(RequestPasswordResetRequest request) {
        emails.accept(EmailKind.PASSWORD_RESET, request.getEmail());
        return RequestPasswordResetResponse.getDefaultInstance();
    }

    @Override
    protected ResetPasswordResponse resetPassword(ResetPasswordRequest request) {
        passwords.reset(request.getToken(), request.getNewPassword());
        return ResetPasswordResponse.getDefaultInstance();
    }

    @Override
    protected ChangePasswordResponse changePassword(ChangePasswordRequest request) {
        var id = CallScope.current().requireUser();
        passwords.change(id, request.getCurrentPassword(), request.getNewPassword());
        return ChangePasswordResponse.getDefaultInstance();
    }

    @Override
    protected GetAccountResponse getAccount(GetAccountRequest request) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        return GetAccountResponse.newBuilder()
                .setAccount(AccountMapper.toProto(accounts.get(id)))
                .build();
    }

    @Override
    protected BatchGetAccountsResponse batchGetAccounts(BatchGetAccountsRequest request) {
        var ids = request.getUserIdsList().stream().map(UUID::fromString).toList();
        var found = accounts.findAll(ids).stream().collect(Collectors.toMap(Account::id, Function.identity()));
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
        var rows = accounts.list(query);
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
        var account = accounts.move(UUID.fromString(request.getUserId()), AccountTransition.ACTIVATE);
        return ActivateAccountResponse.newBuilder()
                .setAccount(AccountMapper.toProto(account))
                .build();
    }

    @Override
    protected DeactivateAccountResponse deactivateAccount(DeactivateAccountRequest request) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        var account = accounts.move(id, AccountTransition.DEACTIVATE);
        return DeactivateAccountResponse.newBuilder()
                .setAccount(AccountMapper.toProto(account))
                .build();
    }

    @Override
    protected SuspendAccountResponse suspendAccount(SuspendAccountRequest request) {
        var account = accounts.suspend(UUID.fromString(request.getUserId()), request.getReason());
        return SuspendAccountResponse.newBuilder()
                .setAccount(AccountMapper.toProto(account))
                .build();
    }

    @Override
    protected DeleteAccountResponse deleteAccount(DeleteAccountRequest request) {
        accounts.delete(UUID.fromString(request.getUserId()));
        return DeleteAccountResponse.getDefaultInstance();
    }

    @Override
    protected RestoreAccountResponse restoreAccount(RestoreAccountRequest request) {
        var account = accounts.restore(UUID.fromString(request.getUserId()));
        return RestoreAccountResponse.newBuilder()
                .setAccount(AccountMapper.toProto(account))
                .build();
    }
}
