package org.aula.notifications.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.Message;
import jakarta.mail.internet.MimeMultipart;
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
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestEngines;
import org.aula.kernel.testing.TestPlatform;
import org.aula.notifications.StandInAuth;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// From an event to a mail in the local mail server.
class EmailsTest {

    private static final StandInAuth AUTH = new StandInAuth();

    @RegisterExtension
    static final TestPlatform platform =
            TestPlatform.with("users", "notifications").setting("AUTH_TARGET", AUTH.target());

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
    void aVerificationReachesThePersonInTheirLanguageWithItsLink() throws Exception {
        var user = Mailbox.user(platform, "José", "es-MX", "America/Mexico_City");
        var verification = UUID.randomUUID().toString();

        var id = StandInAuth.publish(EmailVerificationRequested.newBuilder()
                .setUserId(user.toString())
                .setEmailVerificationId(verification)
                .build());
        QUEUE.awaitState(id, Delivery.State.SENT);

        var mail = Mailbox.only(StandInAuth.address(user));
        assertThat(mail.getSubject()).isEqualTo("Confirma tu dirección de correo");
        assertThat(mail.getMessageID()).isEqualTo("<" + id + "@aula.example>");
        var parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getBodyPart(0).getContent().toString())
                .contains("Hola, José:")
                .contains(StandInAuth.link(verification))
                .contains("2 de mayo de 2030")
                .contains("(America/Mexico_City)");
        assertThat(parts.getBodyPart(1).getContent().toString())
                .contains("Hola, José:")
                .contains("<a class=\"button\"");
    }

    @Test
    void theQueueAndItsLogsKeepIdsOnly() throws Exception {
        var user = Mailbox.user(platform, "Ada", "en", "UTC");
        var reset = UUID.randomUUID().toString();

        var id = StandInAuth.publish(PasswordResetRequested.newBuilder()
                .setUserId(user.toString())
                .setPasswordResetId(reset)
                .build());
        QUEUE.awaitState(id, Delivery.State.SENT);
        Await.until("the log is written", () -> !QUEUE.logs(id).isEmpty());

        assertThat(QUEUE.logs(id))
                .singleElement()
                .satisfies(log -> assertThat(log)
                        .containsEntry("outcome", "SENT")
                        .containsEntry("kind", "auth.password_reset_requested")
                        .containsEntry("messageId", "<" + id + "@aula.example>")
                        .containsEntry("language", "en")
                        .containsEntry("attempt", 1)
                        .containsEntry("userId", user.toString()));
        assertThat(QUEUE.json(id) + QUEUE.logs(id).getFirst().toJson())
                .doesNotContain("test.example")
                .doesNotContain("token=")
                .doesNotContain("Ada");
        var email = QUEUE.find(id);
        assertThat(email.attempts()).isEqualTo(1);
        assertThat(email.sentAt()).isNotNull();
        assertThat(email.expireAt())
                .isEqualTo(java.util.Objects.requireNonNull(email.sentAt()).plusSeconds(7 * 86_400));
    }

    @Test
    void anEventThatComesTwiceMakesOneEmail() throws Exception {
        var user = Mailbox.user(platform, "Ada", "en", "UTC");
        var event = PasswordChanged.newBuilder().setUserId(user.toString()).build();
        var id = StandInAuth.publish(event);
        QUEUE.awaitState(id, Delivery.State.SENT);

        StandInAuth.publish(id, event);
        QUEUE.store()
                .add(Delivery.queued(
                        id, user, "auth.password_changed", null, java.time.Instant.now(), java.time.Instant.now()));
        var next = StandInAuth.publish(event);
        QUEUE.awaitState(next, Delivery.State.SENT);

        assertThat(Mailbox.of(StandInAuth.address(user))).hasSize(2);
        assertThat(QUEUE.find(id).attempts()).isEqualTo(1);
    }

    @Test
    void somebodyWithoutAUserIsWrittenToWithoutAName() throws Exception {
        var user = UUID.randomUUID();

        var id = StandInAuth.publish(
                SecondFactorEnabled.newBuilder().setUserId(user.toString()).build());
        QUEUE.awaitState(id, Delivery.State.SENT);

        var parts = (MimeMultipart) Mailbox.only(StandInAuth.address(user)).getContent();
        assertThat(parts.getBodyPart(0).getContent().toString()).startsWith("Hello,");
    }

    @Test
    void everyEventHasItsEmail() throws Exception {
        var user = Mailbox.user(platform, "Ada", "en", "UTC");
        var id = user.toString();
        var changed = UUID.randomUUID().toString();
        AUTH.formerAddress(changed, "former-" + StandInAuth.address(user));
        List<Message> events = List.of(
                EmailChanged.newBuilder()
                        .setUserId(id)
                        .setChangedEmailId(changed)
                        .build(),
                PasswordChanged.newBuilder().setUserId(id).build(),
                SecondFactorEnabled.newBuilder().setUserId(id).build(),
                SecondFactorDisabled.newBuilder().setUserId(id).build(),
                RefreshTokenReused.newBuilder()
                        .setUserId(id)
                        .setSessionId(UUID.randomUUID().toString())
                        .build(),
                RegistrationRepeated.newBuilder().setUserId(id).build(),
                status(id, AccountStatus.ACCOUNT_STATUS_ACTIVE, AccountStatus.ACCOUNT_STATUS_SUSPENDED),
                status(id, AccountStatus.ACCOUNT_STATUS_SUSPENDED, AccountStatus.ACCOUNT_STATUS_ACTIVE));
        var silent = List.of(
                status(id, AccountStatus.ACCOUNT_STATUS_PENDING_VERIFICATION, AccountStatus.ACCOUNT_STATUS_ACTIVE),
                status(id, AccountStatus.ACCOUNT_STATUS_ACTIVE, AccountStatus.ACCOUNT_STATUS_INACTIVE),
                status(id, AccountStatus.ACCOUNT_STATUS_SUSPENDED, AccountStatus.ACCOUNT_STATUS_INACTIVE));
        silent.forEach(StandInAuth::publish);

        for (var event : events) {
            QUEUE.awaitState(StandInAuth.publish(event), Delivery.State.SENT);
        }

        assertThat(QUEUE.store().list(null, user, null, 50))
                .extracting(Delivery::kind)
                .containsExactly(
                        "auth.account_reactivated",
                        "auth.account_suspended",
                        "auth.registration_repeated",
                        "auth.refresh_token_reused",
                        "auth.second_factor_disabled",
                        "auth.second_factor_enabled",
                        "auth.password_changed",
                        "auth.email_changed");
        assertThat(Mailbox.only("former-" + StandInAuth.address(user)).getSubject())
                .isEqualTo("Your e-mail address was changed");
        assertThat(Mailbox.of(StandInAuth.address(user))).hasSize(7);
    }

    @Test
    void anEmailThatHasNothingToSayAnyMoreIsDropped() throws Exception {
        var user = Mailbox.user(platform, "Ada", "en", "UTC");
        var used = UUID.randomUUID().toString();
        AUTH.makeObsolete(used);
        var stranger = UUID.randomUUID();
        AUTH.removeAccount(stranger);

        var obsolete = StandInAuth.publish(PasswordResetRequested.newBuilder()
                .setUserId(user.toString())
                .setPasswordResetId(used)
                .build());
        var gone = StandInAuth.publish(
                PasswordChanged.newBuilder().setUserId(stranger.toString()).build());
        QUEUE.awaitState(obsolete, Delivery.State.DROPPED);
        QUEUE.awaitState(gone, Delivery.State.DROPPED);

        assertThat(QUEUE.find(obsolete).lastError()).isEqualTo("MAIL_OBSOLETE");
        assertThat(QUEUE.find(gone).lastError()).isEqualTo("ACCOUNT_NOT_FOUND");
        assertThat(Mailbox.of(StandInAuth.address(user))).isEmpty();
        Await.untilHolds(() -> assertThat(QUEUE.logs(obsolete))
                .extracting(log -> log.get("outcome"))
                .containsExactly("DROPPED"));
    }

    @Test
    void whileAuthIsAwayEmailsWait() throws Exception {
        var user = Mailbox.user(platform, "Ada", "en", "UTC");
        AUTH.leave();

        var id = StandInAuth.publish(
                PasswordChanged.newBuilder().setUserId(user.toString()).build());
        Await.until(
                "the email waits for auth",
                () -> QUEUE.store()
                        .find(id)
                        .filter(email -> email.lastError().equals("auth away"))
                        .isPresent());
        assertThat(QUEUE.find(id).state()).isIn(Delivery.State.QUEUED, Delivery.State.SENDING);
        AUTH.comeBack();

        QUEUE.awaitState(id, Delivery.State.SENT);
        assertThat(QUEUE.find(id).attempts()).isEqualTo(1);
        assertThat(QUEUE.find(id).failures()).isZero();
    }

    private static AccountStatusChanged status(String userId, AccountStatus before, AccountStatus after) {
        return AccountStatusChanged.newBuilder()
                .setUserId(userId)
                .setPreviousStatus(before)
                .setStatus(after)
                .build();
    }
}
