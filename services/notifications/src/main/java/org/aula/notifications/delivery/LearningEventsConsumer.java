package org.aula.notifications.delivery;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.api.enrollments.v1.CertificateIssued;
import org.aula.api.enrollments.v1.WaitlistOffered;
import org.aula.kernel.events.EventConsumer;
import org.aula.kernel.time.Times;
import org.aula.notifications.email.EmailKind;
import org.jdbi.v3.core.Handle;

/// Puts an email into the queue for what `enrollments` says that learners should hear of, as
/// [AccountEventsConsumer] does for `auth`.
@Singleton
final class LearningEventsConsumer implements EventConsumer {

    private final DeliveryStore queue;
    private final EmailWorker postman;
    private final Clock clock;

    LearningEventsConsumer(DeliveryStore queue, EmailWorker postman, Clock clock) {
        this.queue = queue;
        this.postman = postman;
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
                        (handle, event, envelope) -> add(
                                handle,
                                envelope,
                                EmailKind.WAITLIST_OFFERED,
                                event.getUserId(),
                                event.getWaitlistEntryId())),
                new Subscription<>(
                        CertificateIssued.getDefaultInstance(),
                        (handle, event, envelope) -> add(
                                handle,
                                envelope,
                                EmailKind.CERTIFICATE_ISSUED,
                                event.getUserId(),
                                event.getCertificateId())));
    }

    private void add(Handle handle, EventEnvelope envelope, EmailKind kind, String userId, String subjectId) {
        queue.add(Delivery.queued(
                UUID.fromString(envelope.getEventId()),
                UUID.fromString(userId),
                kind.code(),
                UUID.fromString(subjectId),
                Times.instant(envelope.getOccurredAt()),
                clock.instant()));
        handle.afterCommit(postman::wake);
    }
}
