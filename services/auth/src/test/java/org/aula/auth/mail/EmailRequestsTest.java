package org.aula.auth.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.UUID;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.RequestPasswordResetRequest;
import org.aula.auth.Mailbox;
import org.aula.auth.Visitor;
import org.aula.auth.mail.EmailRequestRepository.EmailRequest;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Requests that a crash left, what is forgotten, and limits while Redis is unavailable.
class EmailRequestsTest {

    private static final PinnedClock CLOCK = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform =
            TestPlatform.with("auth").at(CLOCK).setting("REDIS_URL", "redis://127.0.0.1:1");

    private final Visitor visitor = Visitor.of(platform);
    private final Mailbox mailbox = new Mailbox(platform);

    private static void note(EmailKind kind, String email) throws Exception {
        platform.inside("auth", () -> {
            platform.bean("auth", Database.class)
                    .transact(() -> platform.bean("auth", EmailRequestRepository.class)
                            .insert(new EmailRequest(UuidCreator.getTimeOrderedEpoch(), kind, email, CLOCK.instant())));
            return true;
        });
    }

    private static void run(Class<? extends RecurringJob> job) throws Exception {
        platform.inside("auth", () -> {
            platform.bean("auth", job).run();
            return true;
        });
    }

    private int rows(String table) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM auth." + table)
                        .mapTo(Integer.class)
                        .one());
    }

    @Test
    void whatACrashHasLeftIsWorkedOn() throws Exception {
        var account = visitor.stub()
                .register(Visitor.registration(Visitor.uniqueName()).build())
                .getAccount();
        note(EmailKind.EMAIL_VERIFICATION, account.getEmail());
        note(EmailKind.PASSWORD_RESET, account.getEmail());
        note(EmailKind.PASSWORD_RESET, Visitor.uniqueName() + "@test.example");

        run(EmailRequestJob.class);

        assertThat(rows("email_requests")).isZero();
        assertThat(mailbox.count("email_verification_tokens", account.getId())).isEqualTo(1);
        assertThat(mailbox.count("password_reset_tokens", account.getId())).isEqualTo(1);
        assertThat(visitor.events(account.getId())).contains("EmailVerificationRequested", "PasswordResetRequested");
    }

    @Test
    void whatIsOldIsForgotten() throws Exception {
        var account = visitor.stub()
                .register(Visitor.registration(Visitor.uniqueName()).build())
                .getAccount();
        note(EmailKind.EMAIL_VERIFICATION, account.getEmail());
        note(EmailKind.PASSWORD_RESET, account.getEmail());
        run(EmailRequestJob.class);
        platform.superuser()
                .useHandle(handle -> handle.createUpdate(
                                "INSERT INTO auth.email_changes VALUES (:id, :id, 'former@test.example', :now)")
                        .bind("id", UUID.fromString(account.getId()))
                        .bind("now", CLOCK.instant())
                        .execute());
        CLOCK.advance(Duration.ofDays(7));
        run(EmailSweep.class);
        assertThat(rows("email_verification_tokens WHERE account_id = '" + account.getId() + "'"))
                .isEqualTo(1);

        CLOCK.advance(Duration.ofDays(24));
        run(EmailSweep.class);

        for (var table : new String[] {"email_verification_tokens", "password_reset_tokens", "email_changes"}) {
            assertThat(rows(table + " WHERE account_id = '" + account.getId() + "'"))
                    .isZero();
        }
    }

    @Test
    void emailsAreLimitedWhileRedisIsAway() throws Exception {
        var request = RequestPasswordResetRequest.newBuilder()
                .setEmail(Visitor.uniqueName() + "@test.example")
                .build();
        for (int emails = 0; emails < 5; emails++) {
            assertThat(visitor.accounts().requestPasswordReset(request).getSerializedSize())
                    .isZero();
        }

        Refusal.expect(
                Code.RESOURCE_EXHAUSTED,
                ErrorReason.ERROR_REASON_MAIL_LIMITED,
                () -> visitor.accounts().requestPasswordReset(request));
        CLOCK.advance(Duration.ofHours(1));
        assertThat(visitor.accounts().requestPasswordReset(request).getSerializedSize())
                .isZero();
    }
}
