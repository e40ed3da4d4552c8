package org.aula.notifications.delivery;

import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.MailServiceGrpc;
import org.aula.api.auth.v1.PrepareMailRequest;
import org.aula.api.auth.v1.PrepareMailResponse;
import org.aula.kernel.client.Calls;
import org.aula.kernel.client.Channels;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.UpstreamException;
import org.aula.kernel.time.Times;
import org.aula.notifications.email.EmailKind;
import org.aula.notifications.email.Facts;

/// Asks `auth` for the address of an email, and for the link of one about an account.
@Singleton
final class AddressClient {

    private static final Set<String> GONE = Set.of(
            Errors.name(ErrorReason.ERROR_REASON_MAIL_OBSOLETE),
            Errors.name(ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND));

    private final Channels channels;
    private final LearningFacts learning;

    AddressClient(Channels channels, LearningFacts learning) {
        this.channels = channels;
        this.learning = learning;
    }

    Address prepare(EmailKind kind, Delivery delivery) {
        return switch (kind.about()) {
            case EMAIL_VERIFICATION, PASSWORD_RESET, CHANGED_EMAIL, ACCOUNT ->
                ask(
                        kind,
                        delivery,
                        answer -> Facts.ofAccount(
                                delivery.createdAt(),
                                answer.getLink(),
                                answer.hasExpireTime() ? Times.instant(answer.getExpireTime()) : null));
            case WAITLIST_OFFER, CERTIFICATE -> prepareLearning(kind, delivery);
        };
    }

    /// Mails about an account go out whatever the person wants to hear of, those about learning do not.
    private Address prepareLearning(EmailKind kind, Delivery delivery) {
        return learning.find(kind, delivery)
                .map(found -> found.wanted()
                        ? ask(kind, delivery, answer -> found.facts())
                        : new Address.Gone(LearningFacts.SWITCHED_OFF))
                .orElseGet(() -> new Address.Gone(LearningFacts.OVER));
    }

    private Address ask(EmailKind kind, Delivery delivery, Function<PrepareMailResponse, Facts> facts) {
        try {
            var stub = MailServiceGrpc.newFutureStub(channels.channel("auth"));
            var answer = Calls.await("auth", stub.prepareMail(request(kind, delivery)));
            return new Address.Known(answer.getEmail(), facts.apply(answer));
        } catch (UpstreamException refused) {
            var reason = refused.reason();
            if (reason != null && GONE.contains(reason)) {
                return new Address.Gone(reason);
            }
            throw refused;
        }
    }

    private static PrepareMailRequest request(EmailKind kind, Delivery delivery) {
        var request =
                PrepareMailRequest.newBuilder().setUserId(delivery.userId().toString());
        switch (kind.about()) {
            case EMAIL_VERIFICATION ->
                request.setEmailVerificationId(subject(delivery).toString());
            case PASSWORD_RESET -> request.setPasswordResetId(subject(delivery).toString());
            case CHANGED_EMAIL -> request.setChangedEmailId(subject(delivery).toString());
            case ACCOUNT, WAITLIST_OFFER, CERTIFICATE -> {
                // The account's own address.
            }
        }
        return request.build();
    }

    private static UUID subject(Delivery delivery) {
        return Objects.requireNonNull(delivery.subjectId(), "what the email is about");
    }
}
