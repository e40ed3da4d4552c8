package org.aula.notifications.delivery;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.aula.api.auth.v1.AccountStatus;
import org.aula.api.auth.v1.AccountStatusChanged;
import org.aula.api.auth.v1.EmailChanged;
import org.aula.api.auth.v1.EmailVerificationRequested;
import org.aula.api.auth.v1.PasswordChanged;
import org.aula.api.auth.v1.PasswordResetRequested;
import org.aula.api.auth.v1.RefreshTokenReused;
import org.aula.api.auth.v1.RegistrationRepeated;
import org.aula.api.auth.v1.SecondFactorDisabled;
import org.aula.api.auth.v1.SecondFactorEnabled;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.kernel.events.EventConsumer;
import org.aula.kernel.postgres.Session;
import org.aula.kernel.time.Times;
import org.aula.notifications.email.EmailKind;
import org.jspecify.annotations.Nullable;

/// Puts an email into the queue for what `auth` says that people should hear of. The event's id is the
/// email's, so that an event that comes twice makes one. While MongoDB is unavailable events wait.
@Singleton
final class AccountEventsConsumer implements EventConsumer {

    private final DeliveryStore queue;
    private final EmailWorker emailWorker;
    private final Clock clock;

    AccountEventsConsumer(DeliveryStore queue, EmailWorker emailWorker, Clock clock) {
        this.queue = queue;
        this.emailWorker = emailWorker;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "notifications.emails";
    }

    @Override
    public List<Subscription<?>> subscriptions() {
        return List.of(
                new Subscription<>(
                        EmailVerificationRequested.getDefaultInstance(),
                        (event, envelope) -> add(
                                envelope,
                                EmailKind.EMAIL_VERIFICATION_REQUESTED,
                                event.getUserId(),
                                event.getEmailVerificationId())),
                new Subscription<>(
                        PasswordResetRequested.getDefaultInstance(),
                        (event, envelope) -> add(
                                envelope,
                                EmailKind.PASSWORD_RESET_REQUESTED,
                                event.getUserId(),
                                event.getPasswordResetId())),
                new Subscription<>(
                        EmailChanged.getDefaultInstance(),
                        (event, envelope) ->
                                add(envelope, EmailKind.EMAIL_CHANGED, event.getUserId(), event.getChangedEmailId())),
                new Subscription<>(
                        PasswordChanged.getDefaultInstance(),
                        (event, envelope) -> notice(envelope, EmailKind.PASSWORD_CHANGED, event.getUserId())),
                new Subscription<>(
                        SecondFactorEnabled.getDefaultInstance(),
                        (event, envelope) -> notice(envelope, EmailKind.SECOND_FACTOR_ENABLED, event.getUserId())),
                new Subscription<>(
                        SecondFactorDisabled.getDefaultInstance(),
                        (event, envelope) -> notice(envelope, EmailKind.SECOND_FACTOR_DISABLED, event.getUserId())),
                new Subscription<>(
                        RefreshTokenReused.getDefaultInstance(),
                        (event, envelope) -> notice(envelope, EmailKind.REFRESH_TOKEN_REUSED, event.getUserId())),
                new Subscription<>(
                        RegistrationRepeated.getDefaultInstance(),
                        (event, envelope) -> notice(envelope, EmailKind.REGISTRATION_REPEATED, event.getUserId())),
                new Subscription<>(AccountStatusChanged.getDefaultInstance(), this::statusChanged));
    }

    /// Only a suspension and its end are news to the person.
    private void statusChanged(AccountStatusChanged event, EventEnvelope envelope) {
        if (event.getStatus() == AccountStatus.ACCOUNT_STATUS_SUSPENDED) {
            notice(envelope, EmailKind.ACCOUNT_SUSPENDED, event.getUserId());
        } else if (event.getStatus() == AccountStatus.ACCOUNT_STATUS_ACTIVE
                && event.getPreviousStatus() == AccountStatus.ACCOUNT_STATUS_SUSPENDED) {
            notice(envelope, EmailKind.ACCOUNT_REACTIVATED, event.getUserId());
        }
    }

    private void notice(EventEnvelope envelope, EmailKind kind, String userId) {
        add(envelope, kind, userId, null);
    }

    private void add(EventEnvelope envelope, EmailKind kind, String userId, @Nullable String subjectId) {
        queue.add(Delivery.queued(
                UUID.fromString(envelope.getEventId()),
                UUID.fromString(userId),
                kind.code(),
                subjectId == null ? null : UUID.fromString(subjectId),
                Times.instant(envelope.getOccurredAt()),
                clock.instant()));
        Session.current().afterCommit(emailWorker::wake);
    }
}
