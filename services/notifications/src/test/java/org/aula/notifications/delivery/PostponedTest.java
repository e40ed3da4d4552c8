package org.aula.notifications.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.aula.api.auth.v1.PasswordChanged;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.TestPlatform;
import org.aula.notifications.StandInAuth;
import org.aula.notifications.smtp.ScriptedMailServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Emails whose time has not come, by a clock that the test moves.
class PostponedTest {

    private static final StandInAuth AUTH = new StandInAuth();
    private static final ScriptedMailServer MAIL = new ScriptedMailServer();
    private static final PinnedClock CLOCK = new PinnedClock();

    /// Longer than the pause between two looks at the queue.
    private static final Duration A_LOOK = Duration.ofMillis(2_500);

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("users", "notifications")
            .at(CLOCK)
            .setting("AUTH_TARGET", AUTH.target())
            .setting("SMTP_URL", MAIL.url());

    private static final Queue QUEUE = new Queue(platform);

    @BeforeEach
    void begin() {
        QUEUE.empty();
        MAIL.answerAll();
    }

    @AfterAll
    static void close() throws IOException {
        AUTH.close();
        MAIL.close();
    }

    @Test
    void anEmailThatWasPutOffGoesOutWhenItsTimeHasCome() throws Exception {
        var user = UUID.randomUUID();
        var id = putOff(user);
        var email = QUEUE.find(id);
        assertThat(email.lastError()).isEqualTo("450 4.2.1");
        assertThat(email.attempts()).isEqualTo(1);
        assertThat(email.nextAttemptAt())
                .isBetween(CLOCK.instant().plusSeconds(4), CLOCK.instant().plusSeconds(6));
        MAIL.answerAll();
        Thread.sleep(A_LOOK);
        assertThat(MAIL.takenFor(StandInAuth.address(user))).isEmpty();

        CLOCK.advance(Duration.ofSeconds(6));

        QUEUE.awaitState(id, Delivery.State.SENT);
        assertThat(QUEUE.find(id).attempts()).isEqualTo(2);
        assertThat(MAIL.takenFor(StandInAuth.address(user))).hasSize(1);
    }

    @Test
    void anEmailIsGivenUpAfterThreeDays() throws Exception {
        var id = putOff(UUID.randomUUID());

        CLOCK.advance(Duration.ofDays(3));

        QUEUE.awaitState(id, Delivery.State.FAILED);
        assertThat(QUEUE.find(id).lastError()).isEqualTo("450 4.2.1");
    }

    @Test
    void anEmailWhoseWorkerDiedIsSentWhenItsLeaseIsOver() throws Exception {
        var user = UUID.randomUUID();
        var email = QUEUE.add(user, Delivery.State.SENDING, CLOCK.instant().plus(Duration.ofMinutes(2)), "dead-worker");
        Thread.sleep(A_LOOK);
        assertThat(MAIL.takenFor(StandInAuth.address(user))).isEmpty();

        CLOCK.advance(Duration.ofMinutes(2));

        QUEUE.awaitState(email.id(), Delivery.State.SENT);
        assertThat(MAIL.takenFor(StandInAuth.address(user))).hasSize(1);
    }

    @Test
    void aWorkerThatTookTooLongNoLongerHasItsEmail() {
        var now = CLOCK.instant();
        // Far ahead, so that nobody else looks for it.
        var email = QUEUE.add(UUID.randomUUID(), Delivery.State.QUEUED, now.plus(Duration.ofDays(9)), "");
        var store = QUEUE.store();
        var slow = store.claim(now.plus(Duration.ofDays(9)), now.plus(Duration.ofDays(10)))
                .orElseThrow();
        assertThat(store.claim(now.plus(Duration.ofDays(9)), now.plus(Duration.ofDays(10))))
                .isEmpty();
        var quick = store.claim(now.plus(Duration.ofDays(10)), now.plus(Duration.ofDays(11)))
                .orElseThrow();

        assertThat(List.of(slow.id(), quick.id())).containsOnly(email.id());
        assertThat(store.replaceLeased(slow, slow.begun(now.plus(Duration.ofDays(12)))))
                .isFalse();
        var begun = quick.begun(now.plus(Duration.ofDays(12)));
        assertThat(store.replaceLeased(quick, begun)).isTrue();
        assertThat(QUEUE.find(email.id())).isEqualTo(begun);
    }

    /// An email that the mail server does not take now.
    private static UUID putOff(UUID user) throws Exception {
        MAIL.answer("RCPT", "450 4.2.1 <x@test.example> is busy");
        var id = StandInAuth.publish(
                PasswordChanged.newBuilder().setUserId(user.toString()).build());
        org.aula.kernel.testing.Await.until(
                "the email is put off",
                () -> QUEUE.store()
                        .find(id)
                        .filter(email -> email.failures() == 1)
                        .isPresent());
        return id;
    }
}
