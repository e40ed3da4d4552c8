package org.aula.auth.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.PrepareMailRequest;
import org.aula.api.auth.v1.RegistrationRepeated;
import org.aula.api.auth.v1.RegistrationState;
import org.aula.api.auth.v1.RequestPasswordResetRequest;
import org.aula.api.auth.v1.ResendVerificationRequest;
import org.aula.api.auth.v1.VerifyEmailRequest;
import org.aula.api.auth.v1.VerifyEmailResponse;
import org.aula.auth.AtOnce;
import org.aula.auth.Mailbox;
import org.aula.auth.Visitor;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Several accounts may name one address; the one that verifies it has it.
class SharedAddressTest {

    private static final String VERIFICATIONS = "email_verification_tokens";
    private static final String OTHER_PASSWORD = "battery staple correct";
    private static final PinnedClock CLOCK = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform =
            TestPlatform.with("auth", "users").at(CLOCK).setting("AULA_AUTH_REGISTRATION_WAIT", "PT0S");

    private final Visitor visitor = Visitor.of(platform);
    private final UsersVoice users = new UsersVoice(platform);
    private final Mailbox mailbox = new Mailbox(platform);
    private final String email = Visitor.uniqueName() + "@test.example";

    /// Registers and waits for the end of it.
    private String registered(String password) throws Exception {
        var answer = visitor.stub()
                .register(Visitor.registration(Visitor.uniqueName())
                        .setEmail(email)
                        .setPassword(password)
                        .build());
        assertThat(answer.getState()).isEqualTo(RegistrationState.REGISTRATION_STATE_PENDING);
        assertThat(answer.getRegistrationId()).isEqualTo(answer.getAccount().getId());
        assertThat(answer.getAccount().getEmail()).isEqualTo(email);
        var id = answer.getRegistrationId();
        users.created(id);
        Await.until("the end of the registration", () -> visitor.events(id).contains("RegistrationCompleted"));
        return id;
    }

    private String owner() throws Exception {
        var id = registered(Visitor.PASSWORD);
        assertThat(verify(id).getSerializedSize()).isZero();
        return id;
    }

    private VerifyEmailResponse verify(String accountId) {
        return visitor.accounts()
                .verifyEmail(VerifyEmailRequest.newBuilder()
                        .setToken(mailbox.verification(accountId).getToken())
                        .build());
    }

    private String signsIn(String password) {
        return visitor.login(email, password).getAccount().getId();
    }

    @Test
    void strangersFindTheSameWhetherAnAddressIsKnownOrNot() throws Exception {
        var owner = owner();

        var stranger = registered(OTHER_PASSWORD);

        assertThat(stranger).isNotEqualTo(owner);
        assertThat(signsIn(OTHER_PASSWORD)).isEqualTo(stranger);
        assertThat(signsIn(Visitor.PASSWORD)).isEqualTo(owner);
        Refusal.expect(
                Code.UNAUTHENTICATED,
                ErrorReason.ERROR_REASON_CREDENTIALS_INVALID,
                () -> signsIn("neither of the two passwords"));
    }

    @Test
    void theOwnerIsToldAtMostOnceAnHourAndTheStrangerHasNoLink() throws Exception {
        var owner = owner();

        var stranger = registered(OTHER_PASSWORD);
        registered(OTHER_PASSWORD);

        assertThat(visitor.events(owner, RegistrationRepeated.class)).hasSize(1);
        assertThat(mailbox.count(VERIFICATIONS, stranger)).isZero();
        CLOCK.advance(Duration.ofMinutes(61));
        registered(OTHER_PASSWORD);
        assertThat(visitor.events(owner, RegistrationRepeated.class)).hasSize(2);
        var asked = visitor.accounts()
                .resendVerification(
                        ResendVerificationRequest.newBuilder().setEmail(email).build());
        assertThat(asked.getSerializedSize()).isZero();
        // What is asked for next is worked on behind it.
        var reset = visitor.accounts()
                .requestPasswordReset(
                        RequestPasswordResetRequest.newBuilder().setEmail(email).build());
        assertThat(reset.getSerializedSize()).isZero();
        mailbox.await("password_reset_tokens", owner, 1);
        Await.until(
                "no request that waits",
                () -> visitor.value(Integer.class, "SELECT count(*) FROM auth.email_requests WHERE email = ?", email)
                        == 0);
        assertThat(mailbox.count(VERIFICATIONS, stranger)).isZero();
    }

