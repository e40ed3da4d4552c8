package org.aula.notifications.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.Message;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.aula.api.auth.v1.PasswordChanged;
import org.aula.api.enrollments.v1.CertificateIssued;
import org.aula.api.enrollments.v1.WaitlistOffered;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestEngines;
import org.aula.kernel.testing.TestPlatform;
import org.aula.notifications.StandInAuth;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What learners are written of offers and certificates, from the event to the mail in the local mail
/// server.
class LearningEmailsTest {

    private static final StandInAuth AUTH = new StandInAuth();
    private static final Instant LATER = Instant.parse("2030-05-02T12:00:00Z");

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("users", "notifications")
            .setting("AUTH_TARGET", AUTH.target())
            .setting("PUBLIC_URL", "https://learn.example/");

    private static final Queue QUEUE = new Queue(platform);

    @BeforeAll
    static void begin() {
        assumeTrue(
                TestEngines.forServices().containsKey("MAIL_API_URL"),
                "mail goes to a server of one's own, which these tests cannot read");
        QUEUE.empty();
    }

    @AfterAll
    static void close() {
        AUTH.close();
    }

    @Test
    void anOfferReachesTheLearnerWithItsEndAndALink() throws Exception {
        var learner = Mailbox.user(platform, "José", "es-MX", "America/Mexico_City");
        var entry = offer(learner, "OFFERED", LATER);

        var id = publish(offered(learner, entry));
        QUEUE.awaitState(id, Delivery.State.SENT);

        var mail = Mailbox.only(StandInAuth.address(learner));
        assertThat(mail.getSubject()).isEqualTo("Te guardamos una plaza");
        var parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getBodyPart(0).getContent().toString())
                .contains("Hola, José:", "«Graphs & <trees>»", "2 de mayo de 2030", "(America/Mexico_City)")
                .contains("https://learn.example/waitlist-offer?entry=" + entry);
        assertThat(parts.getBodyPart(1).getContent().toString())
                .contains("Graphs &amp; &lt;trees&gt;")
                .doesNotContain("<trees>");
    }

    @Test
    void aCertificateReachesTheLearnerWithItsNumberAndItsPublicPage() throws Exception {
        var learner = Mailbox.user(platform, "Ada", "en", "UTC");
        var certificate = certificate(learner, "7K2MQ9XD3TVB0HRE", null);
        var limited = certificate(learner, "7K2MQ9XD3TVB0HRF", LATER);

        QUEUE.awaitState(publish(issued(learner, certificate)), Delivery.State.SENT);

        var mail = Mailbox.only(StandInAuth.address(learner));
        assertThat(mail.getSubject()).isEqualTo("Your certificate is ready");
        var text =
                ((MimeMultipart) mail.getContent()).getBodyPart(0).getContent().toString();
        assertThat(text)
                .contains("Hello Ada,", "“Graphs”", "the number 7K2M-Q9XD-3TVB-0HRE.")
                .contains("https://learn.example/certificates/7K2M-Q9XD-3TVB-0HRE")
                .doesNotContain("It holds until");
        QUEUE.awaitState(publish(issued(learner, limited)), Delivery.State.SENT);
        assertThat(Mailbox.of(StandInAuth.address(learner)))
                .anySatisfy(second -> assertThat(((MimeMultipart) second.getContent())
                                .getBodyPart(0)
                                .getContent()
                                .toString())
                        .contains("It holds until May 2, 2030"));
    }

    @Test
    void anEventThatComesTwiceMakesOneEmailAndNeitherQueueNorLogTellsOfWhat() throws Exception {
        var learner = Mailbox.user(platform, "Ada", "en", "UTC");
        var certificate = certificate(learner, "7K2MQ9XD3TVB0HRG", null);
        var id = publish(issued(learner, certificate));
        QUEUE.awaitState(id, Delivery.State.SENT);

        StandInAuth.publish("enrollments", id, issued(learner, certificate));
        var next = publish(issued(learner, certificate));
        QUEUE.awaitState(next, Delivery.State.SENT);

        assertThat(Mailbox.of(StandInAuth.address(learner))).hasSize(2);
        assertThat(QUEUE.find(id).attempts()).isEqualTo(1);
        Await.until("the log is written", () -> !QUEUE.logs(id).isEmpty());
        assertThat(QUEUE.json(id) + QUEUE.logs(id).getFirst().toJson())
                .contains(certificate.toString())
                .doesNotContain("7K2M", "Graphs", "Ada", "test.example", "learn.example");
    }

    @Test
    void whatIsOverByThenIsNotWrittenOf() throws Exception {
        var learner = Mailbox.user(platform, "Ada", "en", "UTC");
        var revoked = certificate(learner, "7K2MQ9XD3TVB0HRH", null);
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE enrollments.certificates SET revoked_at = now(), revocation_reason = 'x' WHERE id = ?",
                        revoked));
        var others = offer(Mailbox.user(platform, "Eve", "en", "UTC"), "OFFERED", LATER);
        var events = new Message[] {
            offered(learner, offer(learner, "ACCEPTED", LATER)),
            offered(learner, offer(learner, "LAPSED", LATER)),
            offered(learner, offer(learner, "OFFERED", Instant.now().minus(Duration.ofMinutes(1)))),
            offered(learner, others),
            offered(learner, UUID.randomUUID()),
            issued(learner, revoked),
            issued(learner, UUID.randomUUID())
        };

        for (var event : events) {
            var id = publish(event);
            QUEUE.awaitState(id, Delivery.State.DROPPED);
            assertThat(QUEUE.find(id).lastError()).isEqualTo("OVER");
        }

        assertThat(Mailbox.of(StandInAuth.address(learner))).isEmpty();
    }

    @Test
    void whoeverSwitchedMailsAboutCoursesOffIsNotWrittenToUntilTheyAreOnAgain() throws Exception {
        var learner = Mailbox.user(platform, "Ada", "en", "UTC");
        var entry = offer(learner, "OFFERED", LATER);
        wants(learner, false);

        for (var event :
                new Message[] {offered(learner, entry), issued(learner, certificate(learner, "7K2MQ9XD3TVB0HRJ", null))
                }) {
            var id = publish(event);
            QUEUE.awaitState(id, Delivery.State.DROPPED);
            assertThat(QUEUE.find(id).lastError()).isEqualTo("SWITCHED_OFF");
        }
        assertThat(Mailbox.of(StandInAuth.address(learner))).isEmpty();
        var aboutTheAccount = StandInAuth.publish(
                PasswordChanged.newBuilder().setUserId(learner.toString()).build());
        QUEUE.awaitState(aboutTheAccount, Delivery.State.SENT);

        wants(learner, true);
        QUEUE.awaitState(publish(offered(learner, entry)), Delivery.State.SENT);
    }

    @Test
    void whoeverHasNoAccountAnyMoreIsNotWrittenTo() throws Exception {
        var learner = Mailbox.user(platform, "Ada", "en", "UTC");
        var entry = offer(learner, "OFFERED", LATER);
        AUTH.removeAccount(learner);

        var id = publish(offered(learner, entry));

        QUEUE.awaitState(id, Delivery.State.DROPPED);
        assertThat(QUEUE.find(id).lastError()).isEqualTo("ACCOUNT_NOT_FOUND");
    }

    private static void wants(UUID learner, boolean mails) {
        platform.superuser().useHandle(handle -> handle.execute("""
                        INSERT INTO users.user_preferences (user_id, email_notifications) VALUES (?, ?)
                        ON CONFLICT (user_id) DO UPDATE SET email_notifications = excluded.email_notifications
                        """, learner, mails));
    }

    private static UUID publish(Message event) {
        var id = UuidCreator.getTimeOrderedEpoch();
        StandInAuth.publish("enrollments", id, event);
        return id;
    }

    private static WaitlistOffered offered(UUID learner, UUID entry) {
        return WaitlistOffered.newBuilder()
                .setUserId(learner.toString())
                .setWaitlistEntryId(entry.toString())
                .build();
    }

    private static CertificateIssued issued(UUID learner, UUID certificate) {
        return CertificateIssued.newBuilder()
                .setUserId(learner.toString())
                .setCertificateId(certificate.toString())
                .build();
    }

    private static UUID course() {
        var id = UuidCreator.getTimeOrderedEpoch();
        var instructor = platform.account();
        platform.superuser().useHandle(handle -> handle.execute("""
                        INSERT INTO courses.courses (
                            id, instructor_id, title, slug, price_minor, status, published_at)
                        VALUES (?, ?, 'Graphs & <trees>', ?, 0, 'PUBLISHED', now())
                        """, id, instructor, "course-" + id));
        return id;
    }

    private static UUID offer(UUID learner, String state, Instant until) {
        var id = UuidCreator.getTimeOrderedEpoch();
        var course = course();
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("""
                        INSERT INTO enrollments.waitlist_entries (
                            id, course_id, user_id, place, state, created_at, offered_at, offer_expires_at, updated_at)
                        VALUES (:id, :course, :learner, 1, :state, now(), now(), :until, now())
                        """)
                        .bind("id", id)
                        .bind("course", course)
                        .bind("learner", learner)
                        .bind("state", state)
                        .bind("until", until)
                        .execute());
        return id;
    }

    private static UUID certificate(UUID learner, String number, @Nullable Instant until) {
        var id = UuidCreator.getTimeOrderedEpoch();
        var course = course();
        platform.superuser().useTransaction(handle -> {
            handle.execute("""
                    INSERT INTO enrollments.enrollments (id, user_id, course_id, status, source)
                    VALUES (?, ?, ?, 'COMPLETED', 'FREE')
                    """, id, learner, course);
            handle.createUpdate("""
                            INSERT INTO enrollments.certificates (
                                id, number, enrollment_id, user_id, course_id, learner_name, course_title, issued_at,
                                expires_at)
                            VALUES (:id, :number, :id, :learner, :course, 'Ada Lovelace', 'Graphs', now(), :until)
                            """)
                    .bind("id", id)
                    .bind("number", number)
                    .bind("learner", learner)
                    .bind("course", course)
                    .bind("until", until)
                    .execute();
        });
        return id;
    }
}
