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
    private final Letters letters;

    MailGrpcService(Transactions transactions, AccountRepository accounts, Letters letters) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.letters = letters;
    }

    @Override
    public void prepareMail(PrepareMailRequest request, StreamObserver<PrepareMailResponse> observer) {
        var letter = transactions.read(handle -> letter(handle, request));
        var response = PrepareMailResponse.newBuilder()
                .setEmail(letter.email())
                .setLink(letter.link())
                .setToken(letter.token());
        if (letter.expiresAt() != null) {
            response.setExpireTime(Times.timestamp(letter.expiresAt()));
        }
        Replies.send(observer, response.build());
    }

    private Letter letter(Handle handle, PrepareMailRequest request) {
        var account = accounts.require(handle, UUID.fromString(request.getUserId()));
        return switch (request.getSubjectCase()) {
            case EMAIL_VERIFICATION_ID ->
                letters.verification(handle, account, UUID.fromString(request.getEmailVerificationId()));
            case PASSWORD_RESET_ID -> letters.reset(handle, account, UUID.fromString(request.getPasswordResetId()));
            case CHANGED_EMAIL_ID ->
                letters.changeNotice(handle, account, UUID.fromString(request.getChangedEmailId()));
            case SUBJECT_NOT_SET -> Letter.notice(account.email());
        };
    }
}
