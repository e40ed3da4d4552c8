package org.aula.auth.mail;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.auth.v1.MailServiceHandler;
import org.aula.api.auth.v1.PrepareMailRequest;
import org.aula.api.auth.v1.PrepareMailResponse;
import org.aula.kernel.time.Times;

/// `aula.auth.v1.MailService`.
@Singleton
final class MailGrpcService extends MailServiceHandler {

    private final Emails emails;

    MailGrpcService(Emails emails) {
        this.emails = emails;
    }

    @Override
    protected PrepareMailResponse prepareMail(PrepareMailRequest request) {
        var email = email(UUID.fromString(request.getUserId()), request);
        var response = PrepareMailResponse.newBuilder()
                .setEmail(email.email())
                .setLink(email.link())
                .setToken(email.token());
        if (email.expiresAt() != null) {
            response.setExpireTime(Times.timestamp(email.expiresAt()));
        }
        return response.build();
    }

    private Email email(UUID accountId, PrepareMailRequest request) {
        return switch (request.getSubjectCase()) {
            case EMAIL_VERIFICATION_ID ->
                emails.verification(accountId, UUID.fromString(request.getEmailVerificationId()));
            case PASSWORD_RESET_ID -> emails.reset(accountId, UUID.fromString(request.getPasswordResetId()));
            case CHANGED_EMAIL_ID -> emails.changeNotice(accountId, UUID.fromString(request.getChangedEmailId()));
            case SUBJECT_NOT_SET -> emails.notice(accountId);
        };
    }
}
