package org.aula.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.aula.api.auth.v1.AccountServiceGrpc;
import org.aula.api.auth.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import org.aula.api.auth.v1.DeleteAccountRequest;
import org.aula.api.auth.v1.DeleteAccountResponse;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.RequestPasswordResetRequest;
import org.aula.api.auth.v1.ResendVerificationRequest;
import org.aula.api.auth.v1.ResetPasswordRequest;
import org.aula.api.auth.v1.RestoreAccountRequest;
import org.aula.api.auth.v1.VerifyEmailRequest;
import org.aula.api.common.v1.AuditRecorded;
import org.aula.auth.AtOnce;
import org.aula.auth.Mailbox;
import org.aula.auth.Visitor;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccountRemovalTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth");

    private final Visitor visitor = Visitor.of(platform);
    private final Mailbox mailbox = new Mailbox(platform);

    private AccountServiceBlockingStub users() {
        return AccountServiceGrpc.newBlockingStub(platform.asService("users", "auth"));
    }

    private DeleteAccountResponse delete(String id) {
        return users().deleteAccount(
                        DeleteAccountRequest.newBuilder().setUserId(id).build());
    }

    private org.aula.api.auth.v1.Account restore(String id) {
        return users().restoreAccount(
                        RestoreAccountRequest.newBuilder().setUserId(id).build())
                .getAccount();
    }

    @Test
    void aDeletedAccountsSessionsEndAndItsAddressIsFree() throws Exception {
        var person = visitor.newcomer();
        var account = person.getAccount();

        assertThat(delete(account.getId()).getSerializedSize()).isZero();

        Refusal.expect(
                Code.UNAUTHENTICATED,
                ErrorReason.ERROR_REASON_REFRESH_TOKEN_INVALID,
                () -> visitor.refresh(person.getTokens().getRefreshToken()));
        Refusal.expect(
                Code.UNAUTHENTICATED,
                ErrorReason.ERROR_REASON_CREDENTIALS_INVALID,
                () -> visitor.login(account.getEmail(), Visitor.PASSWORD));
        assertThat(visitor.events(account.getId())).contains("AccessChanged");
        var again = visitor.stub()
                .register(Visitor.registration(account.getUsername()).build());
        assertThat(again.getAccount().getId()).isNotEqualTo(account.getId());
        assertThat(visitor.events(account.getId(), AuditRecorded.class)
                        .getLast()
                        .getAction())
                .isEqualTo("account.delete");
    }

    @Test
    void deletingAndRestoringMayBeRepeated() throws Exception {
        var account = visitor.newcomer().getAccount();
        var id = account.getId();
        delete(id);
        var deleted = visitor.events(id);
        delete(id);
        assertThat(visitor.events(id)).isEqualTo(deleted);

        var restored = restore(id);

        assertThat(restored.getEmail()).isEqualTo(account.getEmail());
        assertThat(restored.getStatus()).isEqualTo(account.getStatus());
        assertThat(restored.getRolesList()).isEqualTo(account.getRolesList());
        var before = visitor.events(id);
        assertThat(restore(id)).isEqualTo(restored);
        assertThat(visitor.events(id)).isEqualTo(before);
        assertThat(visitor.login(account.getEmail(), Visitor.PASSWORD)
                        .getAccount()
                        .getId())
                .isEqualTo(id);
        assertThat(visitor.events(id, AuditRecorded.class).getLast().getAction())
                .isEqualTo("account.restore");
    }

    @Test
    void linksOfADeletedAccountStayEndedWhenItIsRestored() throws Exception {
        var account = visitor.newcomer().getAccount();
        var asked = visitor.accounts()
                .requestPasswordReset(RequestPasswordResetRequest.newBuilder()
                        .setEmail(account.getEmail())
                        .build());
        assertThat(asked.getSerializedSize()).isZero();
        mailbox.await("password_reset_tokens", account.getId(), 1);
        var token = mailbox.reset(account.getId()).getToken();

        delete(account.getId());
        restore(account.getId());

        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_LINK_INVALID,
                () -> visitor.accounts()
                        .resetPassword(ResetPasswordRequest.newBuilder()
                                .setToken(token)
                                .setNewPassword("another password")
                                .build()));
    }

    @Test
    void anAddressOrNameThatWasTakenMeanwhileIsNotGivenBack() throws Exception {
        var account = visitor.newcomer().getAccount();
        visitor.verify(account.getId());
        delete(account.getId());
        var quicker = visitor.stub()
                .register(Visitor.registration(Visitor.uniqueName())
                        .setEmail(account.getEmail())
                        .build())
                .getAccount();
        visitor.verify(quicker.getId());

        Refusal.expect(Code.ALREADY_EXISTS, ErrorReason.ERROR_REASON_EMAIL_TAKEN, () -> restore(account.getId()));

        delete(quicker.getId());
        var namesake = visitor.stub()
                .register(Visitor.registration(Visitor.uniqueName())
                        .setUsername(account.getUsername())
                        .build())
                .getAccount();
        Refusal.expect(Code.ALREADY_EXISTS, ErrorReason.ERROR_REASON_USERNAME_TAKEN, () -> restore(account.getId()));
        delete(namesake.getId());
        assertThat(restore(account.getId()).getEmail()).isEqualTo(account.getEmail());
    }

    @Test
    void ofRestoringAndVerifyingAnAddressAtOnceOneSucceeds() throws Exception {
        for (int round = 0; round < 5; round++) {
            var account = visitor.newcomer().getAccount();
            visitor.verify(account.getId());
            delete(account.getId());
            var other = visitor.stub()
                    .register(Visitor.registration(Visitor.uniqueName())
                            .setEmail(account.getEmail())
                            .build())
                    .getAccount();
            var asked = visitor.accounts()
                    .resendVerification(ResendVerificationRequest.newBuilder()
                            .setEmail(account.getEmail())
                            .build());
            assertThat(asked.getSerializedSize()).isZero();
            mailbox.await("email_verification_tokens", other.getId(), 1);
            var token = VerifyEmailRequest.newBuilder()
                    .setToken(mailbox.verification(other.getId()).getToken())
                    .build();

            var outcomes = AtOnce.outcomes(List.<Callable<?>>of(
                    () -> restore(account.getId()), () -> visitor.accounts().verifyEmail(token)));

            assertThat(outcomes).containsExactlyInAnyOrder("OK", "EMAIL_TAKEN");
        }
    }

    @Test
    void unknownAccountsAreNotFound() throws Exception {
        var id = UUID.randomUUID().toString();
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND, () -> delete(id));
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND, () -> restore(id));
    }

    @Test
    void onlyTheUsersServiceDeletesAndRestores() throws Exception {
        var admin = visitor.administrator();
        var id = admin.getAccount().getId();
        for (var channel : List.of(
                platform.asService("courses", "auth"),
                platform.withToken("auth", admin.getTokens().getAccessToken()))) {
            var stub = AccountServiceGrpc.newBlockingStub(channel);
            Refusal.expect(
                    Code.PERMISSION_DENIED,
                    org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                    () -> stub.deleteAccount(
                            DeleteAccountRequest.newBuilder().setUserId(id).build()));
            Refusal.expect(
                    Code.PERMISSION_DENIED,
                    org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                    () -> stub.restoreAccount(
                            RestoreAccountRequest.newBuilder().setUserId(id).build()));
        }
    }

    @Test
    void theLastAdministratorIsNotDeleted() throws Exception {
        platform.superuser().useHandle(handle -> {
            handle.execute("DELETE FROM auth.account_roles WHERE role = 'admin'");
            handle.execute("INSERT INTO auth.permissions (name) VALUES ('roles:write') ON CONFLICT DO NOTHING");
            handle.execute("INSERT INTO auth.role_permissions VALUES ('admin', 'roles:write') ON CONFLICT DO NOTHING");
        });
        var admin = visitor.administrator();

        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_LAST_ADMIN,
                () -> delete(admin.getAccount().getId()));
    }

    @Test
    void anAccountWhoseRegistrationIsTakenBackIsNotRestored() throws Exception {
        var account = visitor.newcomer().getAccount();
        platform.superuser().useHandle(handle -> {
            handle.execute(
                    "UPDATE auth.sagas SET state = 'COMPENSATING', due_at = now() + interval '1 day' WHERE id = ?",
                    UUID.fromString(account.getId()));
            handle.execute(
                    "UPDATE auth.accounts SET deleted_at = now() WHERE id = ?", UUID.fromString(account.getId()));
        });

        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND, () -> restore(account.getId()));
    }
}
