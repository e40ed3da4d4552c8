package org.aula.auth.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.aula.api.auth.v1.Account;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.MailServiceGrpc;
import org.aula.api.auth.v1.PrepareMailRequest;
import org.aula.api.auth.v1.RequestPasswordResetRequest;
import org.aula.api.auth.v1.ResendVerificationRequest;
import org.aula.api.auth.v1.VerifyEmailRequest;
import org.aula.auth.Mailbox;
import org.aula.auth.Visitor;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MailServiceTest {

    private static final String VERIFICATIONS = "email_verification_tokens";
    private static final String RESETS = "password_reset_tokens";
    private static final PinnedClock CLOCK = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform =
            TestPlatform.with("auth").at(CLOCK).setting("PUBLIC_URL", "https://learn.example/");

    private final Visitor visitor = Visitor.of(platform);
    private final Mailbox mailbox = new Mailbox(platform);

    private Account registered() {
        return visitor.stub()
                .register(Visitor.registration(Visitor.uniqueName()).build())
                .getAccount();
    }

    private void resend(Account account, int emails) throws Exception {
        var answer = visitor.accounts()
                .resendVerification(ResendVerificationRequest.newBuilder()
                        .setEmail(account.getEmail())
                        .build());
        assertThat(answer.getSerializedSize()).isZero();
        mailbox.await(VERIFICATIONS, account.getId(), emails);
    }

    private static PrepareMailRequest.Builder to(Account account) {
        return PrepareMailRequest.newBuilder().setUserId(account.getId());
    }

    private void expectObsolete(PrepareMailRequest.Builder request) throws Exception {
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_MAIL_OBSOLETE,
                () -> mailbox.stub().prepareMail(request.build()));
    }

    @Test
    void anEmailThatIsWrittenAgainHasTheSameLink() throws Exception {
        var account = registered();
        resend(account, 1);

        var mail = mailbox.verification(account.getId());

        assertThat(mail.getToken()).hasSize(43);
        assertThat(mail.getLink()).isEqualTo("https://learn.example/verify-email?token=" + mail.getToken());
        assertThat(mail.getExpireTime().getSeconds())
                .isEqualTo(CLOCK.instant().plus(Duration.ofHours(24)).getEpochSecond());
        assertThat(mailbox.verification(account.getId())).isEqualTo(mail);
    }

    @Test
    void aResetGoesToTheAccountsAddress() throws Exception {
        var account = registered();
        var answer = visitor.accounts()
                .requestPasswordReset(RequestPasswordResetRequest.newBuilder()
                        .setEmail(account.getEmail().toLowerCase(java.util.Locale.ROOT))
                        .build());
        assertThat(answer.getSerializedSize()).isZero();
        mailbox.await(RESETS, account.getId(), 1);

        var mail = mailbox.reset(account.getId());

        assertThat(mail.getEmail()).isEqualTo(account.getEmail());
        assertThat(mail.getLink()).isEqualTo("https://learn.example/reset-password?token=" + mail.getToken());
        assertThat(mail.getExpireTime().getSeconds())
                .isEqualTo(CLOCK.instant().plus(Duration.ofHours(1)).getEpochSecond());
        CLOCK.advance(Duration.ofHours(1));
        expectObsolete(to(account).setPasswordResetId(mailbox.last(RESETS, account.getId())));
    }

    @Test
    void aNoticeGoesToTheAccountsAddressWithoutALink() {
        var account = registered();

        var mail = mailbox.stub().prepareMail(to(account).build());

        assertThat(mail.getEmail()).isEqualTo(account.getEmail());
        assertThat(mail.getLink() + mail.getToken()).isEmpty();
        assertThat(mail.hasExpireTime()).isFalse();
    }

    @Test
    void anEmailThatIsReplacedOrUsedHasNothingToSay() throws Exception {
        var account = registered();
        resend(account, 1);
        var first = mailbox.last(VERIFICATIONS, account.getId());
        resend(account, 2);
        var second = mailbox.last(VERIFICATIONS, account.getId());

        expectObsolete(to(account).setEmailVerificationId(first));
        var verified = visitor.accounts()
                .verifyEmail(VerifyEmailRequest.newBuilder()
                        .setToken(mailbox.verification(account.getId()).getToken())
                        .build());
        assertThat(verified.getSerializedSize()).isZero();
        expectObsolete(to(account).setEmailVerificationId(second));
    }

    @Test
    void anEmailOfSomebodyElseOrOfNobodyHasNothingToSay() throws Exception {
        var account = registered();
        var other = registered();
        resend(other, 1);

        expectObsolete(to(account).setEmailVerificationId(mailbox.last(VERIFICATIONS, other.getId())));
        var unknown = UUID.randomUUID().toString();
        expectObsolete(to(account).setEmailVerificationId(unknown));
        expectObsolete(to(account).setPasswordResetId(unknown));
        expectObsolete(to(account).setChangedEmailId(unknown));
    }

    @Test
    void anAccountThatIsGoneGetsNoEmail() throws Exception {
        var account = registered();
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("UPDATE auth.accounts SET deleted_at = now() WHERE id = ?")
                        .bind(0, UUID.fromString(account.getId()))
                        .execute());

        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND,
                () -> mailbox.stub().prepareMail(to(account).build()));
    }

    @Test
    void onlyTheNotificationsServiceWritesEmails() throws Exception {
        var person = visitor.newcomer();
        for (var channel : List.of(
                platform.asService("users", "auth"),
                platform.withToken("auth", person.getTokens().getAccessToken()))) {
            Refusal.expect(
                    Code.PERMISSION_DENIED,
                    org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                    () -> MailServiceGrpc.newBlockingStub(channel)
                            .prepareMail(to(person.getAccount()).build()));
        }
        Refusal.expect(
                Code.UNAUTHENTICATED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_TOKEN_MISSING,
                () -> MailServiceGrpc.newBlockingStub(platform.anonymous("auth"))
                        .prepareMail(to(person.getAccount()).build()));
    }
}
