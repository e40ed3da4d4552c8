package org.aula.auth.mail;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.auth.v1.MailServiceHandler;
import org.aula.api.auth.v1.PrepareMailRequest;
import org.aula.api.auth.v1.PrepareMailResponse;
import org.aula.auth.account.AccountErrors;
import org.aula.auth.account.AccountRepository;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// `aula.auth.v1.MailService`.
@Singleton
final class MailGrpcService extends MailServiceHandler {

    private final Database database;
    private final AccountRepository accounts;
    private final Emails emails;

    MailGrpcService(Database database, AccountRepository accounts, Emails emails) {
        this.database = database;
        this.accounts = accounts;
        this.emails = emails;
    }

    @Override
    protected PrepareMailResponse prepareMail(PrepareMailRequest request) {
        var email = database.query(() -> email(request));
        var response = PrepareMailResponse.newBuilder()
                .setEmail(email.email())
                .setLink(email.link())
                .setToken(email.token());
        if (email.expiresAt() != null) {
            response.setExpireTime(Times.timestamp(email.expiresAt()));
        }
        return response.build();
    }

    private Email email(PrepareMailRequest request) {
        var account = accounts.find(UUID.fromString(request.getUserId())).orElseThrow(AccountErrors::notFound);
        return switch (request.getSubjectCase()) {
            case EMAIL_VERIFICATION_ID ->
                emails.verification(account, UUID.fromString(request.getEmailVerificationId()));
            case PASSWORD_RESET_ID -> emails.reset(account, UUID.fromString(request.getPasswordResetId()));
            case CHANGED_EMAIL_ID -> emails.changeNotice(account, UUID.fromString(request.getChangedEmailId()));
            case SUBJECT_NOT_SET -> Email.notice(account.email());
        };
    }
}
