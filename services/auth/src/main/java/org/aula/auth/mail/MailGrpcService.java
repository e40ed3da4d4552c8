package org.aula.auth.mail;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.auth.v1.MailServiceGrpc;
import org.aula.api.auth.v1.PrepareMailRequest;
import org.aula.api.auth.v1.PrepareMailResponse;
import org.aula.auth.account.AccountRepository;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.aula.kernel.time.Times;
import org.jdbi.v3.core.Handle;

/// `aula.auth.v1.MailService`.
@Singleton
final class MailGrpcService extends MailServiceGrpc.MailServiceImplBase {

    private final Transactions transactions;
    private final AccountRepository accounts;
    private final Emails emails;

    MailGrpcService(Transactions transactions, AccountRepository accounts, Emails emails) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.emails = emails;
    }

    @Override
    public void prepareMail(PrepareMailRequest request, StreamObserver<PrepareMailResponse> observer) {
        var email = transactions.read(handle -> email(handle, request));
        var response = PrepareMailResponse.newBuilder()
                .setEmail(email.email())
                .setLink(email.link())
                .setToken(email.token());
        if (email.expiresAt() != null) {
            response.setExpireTime(Times.timestamp(email.expiresAt()));
        }
        Replies.send(observer, response.build());
    }

    private Email email(Handle handle, PrepareMailRequest request) {
        var account = accounts.require(handle, UUID.fromString(request.getUserId()));
        return switch (request.getSubjectCase()) {
            case EMAIL_VERIFICATION_ID ->
                emails.verification(handle, account, UUID.fromString(request.getEmailVerificationId()));
            case PASSWORD_RESET_ID -> emails.reset(handle, account, UUID.fromString(request.getPasswordResetId()));
            case CHANGED_EMAIL_ID -> emails.changeNotice(handle, account, UUID.fromString(request.getChangedEmailId()));
            case SUBJECT_NOT_SET -> Email.notice(account.email());
        };
    }
}
