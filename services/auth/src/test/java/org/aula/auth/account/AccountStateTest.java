package org.aula.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.aula.api.auth.v1.AccountStatus;
import org.aula.api.auth.v1.AccountStatusChanged;
import org.aula.api.auth.v1.ActivateAccountRequest;
import org.aula.api.auth.v1.DeactivateAccountRequest;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.GetMeRequest;
import org.aula.api.auth.v1.LoginResponse;
import org.aula.api.auth.v1.SuspendAccountRequest;
import org.aula.api.auth.v1.TokenPair;
import org.aula.api.common.v1.AuditRecorded;
import org.aula.auth.AtOnce;
import org.aula.auth.Visitor;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccountStateTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth");

    private final Visitor visitor = Visitor.of(platform);

    /// Those of other tests would be somebody who is left.
    @BeforeEach
    void thereIsNoAdministrator() {
        platform.superuser().useHandle(handle -> {
            handle.execute("DELETE FROM auth.account_roles WHERE role = 'admin'");
            handle.execute("INSERT INTO auth.permissions (name) VALUES ('roles:write') ON CONFLICT DO NOTHING");
            handle.execute("INSERT INTO auth.role_permissions VALUES ('admin', 'roles:write') ON CONFLICT DO NOTHING");
        });
    }

    private org.aula.api.auth.v1.Account activate(TokenPair by, String id) {
        return visitor.accounts(by)
                .activateAccount(
                        ActivateAccountRequest.newBuilder().setUserId(id).build())
                .getAccount();
    }

    private org.aula.api.auth.v1.Account deactivate(TokenPair by, String id) {
        return visitor.accounts(by)
                .deactivateAccount(
                        DeactivateAccountRequest.newBuilder().setUserId(id).build())
                .getAccount();
    }

    private org.aula.api.auth.v1.Account suspend(TokenPair by, String id) {
        return visitor.accounts(by)
                .suspendAccount(SuspendAccountRequest.newBuilder()
                        .setUserId(id)
                        .setReason("spam")
                        .build())
                .getAccount();
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
    void anAdministratorBarsAnAccountAndLetsItInAgain() throws Exception {
        var admin = visitor.administrator().getTokens();
        var person = visitor.newcomer();
        var id = person.getAccount().getId();

        assertThat(suspend(admin, id).getStatus()).isEqualTo(AccountStatus.ACCOUNT_STATUS_SUSPENDED);

        expectEnded(person.getTokens());
        var refusal = Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_ACCOUNT_NOT_ACTIVE,
                () -> visitor.login(person.getAccount().getEmail(), Visitor.PASSWORD));
        assertThat(refusal.metadata()).containsEntry("status", "SUSPENDED");
        assertThat(activate(admin, id).getStatus()).isEqualTo(AccountStatus.ACCOUNT_STATUS_ACTIVE);
        assertThat(visitor.login(person.getAccount().getEmail(), Visitor.PASSWORD)
                        .getAccount()
                        .getId())
                .isEqualTo(id);
        assertThat(visitor.events(id, AccountStatusChanged.class))
                .extracting(AccountStatusChanged::getStatus)
                .containsExactly(AccountStatus.ACCOUNT_STATUS_SUSPENDED, AccountStatus.ACCOUNT_STATUS_ACTIVE);
    }

    @Test
    void theAuditLogTellsWhoBarredWhomAndWhy() throws Exception {
        var admin = visitor.administrator();
        var id = visitor.newcomer().getAccount().getId();

        suspend(admin.getTokens(), id);

        var entries = visitor.events(id, AuditRecorded.class).stream()
                .filter(entry -> entry.getAction().equals("account.suspend"))
                .toList();
        assertThat(entries.stream().flatMap(entry -> entry.getChangesList().stream()))
                .extracting(change -> change.getPath() + " " + change.getBeforeJson() + " " + change.getAfterJson())
                .containsExactlyInAnyOrder(
                        "reason  \"spam\"",
                        "status \"ACCOUNT_STATUS_PENDING_VERIFICATION\" \"ACCOUNT_STATUS_SUSPENDED\"");
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.getIpAddress()).isEqualTo(visitor.address());
            assertThat(entry.getRequestId()).isEqualTo(entries.getFirst().getRequestId());
        });
    }

    @Test
    void aPersonPutsTheOwnAccountAside() throws Exception {
        var person = visitor.newcomer();
        var id = person.getAccount().getId();

        assertThat(deactivate(person.getTokens(), id).getStatus())
                .isEqualTo(AccountStatus.ACCOUNT_STATUS_INACTIVE);

        expectEnded(person.getTokens());
    }

    @Test
    void aMoveThatComesAgainChangesNothing() throws Exception {
        var admin = visitor.administrator().getTokens();
        var id = visitor.newcomer().getAccount().getId();
        var first = suspend(admin, id);
        var before = visitor.events(id);

        assertThat(suspend(admin, id)).isEqualTo(first);

        assertThat(visitor.events(id)).isEqualTo(before);
        activate(admin, id);
        activate(admin, id);
        deactivate(admin, id);
        deactivate(admin, id);
        assertThat(visitor.events(id, AccountStatusChanged.class)).hasSize(3);
    }

    @Test
    void puttingAsideDoesNotHideABar() throws Exception {
        var admin = visitor.administrator().getTokens();
        var id = visitor.newcomer().getAccount().getId();
        suspend(admin, id);

        var refusal = Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_ACCOUNT_STATUS_FORBIDS,
                () -> deactivate(admin, id));
        assertThat(refusal.metadata()).containsEntry("status", "SUSPENDED");
    }

    @Test
    void nobodyMovesTheAccountOfSomebodyElse() throws Exception {
        var person = visitor.newcomer();
        var other = visitor.newcomer();
        var id = other.getAccount().getId();
        var missing = org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING;

        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> deactivate(person.getTokens(), id));
        Refusal.expect(Code.PERMISSION_DENIED, missing, () -> suspend(person.getTokens(), id));
        Refusal.expect(Code.PERMISSION_DENIED, missing, () -> activate(person.getTokens(), id));
        Refusal.expect(Code.PERMISSION_DENIED, missing, () -> activate(other.getTokens(), id));
    }

    @Test
    void unknownAccountsAreNotFound() throws Exception {
        var admin = visitor.administrator().getTokens();
        var id = UUID.randomUUID().toString();
        for (var call : List.<Refusal.Call>of(
                () -> activate(admin, id), () -> deactivate(admin, id), () -> suspend(admin, id))) {
            Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND, call);
        }
    }

    @Test
    void theLastAdministratorStays() throws Exception {
        var admin = visitor.administrator();
        var id = admin.getAccount().getId();

        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_LAST_ADMIN,
                () -> suspend(admin.getTokens(), id));
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_LAST_ADMIN,
                () -> deactivate(admin.getTokens(), id));
        assertThat(visitor.refresh(admin.getTokens().getRefreshToken()).getAccessToken())
                .isNotEmpty();

        var denied = visitor.administrator();
        platform.superuser()
                .useHandle(handle -> handle.createUpdate(
                                "INSERT INTO auth.account_permissions VALUES (?, 'roles:write', false)")
                        .bind(0, UUID.fromString(denied.getAccount().getId()))
                        .execute());
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_LAST_ADMIN,
                () -> suspend(admin.getTokens(), id));
        assertThat(suspend(admin.getTokens(), denied.getAccount().getId()).getStatus())
                .isEqualTo(AccountStatus.ACCOUNT_STATUS_SUSPENDED);
    }

    @Test
    void administratorsWhoBarEachOtherAtOnceLeaveOne() throws Exception {
        for (int round = 0; round < 3; round++) {
            thereIsNoAdministrator();
            var one = visitor.administrator();
            var two = visitor.administrator();

            var outcomes = AtOnce.outcomes(List.<Callable<?>>of(() -> bar(one, two), () -> bar(two, one)));

            assertThat(outcomes).containsOnlyOnce("OK");
            assertThat(outcomes).allMatch(outcome -> List.of("OK", "LAST_ADMIN", "TOKEN_STALE")
                    .contains(outcome));
        }
    }

    private Object bar(LoginResponse who, LoginResponse whom) {
        return suspend(who.getTokens(), whom.getAccount().getId());
    }
}