    @Test
    void nothingThatAStrangersAccountSaysGoesToTheOwnersAddress() throws Exception {
        owner();
        var stranger = registered(OTHER_PASSWORD);

        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_MAIL_OBSOLETE,
                () -> mailbox.stub()
                        .prepareMail(PrepareMailRequest.newBuilder()
                                .setUserId(stranger)
                                .build()));
    }

    @Test
    void whoHasTheMailboxVerifiesTheAddressOverWhoeverWasQuicker() throws Exception {
        var stranger = registered(OTHER_PASSWORD);
        var owner = registered(Visitor.PASSWORD);

        assertThat(verify(owner).getSerializedSize()).isZero();

        assertThat(signsIn(Visitor.PASSWORD)).isEqualTo(owner);
        Refusal.expect(
                Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_MAIL_OBSOLETE, () -> mailbox.verification(stranger));
    }

    @Test
    void anAccountThatWasPutAsideUnverifiedKeepsNobodyFromItsAddress() throws Exception {
        var stranger = registered(OTHER_PASSWORD);
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE auth.accounts SET status = 'INACTIVE' WHERE id = ?", UUID.fromString(stranger)));

        assertThat(owner()).isNotEqualTo(stranger);
    }

    @Test
    void ofManyWhoVerifyOneAddressAtOnceOneHasIt() throws Exception {
        var tokens =
                List.of(registered(Visitor.PASSWORD), registered(OTHER_PASSWORD), registered(OTHER_PASSWORD)).stream()
                        .map(id -> mailbox.verification(id).getToken())
                        .toList();

        var outcomes = AtOnce.outcomes(tokens.stream()
                .map(token -> (Callable<?>) () -> visitor.accounts()
                        .verifyEmail(
                                VerifyEmailRequest.newBuilder().setToken(token).build()))
                .toList());

        assertThat(outcomes).containsExactlyInAnyOrder("OK", "EMAIL_TAKEN", "EMAIL_TAKEN");
    }

    @Test
    void anAddressThatNobodyHasGetsFiveEmailsAnHourAtMost() throws Exception {
        for (int registrations = 0; registrations < 7; registrations++) {
            registered(OTHER_PASSWORD);
        }

        assertThat(visitor.value(
                        Integer.class,
                        "SELECT count(*) FROM auth.email_verification_tokens WHERE email = CAST(? AS public.citext)",
                        email))
                .isEqualTo(5);
    }

    /// Else failures at the owner's password could be forgotten by whoever registers with the address.
    @Test
    void aStrangerWhoSignsInForgetsNoFailureThatCountsAgainstTheOwner() throws Exception {
        owner();
        registered(OTHER_PASSWORD);
        for (int failures = 0; failures < 9; failures++) {
            Refusal.expect(
                    Code.UNAUTHENTICATED,
                    ErrorReason.ERROR_REASON_CREDENTIALS_INVALID,
                    () -> Visitor.of(platform).login(email, "a guess at the password"));
        }
        assertThat(signsIn(OTHER_PASSWORD)).isNotEmpty();
        Refusal.expect(
                Code.UNAUTHENTICATED,
                ErrorReason.ERROR_REASON_CREDENTIALS_INVALID,
                () -> Visitor.of(platform).login(email, "a guess at the password"));

        Refusal.expect(
                Code.RESOURCE_EXHAUSTED, ErrorReason.ERROR_REASON_LOGIN_LIMITED, () -> signsIn(Visitor.PASSWORD));
    }
}
