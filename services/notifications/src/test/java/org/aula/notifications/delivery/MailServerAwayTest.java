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
        MAIL.answerAll();
    }

    @AfterAll
    static void close() throws IOException {
        AUTH.close();
        MAIL.close();
    }

    @Test
    void lettersWaitAndGoOutOnceWhenItIsBack() throws Exception {
        MAIL.leave();
        var letters = Stream.generate(Letter::publish).limit(5).toList();
        Await.until(
                "the first has tried in vain",
                () -> QUEUE.store().list(null, null, null, 10).stream()
                        .anyMatch(letter -> letter.lastError().startsWith("mail server away")));
        assertThat(QUEUE.store().list(null, null, null, 10))
                .allMatch(letter -> letter.failures() == 0 && letter.sentAt() == null);
        MAIL.comeBack();

        awaitSentOnce(letters);
    }

    @Test
    void aMailWhoseAnswerWasLostGoesOutAgainUnderTheSameMessageId() throws Exception {
        MAIL.breakOffAfterTaking(1);

        var letter = Letter.publish();
        QUEUE.awaitState(letter.id(), Delivery.State.SENT);

        assertThat(MAIL.takenFor(letter.address()))
                .hasSize(2)
                .extracting(mail -> mail.header("Message-ID"))
                .containsOnly("<" + letter.id() + "@aula.example>");
        assertThat(QUEUE.find(letter.id()).attempts()).isEqualTo(2);
        Await.untilHolds(() -> assertThat(QUEUE.logs(letter.id()))
                .extracting(log -> log.get("outcome"))
                .containsExactly("DEFERRED", "SENT"));
    }

    @Test
    void aRefusedAddressIsGivenUpAtOnceAndOthersGoOn() throws Exception {
        MAIL.answer("RCPT", "550 5.1.1 <x@test.example> unknown");
        var refused = Letter.publish();
        QUEUE.awaitState(refused.id(), Delivery.State.FAILED);
        MAIL.answerAll();
        var next = Letter.publish();
        QUEUE.awaitState(next.id(), Delivery.State.SENT);

        var letter = QUEUE.find(refused.id());
        assertThat(letter.lastError()).isEqualTo("550 5.1.1");
        assertThat(letter.attempts()).isEqualTo(1);
        assertThat(letter.nextAttemptAt()).isNull();
        assertThat(MAIL.takenFor(refused.address())).isEmpty();
        assertThat(QUEUE.logs(refused.id()).getFirst())
                .containsEntry("outcome", "FAILED")
                .containsEntry("error", "550 5.1.1");
    }

    @Test
    void aBurstOfTwoHundredGoesOutOnce() throws Exception {
        awaitSentOnce(Stream.generate(Letter::publish).limit(200).toList());
    }

    @Test
    void twoProcessesAtOnceSendEachLetterOnce() throws Exception {
        var environment = new HashMap<>(TestEngines.forServices());
        environment.put("AUTH_TARGET", AUTH.target());
        environment.put("USERS_TARGET", USERS);
        environment.put("SMTP_URL", MAIL.url());
        environment.put("NOTIFICATIONS_TARGET", "inprocess:notifications-" + UUID.randomUUID());
        var second = ServiceProcess.start("notifications", environment);
        try {
            MAIL.leave();
            var letters = Stream.generate(Letter::publish).limit(100).toList();
            Await.until(
                    "all wait", () -> QUEUE.store().list(null, null, null, 200).size() == 100);
            MAIL.comeBack();
            var postmen = List.of(
                    platform.bean("notifications", Postman.class),
                    second.context().getBean(Postman.class));
            var threads = new ArrayList<Thread>();
            for (int turn = 0; turn < 20; turn++) {
                postmen.forEach(postman -> threads.add(Thread.ofVirtual().start(postman::wake)));
            }
            for (var thread : threads) {
                thread.join();
            }

            awaitSentOnce(letters);
        } finally {
            second.close();
        }
    }

    /// A letter that an event has asked for.
    private record Letter(UUID id, String address) {

        static Letter publish() {
            var user = UUID.randomUUID();
            var id = StandInAuth.publish(
                    PasswordChanged.newBuilder().setUserId(user.toString()).build());
            return new Letter(id, StandInAuth.address(user));
        }
    }

    private static void awaitSentOnce(List<Letter> letters) throws Exception {
        for (var letter : letters) {
            QUEUE.awaitState(letter.id(), Delivery.State.SENT);
        }
        assertThat(letters)
                .allSatisfy(
                        letter -> assertThat(MAIL.takenFor(letter.address())).hasSize(1));
    }
}
