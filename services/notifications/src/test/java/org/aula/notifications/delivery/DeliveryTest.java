package org.aula.notifications.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    private static final Instant NOON = Instant.parse("2026-05-02T12:00:00Z");
    private static final DeliverySettings SETTINGS = new DeliverySettings(
            4,
            Duration.ofMinutes(2),
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2)),
            Duration.ofDays(3),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofDays(7),
            Duration.ofDays(90));

    private static Delivery email() {
        return Delivery.queued(UUID.randomUUID(), UUID.randomUUID(), "auth.password_changed", null, NOON, NOON);
    }

    private static Delivery after(Delivery email, Outcome outcome, Instant now) {
        return email.after(outcome, now, SETTINGS, 1);
    }

    @Test
    void pausesGrowAndTheLastOneGoesOn() {
        var email = email();
        for (var seconds : new int[] {5, 30, 120, 120, 120}) {
            email = after(email, new Outcome.Deferred("450"), NOON);
            assertThat(email.state()).isEqualTo(Delivery.State.QUEUED);
            assertThat(email.nextAttemptAt()).isEqualTo(NOON.plusSeconds(seconds));
            assertThat(email.lastError()).isEqualTo("450");
        }
        assertThat(email.failures()).isEqualTo(5);
    }

    @Test
    void jitterMovesTheNextTry() {
        var email = email().after(new Outcome.Deferred("450"), NOON, SETTINGS, 0.8);

        assertThat(email.nextAttemptAt()).isEqualTo(NOON.plusSeconds(4));
    }

    @Test
    void anAbsenceIsNotHeldAgainstTheEmail() {
        var email = after(after(email(), new Outcome.Deferred("450"), NOON), new Outcome.Away("mail server"), NOON);

        assertThat(email.failures()).isEqualTo(1);
        assertThat(email.nextAttemptAt()).isEqualTo(NOON.plusSeconds(1));
    }

    @Test
    void afterThreeDaysAnEmailIsGivenUpAndKeptForThoseWhoTryItAgain() {
        var almost = NOON.plus(Duration.ofDays(3)).minusSeconds(1);
        assertThat(after(email(), new Outcome.Deferred("450"), almost).state()).isEqualTo(Delivery.State.QUEUED);

        var late = almost.plusSeconds(1);
        var failed = after(email(), new Outcome.Deferred("450"), late);
        assertThat(failed.state()).isEqualTo(Delivery.State.FAILED);
        assertThat(failed.nextAttemptAt()).isNull();
        assertThat(failed.expireAt()).isEqualTo(late.plus(Duration.ofDays(90)));

        var again = failed.retried(late);
        assertThat(again.state()).isEqualTo(Delivery.State.QUEUED);
        assertThat(again.expireAt()).isNull();
        assertThat(again.failures()).isZero();
        assertThat(after(again, new Outcome.Deferred("450"), late.plus(Duration.ofDays(1)))
                        .state())
                .isEqualTo(Delivery.State.QUEUED);
    }

    @Test
    void whatIsOverIsForgottenAfterAWeek() {
        var sent = after(email(), new Outcome.Sent("<id>", "en"), NOON);
        var dropped = after(email(), new Outcome.Dropped("MAIL_OBSOLETE"), NOON);
        var refused = after(email(), new Outcome.Refused("550"), NOON);

        assertThat(sent.sentAt()).isEqualTo(NOON);
        assertThat(List.of(sent, dropped)).allSatisfy(email -> {
            assertThat(email.expireAt()).isEqualTo(NOON.plus(Duration.ofDays(7)));
            assertThat(email.lease()).isNull();
            assertThat(email.nextAttemptAt()).isNull();
        });
        assertThat(dropped.lastError()).isEqualTo("MAIL_OBSOLETE");
        assertThat(refused.state()).isEqualTo(Delivery.State.FAILED);
    }
}
