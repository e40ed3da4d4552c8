package org.aula.notifications.delivery;

import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.MailServiceGrpc;
import org.aula.api.auth.v1.PrepareMailRequest;
import org.aula.kernel.client.Calls;
import org.aula.kernel.client.Channels;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.UpstreamException;
import org.aula.kernel.time.Times;
import org.aula.notifications.letter.LetterKind;

/// Asks `auth` for the address and the link of a letter.
@Singleton
final class AddressClient {

    private static final Set<String> GONE = Set.of(
            Errors.name(ErrorReason.ERROR_REASON_MAIL_OBSOLETE),
            Errors.name(ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND));

    private final Channels channels;

    AddressClient(Channels channels) {
        this.channels = channels;
    }

    Address prepare(LetterKind kind, Delivery delivery) {
        try {
            var stub = MailServiceGrpc.newFutureStub(channels.channel("auth"));
            var answer = Calls.await("auth", stub.prepareMail(request(kind, delivery)));
            return new Address.Known(
                    answer.getEmail(),
                    answer.getLink(),
                    answer.hasExpireTime() ? Times.instant(answer.getExpireTime()) : null);
        } catch (UpstreamException refused) {
            var reason = refused.reason();
            if (reason != null && GONE.contains(reason)) {
                return new Address.Gone(reason);
            }
            throw refused;
        }
    }

    private static PrepareMailRequest request(LetterKind kind, Delivery delivery) {
        var request =
                PrepareMailRequest.newBuilder().setUserId(delivery.userId().toString());
        switch (kind.about()) {
            case EMAIL_VERIFICATION -> request.setEmailVerificationId(subject(delivery));
            case PASSWORD_RESET -> request.setPasswordResetId(subject(delivery));
            case CHANGED_EMAIL -> request.setChangedEmailId(subject(delivery));
            case ACCOUNT -> {
                // The account's own address.
            }
        }
        return request.build();
    }

    private static String subject(Delivery delivery) {
        UUID id = Objects.requireNonNull(delivery.subjectId(), "what the letter is about");
        return id.toString();
    }
}
