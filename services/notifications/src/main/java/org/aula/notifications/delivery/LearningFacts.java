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

    /// Whether the person has switched mails about courses off; asked when an email goes out.
    boolean isSwitchedOff(Delivery delivery) {
        return database.query(() -> learning.isSwitchedOff(delivery.userId()));
    }

    /// Empty when there is nothing to tell any more.
    Optional<Facts> find(EmailKind kind, Delivery delivery) {
        var id = Objects.requireNonNull(delivery.subjectId(), "what the email is about");
        return switch (kind.about()) {
            case WAITLIST_OFFER -> offer(id, delivery);
            case CERTIFICATE -> certificate(id, delivery);
            case EMAIL_VERIFICATION, PASSWORD_RESET, CHANGED_EMAIL, ACCOUNT ->
                throw new IllegalArgumentException(kind + " is about an account");
        };
    }

    private Optional<Facts> offer(UUID id, Delivery delivery) {
        return database.query(() -> learning.findOffer(id, delivery.userId(), clock.instant()))
                .map(offer -> new Facts(
                        delivery.createdAt(),
                        base + paths.waitlistOffer().replace("{entry}", id.toString()),
                        offer.expiresAt(),
                        offer.courseTitle(),
                        ""));
    }

    private Optional<Facts> certificate(UUID id, Delivery delivery) {
        return database.query(() -> learning.findCertificate(id, delivery.userId(), clock.instant()))
                .map(found -> new Facts(
                        delivery.createdAt(),
                        base + paths.certificate().replace("{number}", found.number()),
                        found.expiresAt(),
                        found.courseTitle(),
                        found.number()));
    }
}
