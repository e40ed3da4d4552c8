package org.aula.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.aula.api.auth.v1.ChangeEmailRequest;
import org.aula.api.auth.v1.ChangeEmailResponse;
import org.aula.api.auth.v1.EmailChanged;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.LoginResponse;
import org.aula.api.auth.v1.PrepareMailRequest;
import org.aula.api.auth.v1.RegistrationRepeated;
import org.aula.api.auth.v1.RequestPasswordResetRequest;
import org.aula.api.auth.v1.ResendVerificationRequest;
import org.aula.api.auth.v1.ResetPasswordRequest;
import org.aula.api.auth.v1.VerifyEmailRequest;
import org.aula.api.auth.v1.VerifyEmailResponse;
import org.aula.api.common.v1.AuditRecorded;
import org.aula.auth.AtOnce;
import org.aula.auth.Mailbox;
import org.aula.auth.Visitor;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmailChangeTest {

    private static final String TABLE = "email_verification_tokens";

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth");

    private final Visitor visitor = Visitor.of(platform);
    private final Mailbox mailbox = new Mailbox(platform);
    private final String wanted = Visitor.uniqueName() + "@test.example";

    private ChangeEmailResponse change(LoginResponse person, String newEmail, String password) {
        return Visitor.of(platform)
                .accounts(person.getTokens())
                .changeEmail(ChangeEmailRequest.newBuilder()
                        .setNewEmail(newEmail)
                        .setPassword(password)
                        .build());
    }

    private ChangeEmailResponse change(LoginResponse person, String newEmail) {
        return change(person, newEmail, Visitor.PASSWORD);
    }

    private VerifyEmailResponse verify(String token) {
        return visitor.accounts()
                .verifyEmail(VerifyEmailRequest.newBuilder().setToken(token).build());
    }

    /// Signed in anew: verifying makes the account active, and tokens of before stale.
    private org.aula.api.auth.v1.Account me(LoginResponse person) {
        return visitor.login(person.getAccount().getUsername(), Visitor.PASSWORD)
                .getAccount();
    }

    @Test
    void theNewAddressIsTakenWhenItsEmailComesBack() throws Exception {
        var person = visitor.newcomer();
        var id = person.getAccount().getId();
        var former = person.getAccount().getEmail();

        assertThat(change(person, wanted).getSerializedSize()).isZero();
        assertThat(me(person).getEmail()).isEqualTo(former);
        var mail = mailbox.verification(id);
        assertThat(mail.getEmail()).isEqualTo(wanted);
        assertThat(verify(mail.getToken()).getSerializedSize()).isZero();

        assertThat(me(person).getEmail()).isEqualTo(wanted);
        assertThat(me(person).getStatus()).isEqualTo(org.aula.api.auth.v1.AccountStatus.ACCOUNT_STATUS_ACTIVE);
        var changed = visitor.events(id, EmailChanged.class);
        assertThat(changed).hasSize(1);
        var notice = mailbox.stub()
                .prepareMail(PrepareMailRequest.newBuilder()
                        .setUserId(id)
                        .setChangedEmailId(changed.getFirst().getChangedEmailId())
                        .build());
        assertThat(notice.getEmail()).isEqualTo(former);
        assertThat(notice.getLink() + notice.getToken()).isEmpty();
        assertThat(notice.hasExpireTime()).isFalse();
        var entries = visitor.events(id, AuditRecorded.class);
        assertThat(entries)
                .extracting(AuditRecorded::getAction)
                .containsExactly("account.register", "account.change_email", "account.verify_email");
        var named = entries.getLast().getChanges(0);
        assertThat(named.getPath()).isEqualTo("email");
        assertThat(named.getPersonal()).isTrue();
        assertThat(entries.toString()).doesNotContain(wanted);
        assertThat(visitor.login(wanted, Visitor.PASSWORD).getAccount().getId()).isEqualTo(id);
    }

    @Test
    void linksThatWentToTheFormerAddressEnd() throws Exception {
        var person = visitor.newcomer();
        var id = person.getAccount().getId();
        var former = person.getAccount().getEmail();
        var asked = visitor.accounts()
                .requestPasswordReset(RequestPasswordResetRequest.newBuilder()
                        .setEmail(former)
                        .build());
        assertThat(asked.getSerializedSize()).isZero();
        mailbox.await("password_reset_tokens", id, 1);
        var reset = mailbox.reset(id).getToken();
        var resent = visitor.accounts()
                .resendVerification(
                        ResendVerificationRequest.newBuilder().setEmail(former).build());
        assertThat(resent.getSerializedSize()).isZero();
        mailbox.await(TABLE, id, 1);
        var verification = mailbox.verification(id).getToken();

        change(person, wanted);
        verify(mailbox.verification(id).getToken());

        Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_LINK_INVALID, () -> verify(verification));
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_LINK_INVALID,
                () -> visitor.accounts()
                        .resetPassword(ResetPasswordRequest.newBuilder()
                                .setToken(reset)
                                .setNewPassword("another password")
                                .build()));
    }

    /// Whoever is signed in could ask for all addresses there are.
    @Test
    void thatAnAddressIsTakenIsToldToItsOwnerOnly() throws Exception {
        var person = visitor.newcomer();
        var owner = visitor.newcomer().getAccount();
        visitor.verify(owner.getId());

        assertThat(change(person, owner.getEmail()).getSerializedSize()).isZero();
        assertThat(change(person, owner.getEmail()).getSerializedSize()).isZero();

        assertThat(visitor.events(owner.getId(), RegistrationRepeated.class)).hasSize(1);
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_MAIL_OBSOLETE,
                () -> mailbox.verification(person.getAccount().getId()));
    }

    @Test
    void anAddressThatIsTakenMeanwhileIsRefusedUntilItIsFree() throws Exception {
        var person = visitor.newcomer();
        change(person, wanted);
        var token = mailbox.verification(person.getAccount().getId()).getToken();
        var quicker = visitor.stub()
                .register(Visitor.registration(Visitor.uniqueName())
                        .setEmail(wanted)
                        .build());
        visitor.verify(quicker.getAccount().getId());

        Refusal.expect(Code.ALREADY_EXISTS, ErrorReason.ERROR_REASON_EMAIL_TAKEN, () -> verify(token));

        platform.superuser()
                .useHandle(handle -> handle.createUpdate("UPDATE auth.accounts SET deleted_at = now() WHERE id = ?")
                        .bind(0, UUID.fromString(quicker.getAccount().getId()))
                        .execute());
        assertThat(verify(token).getSerializedSize()).isZero();
        assertThat(me(person).getEmail()).isEqualTo(wanted);
    }

    @Test
    void ofTwoWhoWantOneAddressAtOnceOneGetsIt() throws Exception {
        for (int round = 0; round < 3; round++) {
            var address = Visitor.uniqueName() + "@test.example";
            var people = List.of(visitor.newcomer(), visitor.newcomer());
            people.forEach(person -> change(person, address));
            var tokens = people.stream()
                    .map(person ->
                            mailbox.verification(person.getAccount().getId()).getToken())
                    .toList();

            var outcomes = AtOnce.outcomes(tokens.stream()
                    .map(token -> (Callable<?>) () -> verify(token))
                    .toList());

            assertThat(outcomes).containsExactlyInAnyOrder("OK", "EMAIL_TAKEN");
        }
    }

    @Test
    void theLastAddressThatWasAskedForCounts() throws Exception {
        var person = visitor.newcomer();
        var id = person.getAccount().getId();
        change(person, Visitor.uniqueName() + "@test.example");
        var first = mailbox.verification(id).getToken();

        change(person, wanted);

        Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_LINK_INVALID, () -> verify(first));
        verify(mailbox.verification(id).getToken());
        assertThat(me(person).getEmail()).isEqualTo(wanted);
    }

    @Test
    void theEmailToTheNewAddressIsSentAgain() throws Exception {
        var person = visitor.newcomer();
        var id = person.getAccount().getId();
        change(person, wanted);

        var answer = visitor.accounts()
                .resendVerification(
                        ResendVerificationRequest.newBuilder().setEmail(wanted).build());
        assertThat(answer.getSerializedSize()).isZero();
        mailbox.await(TABLE, id, 2);

        var mail = mailbox.verification(id);
        assertThat(mail.getEmail()).isEqualTo(wanted);
        verify(mail.getToken());
        assertThat(me(person).getEmail()).isEqualTo(wanted);
    }

    @Test
    void thePasswordIsWantedAndGuessingIsLimited() throws Exception {
        var person = visitor.newcomer();
        for (int failures = 0; failures < 10; failures++) {
            Refusal.expect(
                    Code.UNAUTHENTICATED,
                    ErrorReason.ERROR_REASON_CREDENTIALS_INVALID,
                    () -> change(person, wanted, "not the password"));
        }

        Refusal.expect(Code.RESOURCE_EXHAUSTED, ErrorReason.ERROR_REASON_LOGIN_LIMITED, () -> change(person, wanted));
        assertThat(mailbox.count(TABLE, person.getAccount().getId())).isZero();
    }

    @Test
    void fiveEmailsAnHourAreWritten() throws Exception {
        var person = visitor.newcomer();
        for (int emails = 0; emails < 5; emails++) {
            change(person, Visitor.uniqueName() + "@test.example");
        }

        var refusal = Refusal.expect(
                Code.RESOURCE_EXHAUSTED, ErrorReason.ERROR_REASON_MAIL_LIMITED, () -> change(person, wanted));
        assertThat(refusal.hasRetryInfo()).isTrue();
    }

    @Test
    void whoIsNotSignedInOrHasNoAccountAnyMoreIsRefused() throws Exception {
        var request = ChangeEmailRequest.newBuilder()
                .setNewEmail(wanted)
                .setPassword(Visitor.PASSWORD)
                .build();
        Refusal.expect(
                Code.UNAUTHENTICATED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_TOKEN_MISSING,
                () -> visitor.accounts().changeEmail(request));
        var person = visitor.newcomer();
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("UPDATE auth.accounts SET deleted_at = now() WHERE id = ?")
                        .bind(0, UUID.fromString(person.getAccount().getId()))
                        .execute());
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND, () -> change(person, wanted));
    }

    @Test
    void everyBrokenFieldIsNamed() throws Exception {
        var person = visitor.newcomer();
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> change(person, "nobody", ""));
        assertThat(refusal.fields()).containsExactlyInAnyOrder("new_email", "password");
    }
}
