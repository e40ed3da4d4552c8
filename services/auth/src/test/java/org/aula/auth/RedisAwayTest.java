package org.aula.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.util.List;
import org.aula.api.auth.v1.BeginTotpRequest;
import org.aula.api.auth.v1.ConfirmTotpRequest;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.SecondFactorServiceGrpc;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Nothing answers at the address of Redis.
class RedisAwayTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth").setting("REDIS_URL", "redis://127.0.0.1:1");

    @RegisterExtension
    static final TestPlatform replica = TestPlatform.with("auth").setting("REDIS_URL", "redis://127.0.0.1:1");

    private final Visitor visitor = Visitor.of(platform);

    @Test
    void peopleRegisterSignInAndStaySignedIn() {
        var answer = visitor.newcomer();

        assertThat(visitor.refresh(answer.getTokens().getRefreshToken()).getAccessToken())
                .isNotEmpty();
    }

    @Test
    void guessingIsStillLimited() throws Exception {
        var name = Visitor.uniqueName();
        var account =
                visitor.stub().register(Visitor.registration(name).build()).getAccount();
        assertThat(account.getUsername()).isEqualTo(name);
        for (int failures = 0; failures < 10; failures++) {
            Refusal.expect(
                    Code.UNAUTHENTICATED,
                    ErrorReason.ERROR_REASON_CREDENTIALS_INVALID,
                    () -> visitor.login(name, "not the password"));
        }

        var refusal = Refusal.expect(
                Code.RESOURCE_EXHAUSTED,
                ErrorReason.ERROR_REASON_LOGIN_LIMITED,
                () -> visitor.login(name, Visitor.PASSWORD));
        assertThat(refusal.hasRetryInfo()).isTrue();
    }

    @Test
    void replicasCountTogether() throws Exception {
        var name = Visitor.uniqueName();
        visitor.stub().register(Visitor.registration(name).build());
        var other = Visitor.of(replica);
        for (int failures = 0; failures < 5; failures++) {
            Refusal.expect(
                    Code.UNAUTHENTICATED,
                    ErrorReason.ERROR_REASON_CREDENTIALS_INVALID,
                    () -> visitor.login(name, "not the password"));
            Refusal.expect(
                    Code.UNAUTHENTICATED,
                    ErrorReason.ERROR_REASON_CREDENTIALS_INVALID,
                    () -> other.login(name, "not the password"));
        }
        for (var replicaOfBoth : List.of(visitor, other)) {
            Refusal.expect(
                    Code.RESOURCE_EXHAUSTED,
                    ErrorReason.ERROR_REASON_LOGIN_LIMITED,
                    () -> replicaOfBoth.login(name, Visitor.PASSWORD));
        }
    }

    /// Codes are counted within the transaction that holds the account.
    @Test
    void guessingCodesIsLimitedToo() throws Exception {
        var person = Person.of(platform);
        var factors = SecondFactorServiceGrpc.newBlockingStub(person.channel());
        factors.beginTotp(
                BeginTotpRequest.newBuilder().setPassword(Visitor.PASSWORD).build());
        var wrong = ConfirmTotpRequest.newBuilder().setCode("000000").build();
        for (int failures = 0; failures < 10; failures++) {
            Refusal.expect(
                    Code.UNAUTHENTICATED, ErrorReason.ERROR_REASON_CODE_INVALID, () -> factors.confirmTotp(wrong));
        }
        Refusal.expect(
                Code.RESOURCE_EXHAUSTED, ErrorReason.ERROR_REASON_LOGIN_LIMITED, () -> factors.confirmTotp(wrong));
    }

    @Test
    void theOwnerWhoComesIsForgivenByAllReplicas() throws Exception {
        var name = Visitor.uniqueName();
        visitor.stub().register(Visitor.registration(name).build());
        var other = Visitor.of(replica);
        for (int failures = 0; failures < 9; failures++) {
            Refusal.expect(
                    Code.UNAUTHENTICATED,
                    ErrorReason.ERROR_REASON_CREDENTIALS_INVALID,
                    () -> visitor.login(name, "not the password"));
        }
        visitor.login(name, Visitor.PASSWORD);
        Refusal.expect(
                Code.UNAUTHENTICATED,
                ErrorReason.ERROR_REASON_CREDENTIALS_INVALID,
                () -> other.login(name, "not the password"));
        assertThat(other.login(name, Visitor.PASSWORD)).isNotNull();
    }
}
