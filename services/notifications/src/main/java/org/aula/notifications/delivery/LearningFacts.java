package org.aula.notifications.delivery;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.settings.Settings;
import org.aula.notifications.email.EmailKind;
import org.aula.notifications.email.Facts;

/// What emails about learning tell, as it is when they go out.
@Singleton
final class LearningFacts {

    /// Why an email is dropped: the offer was taken, declined or is past its time, or the certificate was
    /// taken back.
    static final String OVER = "OVER";

    /// Why an email is dropped: the person wants none of its kind.
    static final String SWITCHED_OFF = "SWITCHED_OFF";

    private final LearningRepository learning;
    private final Database database;
    private final LinkSettings paths;
    private final Clock clock;
    private final String base;

    LearningFacts(LearningRepository learning, Database database, LinkSettings paths, Clock clock, Settings settings) {
        this.learning = learning;
        this.database = database;
        this.paths = paths;
        this.clock = clock;
        this.base = settings.publicUrl();
    }

    /// What an email tells.
    ///
    /// @param wanted whether the person has left mails about courses switched on
    record Found(Facts facts, boolean wanted) {}

    /// Empty when there is nothing to tell any more.
    Optional<Found> find(EmailKind kind, Delivery delivery) {
        var id = Objects.requireNonNull(delivery.subjectId(), "what the email is about");
        return switch (kind.about()) {
            case WAITLIST_OFFER -> offer(id, delivery);
            case CERTIFICATE -> certificate(id, delivery);
            case EMAIL_VERIFICATION, PASSWORD_RESET, CHANGED_EMAIL, ACCOUNT ->
                throw new IllegalArgumentException(kind + " is about an account");
        };
    }

    private Optional<Found> offer(UUID id, Delivery delivery) {
        return database.query(() -> learning.findOffer(id, delivery.userId(), clock.instant()))
                .map(offer -> new Found(
                        new Facts(
                                delivery.createdAt(),
                                base + paths.waitlistOffer().replace("{entry}", id.toString()),
                                offer.expiresAt(),
                                offer.courseTitle(),
                                ""),
                        offer.wanted()));
    }

    private Optional<Found> certificate(UUID id, Delivery delivery) {
        return database.query(() -> learning.findCertificate(id, delivery.userId(), clock.instant()))
                .map(issued -> new Found(
                        new Facts(
                                delivery.createdAt(),
                                base + paths.certificate().replace("{number}", issued.number()),
                                issued.expiresAt(),
                                issued.courseTitle(),
                                issued.number()),
                        issued.wanted()));
    }
}
