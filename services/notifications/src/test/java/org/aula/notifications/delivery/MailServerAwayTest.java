package org.aula.notifications.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.aula.api.auth.v1.PasswordChanged;
import org.aula.kernel.service.ServiceProcess;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestEngines;
import org.aula.kernel.testing.TestPlatform;
import org.aula.notifications.StandInAuth;
import org.aula.notifications.smtp.ScriptedMailServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A mail server that goes, comes back, breaks off and refuses; and more than one sender.
class MailServerAwayTest {

    private static final StandInAuth AUTH = new StandInAuth();
    private static final ScriptedMailServer MAIL = new ScriptedMailServer();
    private static final String USERS = "inprocess:users-" + UUID.randomUUID();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("users", "notifications")
            .setting("AUTH_TARGET", AUTH.target())
            .setting("USERS_TARGET", USERS)
            .setting("SMTP_URL", MAIL.url());

    private static final Queue QUEUE = new Queue(platform);

    @BeforeEach
    void begin() {
        QUEUE.empty();
        MAIL.comeBack();
        MAIL.answerAll();
    }

    @AfterAll
    static void close() throws IOException {
        AUTH.close();
        MAIL.close();
    }

    @Test
    void emailsWaitAndGoOutOnceWhenItIsBack() throws Exception {
        MAIL.leave();
        var emails = Stream.generate(Email::publish).limit(5).toList();
        Await.until(
                "the first has tried in vain",
                () -> queued(emails).stream()
                        .anyMatch(email -> email.lastError().startsWith("mail server away")));
        assertThat(queued(emails)).allMatch(email -> email.failures() == 0 && email.sentAt() == null);
        MAIL.comeBack();

        awaitSentOnce(emails);
    }

    @Test
    void aMailWhoseAnswerWasLostGoesOutAgainUnderTheSameMessageId() throws Exception {
        MAIL.breakOffAfterTaking(1);

        var email = Email.publish();
        QUEUE.awaitState(email.id(), Delivery.State.SENT);

        assertThat(MAIL.takenFor(email.address()))
                .hasSize(2)
                .extracting(mail -> mail.header("Message-ID"))
                .containsOnly("<" + email.id() + "@aula.example>");
        assertThat(QUEUE.find(email.id()).attempts()).isEqualTo(2);
        Await.untilHolds(() -> assertThat(QUEUE.logs(email.id()))
                .extracting(log -> log.get("outcome"))
                .containsExactly("DEFERRED", "SENT"));
    }

    @Test
    void aRefusedAddressIsGivenUpAtOnceAndOthersGoOn() throws Exception {
        MAIL.answer("RCPT", "550 5.1.1 <x@test.example> unknown");
        var refused = Email.publish();
        QUEUE.awaitState(refused.id(), Delivery.State.FAILED);
        MAIL.answerAll();
        var next = Email.publish();
        QUEUE.awaitState(next.id(), Delivery.State.SENT);

        var email = QUEUE.find(refused.id());
        assertThat(email.lastError()).isEqualTo("550 5.1.1");
        assertThat(email.attempts()).isEqualTo(1);
        assertThat(email.nextAttemptAt()).isNull();
        assertThat(MAIL.takenFor(refused.address())).isEmpty();
        assertThat(QUEUE.logs(refused.id()).getFirst())
                .containsEntry("outcome", "FAILED")
                .containsEntry("error", "550 5.1.1");
    }

    @Test
    void aBurstOfTwoHundredGoesOutOnce() throws Exception {
        awaitSentOnce(Stream.generate(Email::publish).limit(200).toList());
    }

    @Test
    void twoProcessesAtOnceSendEachEmailOnce() throws Exception {
        var environment = new HashMap<>(TestEngines.forServices());
        environment.put("AUTH_TARGET", AUTH.target());
        environment.put("USERS_TARGET", USERS);
        environment.put("SMTP_URL", MAIL.url());
        environment.put("NOTIFICATIONS_TARGET", "inprocess:notifications-" + UUID.randomUUID());
        var second = ServiceProcess.start("notifications", environment);
        try {
            MAIL.leave();
            var emails = Stream.generate(Email::publish).limit(100).toList();
            Await.until("all wait", () -> queued(emails).size() == 100);
            MAIL.comeBack();
            var postmen = List.of(
                    platform.bean("notifications", EmailWorker.class),
                    second.context().getBean(EmailWorker.class));
            var threads = new ArrayList<Thread>();
            for (int turn = 0; turn < 20; turn++) {
                postmen.forEach(emailWorker -> threads.add(Thread.ofVirtual().start(emailWorker::wake)));
            }
            for (var thread : threads) {
                thread.join();
            }

            awaitSentOnce(emails);
        } finally {
            second.close();
        }
    }

    /// An email that an event has asked for.
    private record Email(UUID id, String address) {

        static Email publish() {
            var user = UUID.randomUUID();
            var id = StandInAuth.publish(
                    PasswordChanged.newBuilder().setUserId(user.toString()).build());
            return new Email(id, StandInAuth.address(user));
        }
    }

    /// Those of them that the queue has. Events that other classes left unread may add more at any time.
    private static List<Delivery> queued(List<Email> emails) {
        return emails.stream()
                .flatMap(email -> QUEUE.store().find(email.id()).stream())
                .toList();
    }

    private static void awaitSentOnce(List<Email> emails) throws Exception {
        for (var email : emails) {
            QUEUE.awaitState(email.id(), Delivery.State.SENT);
        }
        assertThat(emails)
                .allSatisfy(email -> assertThat(MAIL.takenFor(email.address())).hasSize(1));
    }
}
