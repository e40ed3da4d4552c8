package org.aula.notifications.delivery;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.api.enrollments.v1.CertificateIssued;
import org.aula.api.enrollments.v1.WaitlistOffered;
import org.aula.kernel.events.EventConsumer;
import org.aula.kernel.postgres.Session;
import org.aula.kernel.time.Times;
import org.aula.notifications.email.EmailKind;

/// Puts an email into the queue for what `enrollments` says that learners should hear of, as
/// [AccountEventsConsumer] does for `auth`.
@Singleton
final class LearningEventsConsumer implements EventConsumer {

    private final DeliveryStore queue;
    private final EmailWorker emailWorker;
    private final Clock clock;

    LearningEventsConsumer(DeliveryStore queue, EmailWorker emailWorker, Clock clock) {
        this.queue = queue;
        this.emailWorker = emailWorker;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "notifications.learning";
    }

    @Override
    public List<Subscription<?>> subscriptions() {
        return List.of(
                new Subscription<>(
                        WaitlistOffered.getDefaultInstance(),
                        (event, envelope) -> add(
                                envelope, EmailKind.WAITLIST_OFFERED, event.getUserId(), event.getWaitlistEntryId())),
                new Subscription<>(
                        CertificateIssued.getDefaultInstance(),
                        (event, envelope) -> add(
                                envelope, EmailKind.CERTIFICATE_ISSUED, event.getUserId(), event.getCertificateId())));
    }

    private void add(EventEnvelope envelope, EmailKind kind, String userId, String subjectId) {
        queue.add(Delivery.queued(
                UUID.fromString(envelope.getEventId()),
                UUID.fromString(userId),
                kind.code(),
                UUID.fromString(subjectId),
                Times.instant(envelope.getOccurredAt()),
                clock.instant()));
        Session.current().afterCommit(emailWorker::wake);
    }
}
