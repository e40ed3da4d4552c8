package org.aula.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.aula.api.auth.v1.AccountStatus;
import org.aula.api.auth.v1.AccountStatusChanged;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.ResendVerificationRequest;
import org.aula.api.auth.v1.VerifyEmailRequest;
import org.aula.api.auth.v1.VerifyEmailResponse;
import org.aula.api.common.v1.AuditRecorded;
import org.aula.auth.AtOnce;
import org.aula.auth.Mailbox;
import org.aula.auth.Visitor;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmailVerificationTest {

    private static final String TABLE = "email_verification_tokens";
    private static final PinnedClock CLOCK = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth").at(CLOCK);

    private final Visitor visitor = Visitor.of(platform);
    private final Mailbox mailbox = new Mailbox(platform);
    private final String name = Visitor.uniqueName();
    private final String email = name + "@Test.example";

    private String registered() {
        return visitor.stub()
                .register(Visitor.registration(name).build())
                .getAccount()
                .getId();
    }

    private void resend(String address) {
        var answer = visitor.accounts()
                .resendVerification(
                        ResendVerificationRequest.newBuilder().setEmail(address).build());
        assertThat(answer.getSerializedSize()).isZero();
    }

    /// Registers and asks for a verification.
    private String waiting() throws Exception {
        var id = registered();
        resend(email);
        mailbox.await(TABLE, id, 1);
        return id;
    }

    private VerifyEmailResponse verify(String token) {
        return visitor.accounts()
                .verifyEmail(VerifyEmailRequest.newBuilder().setToken(token).build());
    }

    private void expectInvalid(String token) throws Exception {
        Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_LINK_INVALID, () -> verify(token));
    }

    private String status(String id) {
        return visitor.value(String.class, "SELECT status FROM auth.accounts WHERE id = ?", UUID.fromString(id));
    }

    @Test
    void theMailedTokenMakesTheAccountActive() throws Exception {
        var id = waiting();
        var mail = mailbox.verification(id);
        assertThat(mail.getEmail()).isEqualTo(email);

        assertThat(verify(mail.getToken()).getSerializedSize()).isZero();

        assertThat(status(id)).isEqualTo("ACTIVE");
        assertThat(visitor.events(id, AccountStatusChanged.class))
                .containsExactly(AccountStatusChanged.newBuilder()
                        .setUserId(id)
                        .setPreviousStatus(AccountStatus.ACCOUNT_STATUS_PENDING_VERIFICATION)
                        .setStatus(AccountStatus.ACCOUNT_STATUS_ACTIVE)
                        .build());
        var entry = visitor.events(id, AuditRecorded.class).getLast();
        assertThat(entry.getAction()).isEqualTo("account.verify_email");
        assertThat(entry.getChanges(0).getPath()).isEqualTo("status");
        assertThat(entry.getChanges(0).getAfterJson()).isEqualTo("\"ACCOUNT_STATUS_ACTIVE\"");
    }

    @Test
    void aTokenMayComeAgainSinceItsAnswerMayHaveGotLost() throws Exception {
        var id = waiting();
        var token = mailbox.verification(id).getToken();
        var first = verify(token);
        var before = visitor.events(id);

        assertThat(verify(token)).isEqualTo(first);

        assertThat(visitor.events(id)).isEqualTo(before);
        CLOCK.advance(Duration.ofHours(24));
        expectInvalid(token);
    }

    @Test
    void aTokenThatComesManyTimesAtOnceHasItsEffectOnce() throws Exception {
        var id = waiting();
        var token = mailbox.verification(id).getToken();

        var outcomes = AtOnce.outcomes(Collections.nCopies(8, (Callable<?>) () -> verify(token)));

        assertThat(outcomes).containsOnly("OK");
        assertThat(visitor.events(id, AccountStatusChanged.class)).hasSize(1);
    }

    @Test
    void aTokenEndsAfterADay() throws Exception {
        var token = mailbox.verification(waiting()).getToken();
        CLOCK.advance(Duration.ofHours(24));

        expectInvalid(token);
    }

    @Test
    void aNewEmailReplacesTheOneBefore() throws Exception {
        var id = waiting();
        var first = mailbox.verification(id).getToken();

        resend(email);
        mailbox.await(TABLE, id, 2);

        expectInvalid(first);
        verify(mailbox.verification(id).getToken());
        assertThat(status(id)).isEqualTo("ACTIVE");
    }

    @Test
    void aTokenThatWasNeverMailedIsInvalid() throws Exception {
        expectInvalid("x".repeat(43));
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> verify("short"));
        assertThat(refusal.fields()).containsExactly("token");
    }

    @Test
    void aBarredAccountStaysBarred() throws Exception {
        var id = waiting();
        var token = mailbox.verification(id).getToken();
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("UPDATE auth.accounts SET status = 'SUSPENDED' WHERE id = ?")
                        .bind(0, UUID.fromString(id))
                        .execute());

        assertThat(verify(token).getSerializedSize()).isZero();

        assertThat(status(id)).isEqualTo("SUSPENDED");
    }

    @Test
    void aDeletedAccountsTokenIsInvalid() throws Exception {
        var id = waiting();
        var token = mailbox.verification(id).getToken();
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("UPDATE auth.accounts SET deleted_at = now() WHERE id = ?")
                        .bind(0, UUID.fromString(id))
                        .execute());

        expectInvalid(token);
    }

    @Test
    void theDatabaseKeepsNoTokenAndMakesNone() throws Exception {
        var id = waiting();
        var token = mailbox.verification(id).getToken();

        var row = platform.superuser()
                .withHandle(handle -> handle.createQuery("SELECT * FROM auth." + TABLE + " WHERE account_id = ?")
                        .bind(0, UUID.fromString(id))
                        .mapToMap()
                        .one());

        assertThat(row.toString()).doesNotContain(token);
        assertThat((byte[]) row.get("token_hash"))
                .isEqualTo(java.security.MessageDigest.getInstance("SHA-256")
                        .digest(token.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Test
    void anAccountThatWaitsForNothingGetsNoEmail() throws Exception {
        var id = waiting();
        verify(mailbox.verification(id).getToken());
        resend(email);
        var other = Visitor.uniqueName();
        var last = visitor.stub()
                .register(Visitor.registration(other).build())
                .getAccount()
                .getId();
        resend(other + "@test.example");
        mailbox.await(TABLE, last, 1);
        Await.untilHolds(() -> assertThat(requests()).isZero());

        assertThat(mailbox.count(TABLE, id)).isEqualTo(1);
    }

    @Test
    void unknownAddressesAreAnsweredTheSameAndCostTheSame() throws Exception {
        registered();
        resend(Visitor.uniqueName() + "@test.example");

        var known = platform.statements("auth", () -> {
            resend(email);
            return true;
        });
        var unknown = platform.statements("auth", () -> {
            resend(Visitor.uniqueName() + "@test.example");
            return true;
        });

        assertThat(unknown).isEqualTo(known).isEqualTo(1);
        Await.untilHolds(() -> assertThat(requests()).isZero());
    }

    @Test
    void fiveEmailsAnHourGoToAnAddressWhetherItIsKnownOrNot() throws Exception {
        registered();
        for (var address : List.of(email, Visitor.uniqueName() + "@test.example")) {
            for (int emails = 0; emails < 5; emails++) {
                askFromElsewhere(address);
            }
            var refusal = Refusal.expect(
                    Code.RESOURCE_EXHAUSTED,
                    ErrorReason.ERROR_REASON_MAIL_LIMITED,
                    () -> askFromElsewhere(address.toUpperCase(java.util.Locale.ROOT)));
            assertThat(refusal.hasRetryInfo()).isTrue();
        }
    }

    @Test
    void oneAddressOfTheNetAsksForTwentyEmailsAnHour() throws Exception {
        for (int emails = 0; emails < 20; emails++) {
            resend(Visitor.uniqueName() + "@test.example");
        }

        Refusal.expect(Code.RESOURCE_EXHAUSTED, ErrorReason.ERROR_REASON_MAIL_LIMITED, () -> {
            resend(Visitor.uniqueName() + "@test.example");
            return true;
        });
    }

    private static Object askFromElsewhere(String address) {
        return Visitor.of(platform)
                .accounts()
                .resendVerification(
                        ResendVerificationRequest.newBuilder().setEmail(address).build());
    }

    private static int requests() {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM auth.email_requests")
                        .mapTo(Integer.class)
                        .one());
    }
}
