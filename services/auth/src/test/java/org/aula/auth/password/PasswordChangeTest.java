package org.aula.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.aula.api.auth.v1.ChangePasswordRequest;
import org.aula.api.auth.v1.ChangePasswordResponse;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.GetMeRequest;
import org.aula.api.auth.v1.RequestPasswordResetRequest;
import org.aula.api.auth.v1.ResetPasswordRequest;
import org.aula.api.auth.v1.ResetPasswordResponse;
import org.aula.api.auth.v1.TokenPair;
import org.aula.api.common.v1.AuditRecorded;
import org.aula.auth.AtOnce;
import org.aula.auth.Mailbox;
import org.aula.auth.Visitor;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PasswordChangeTest {

    private static final String NEW_PASSWORD = "battery staple correct";
    private static final String TABLE = "password_reset_tokens";

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth");

    private final Visitor visitor = Visitor.of(platform);
    private final Mailbox mailbox = new Mailbox(platform);

    private void request(String email) {
        var answer = visitor.accounts()
                .requestPasswordReset(
                        RequestPasswordResetRequest.newBuilder().setEmail(email).build());
        assertThat(answer.getSerializedSize()).isZero();
    }

    private String mailedTo(org.aula.api.auth.v1.Account account, int emails) throws Exception {
        request(account.getEmail());
        mailbox.await(TABLE, account.getId(), emails);
        return mailbox.reset(account.getId()).getToken();
    }

    private ResetPasswordResponse reset(String token, String password) {
        return visitor.accounts()
                .resetPassword(ResetPasswordRequest.newBuilder()
                        .setToken(token)
                        .setNewPassword(password)
                        .build());
    }

    private ChangePasswordResponse change(TokenPair tokens, String before, String after) {
        return visitor.accounts(tokens)
                .changePassword(ChangePasswordRequest.newBuilder()
                        .setCurrentPassword(before)
                        .setNewPassword(after)
                        .build());
    }

    private void expectInvalid(String token) throws Exception {
        Refusal.expect(
                Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_LINK_INVALID, () -> reset(token, NEW_PASSWORD));
    }

    private void expectEnded(TokenPair tokens) throws Exception {
        Refusal.expect(
                Code.UNAUTHENTICATED,
                ErrorReason.ERROR_REASON_REFRESH_TOKEN_INVALID,
                () -> visitor.refresh(tokens.getRefreshToken()));
        Await.untilHolds(() -> Refusal.expect(
                Code.UNAUTHENTICATED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_TOKEN_STALE,
                () -> visitor.stub(tokens).getMe(GetMeRequest.getDefaultInstance())));
    }

    @Test
    void theMailedTokenSetsANewPasswordAndEndsEverySession() throws Exception {
        var person = visitor.newcomer();
        var account = person.getAccount();
        var token = mailedTo(account, 1);

        assertThat(reset(token, NEW_PASSWORD).getSerializedSize()).isZero();

        expectEnded(person.getTokens());
        Refusal.expect(
                Code.UNAUTHENTICATED,
                ErrorReason.ERROR_REASON_CREDENTIALS_INVALID,
                () -> visitor.login(account.getEmail(), Visitor.PASSWORD));
        assertThat(visitor.login(account.getEmail(), NEW_PASSWORD).getAccount().getId())
                .isEqualTo(account.getId());
        assertThat(visitor.events(account.getId())).contains("PasswordResetRequested", "PasswordChanged");
        var entry = visitor.events(account.getId(), AuditRecorded.class).getLast();
        assertThat(entry.getAction()).isEqualTo("account.reset_password");
        assertThat(entry.getChangesList()).isEmpty();
    }

    @Test
    void aNewPasswordIsNoneThatIsGuessedFirst() throws Exception {
        var person = visitor.newcomer();
        var token = mailedTo(person.getAccount(), 1);

        for (Refusal.Call call : List.<Refusal.Call>of(
                () -> change(person.getTokens(), Visitor.PASSWORD, "Passwordpassword"),
                () -> reset(token, "Passwordpassword"))) {
            var refusal = Refusal.expect(Code.INVALID_ARGUMENT, ErrorReason.ERROR_REASON_PASSWORD_COMMON, call);
            assertThat(refusal.fields()).containsExactly("new_password");
        }
        assertThat(reset(token, NEW_PASSWORD).getSerializedSize()).isZero();
    }

    @Test
    void aResetTokenIsGoodOnceThoughItComesManyTimesAtOnce() throws Exception {
        var account = visitor.newcomer().getAccount();
        var token = mailedTo(account, 1);

        var outcomes = AtOnce.outcomes(Collections.nCopies(6, (Callable<?>) () -> reset(token, NEW_PASSWORD)));

        assertThat(outcomes).containsOnlyOnce("OK");
        assertThat(outcomes.stream().filter("LINK_INVALID"::equals)).hasSize(5);
        expectInvalid(token);
        assertThat(visitor.events(account.getId())).containsOnlyOnce("PasswordChanged");
    }

    @Test
    void aResetTokenEndsAfterAnHourOrByTheNextOrByAChange() throws Exception {
        var person = visitor.newcomer();
        var first = mailedTo(person.getAccount(), 1);
        var second = mailedTo(person.getAccount(), 2);
        expectInvalid(first);
        change(person.getTokens(), Visitor.PASSWORD, NEW_PASSWORD);
        expectInvalid(second);
        var third = mailedTo(person.getAccount(), 3);
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("""
                        UPDATE auth.password_reset_tokens
                        SET created_at = created_at - interval '1 hour', expires_at = expires_at - interval '1 hour'
                        WHERE account_id = ?
                        """)
                        .bind(0, UUID.fromString(person.getAccount().getId()))
                        .execute());
        expectInvalid(third);
        expectInvalid("x".repeat(43));
    }

    @Test
    void aDeletedAccountsTokenIsInvalid() throws Exception {
        var account = visitor.newcomer().getAccount();
        var token = mailedTo(account, 1);
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("UPDATE auth.accounts SET deleted_at = now() WHERE id = ?")
                        .bind(0, UUID.fromString(account.getId()))
                        .execute());

        expectInvalid(token);
    }

    @Test
    void aResetForgivesFailedAttempts() throws Exception {
        var account = visitor.newcomer().getAccount();
        for (int failures = 0; failures < 10; failures++) {
            Refusal.of(() -> Visitor.of(platform).login(account.getEmail(), "not the password"));
        }
        Refusal.expect(
                Code.RESOURCE_EXHAUSTED,
                ErrorReason.ERROR_REASON_LOGIN_LIMITED,
                () -> visitor.login(account.getEmail(), Visitor.PASSWORD));

        reset(mailedTo(account, 1), NEW_PASSWORD);

        assertThat(visitor.login(account.getEmail(), NEW_PASSWORD).getAccount().getId())
                .isEqualTo(account.getId());
    }

    @Test
    void unknownAddressesAreAnsweredTheSameAndCostTheSame() throws Exception {
        var email = visitor.newcomer().getAccount().getEmail();

        var known = platform.statements("auth", () -> {
            request(email);
            return true;
        });
        var unknown = platform.statements("auth", () -> {
            request(Visitor.uniqueName() + "@test.example");
            return true;
        });

        assertThat(unknown).isEqualTo(known).isEqualTo(1);
    }

    @Test
    void emailsAreLimitedForKnownAndUnknownAddresses() throws Exception {
        for (var email : List.of(visitor.newcomer().getAccount().getEmail(), Visitor.uniqueName() + "@test.example")) {
            for (int emails = 0; emails < 5; emails++) {
                request(email);
            }
            Refusal.expect(Code.RESOURCE_EXHAUSTED, ErrorReason.ERROR_REASON_MAIL_LIMITED, () -> {
                request(email);
                return true;
            });
        }
    }

    @Test
    void aChangeEndsEveryOtherSession() throws Exception {
        var person = visitor.newcomer();
        var email = person.getAccount().getEmail();
        var elsewhere = visitor.login(email, Visitor.PASSWORD).getTokens();

        assertThat(change(person.getTokens(), Visitor.PASSWORD, NEW_PASSWORD).getSerializedSize())
                .isZero();

        expectEnded(elsewhere);
        assertThat(visitor.stub(person.getTokens())
                        .getMe(GetMeRequest.getDefaultInstance())
                        .getAccount()
                        .getEmail())
                .isEqualTo(email);
        assertThat(visitor.refresh(person.getTokens().getRefreshToken()).getAccessToken())
                .isNotEmpty();
        assertThat(visitor.login(email, NEW_PASSWORD).getAccount().getEmail()).isEqualTo(email);
        var id = person.getAccount().getId();
        assertThat(visitor.events(id)).contains("PasswordChanged");
        assertThat(visitor.events(id, AuditRecorded.class).getLast().getAction())
                .isEqualTo("account.change_password");
    }

    @Test
    void ofTwoChangesAtOnceOneCounts() throws Exception {
        var person = visitor.newcomer();
        var passwords = List.of("the first new password", "the second new password");

        var outcomes = AtOnce.outcomes(passwords.stream()
                .map(password -> (Callable<?>) () -> change(person.getTokens(), Visitor.PASSWORD, password))
                .toList());

        assertThat(outcomes).containsExactlyInAnyOrder("OK", "CREDENTIALS_INVALID");
        var winner = passwords.get(outcomes.indexOf("OK"));
        assertThat(visitor.login(person.getAccount().getEmail(), winner)
                        .getAccount()
                        .getId())
                .isEqualTo(person.getAccount().getId());
    }

    @Test
    void guessingAtTheOldPasswordIsLimited() throws Exception {
        var person = visitor.newcomer();
        for (int failures = 0; failures < 10; failures++) {
            Refusal.expect(
                    Code.UNAUTHENTICATED,
                    ErrorReason.ERROR_REASON_CREDENTIALS_INVALID,
                    () -> change(person.getTokens(), "not the password", NEW_PASSWORD));
        }

        Refusal.expect(
                Code.RESOURCE_EXHAUSTED,
                ErrorReason.ERROR_REASON_LOGIN_LIMITED,
                () -> change(person.getTokens(), Visitor.PASSWORD, NEW_PASSWORD));
    }

    @Test
    void brokenFieldsAreNamed() throws Exception {
        var person = visitor.newcomer();
        var invalid = org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED;
        assertThat(Refusal.expect(Code.INVALID_ARGUMENT, invalid, () -> change(person.getTokens(), "", "short"))
                        .fields())
                .containsExactlyInAnyOrder("current_password", "new_password");
        assertThat(Refusal.expect(Code.INVALID_ARGUMENT, invalid, () -> reset("", "short"))
                        .fields())
                .containsExactlyInAnyOrder("token", "new_password");
        assertThat(Refusal.expect(Code.INVALID_ARGUMENT, invalid, () -> {
                            request("nobody");
                            return true;
                        })
                        .fields())
                .containsExactly("email");
        Refusal.expect(
                Code.UNAUTHENTICATED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_TOKEN_MISSING,
                () -> visitor.accounts()
                        .changePassword(ChangePasswordRequest.newBuilder()
                                .setCurrentPassword(Visitor.PASSWORD)
                                .setNewPassword(NEW_PASSWORD)
                                .build()));
    }
}
