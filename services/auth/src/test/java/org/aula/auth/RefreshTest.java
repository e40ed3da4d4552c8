package org.aula.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.GetMeRequest;
import org.aula.api.auth.v1.LogoutRequest;
import org.aula.api.auth.v1.RefreshTokenReused;
import org.aula.api.auth.v1.RefreshTokensRequest;
import org.aula.api.auth.v1.TokenPair;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RefreshTest {

    private static final PinnedClock CLOCK = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth").at(CLOCK);

    private final Visitor visitor = Visitor.of(platform);

    private void expectInvalid(String refreshToken) throws Exception {
        Refusal.expect(
                Code.UNAUTHENTICATED,
                ErrorReason.ERROR_REASON_REFRESH_TOKEN_INVALID,
                () -> visitor.refresh(refreshToken));
    }

    private void logout(String refreshToken) {
        var answer = visitor.stub()
                .logout(LogoutRequest.newBuilder().setRefreshToken(refreshToken).build());
        assertThat(answer.getSerializedSize()).isZero();
    }

    private static String session(TokenPair tokens) throws Exception {
        return SignedJWT.parse(tokens.getAccessToken()).getJWTClaimsSet().getStringClaim("sid");
    }

    @Test
    void aSessionGoesOnWithNewTokens() throws Exception {
        var first = visitor.newcomer().getTokens();
        CLOCK.advance(Duration.ofMinutes(20));
        Refusal.expect(
                Code.UNAUTHENTICATED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_TOKEN_EXPIRED,
                () -> visitor.stub(first).getMe(GetMeRequest.getDefaultInstance()));

        var second = visitor.refresh(first.getRefreshToken());
        var third = visitor.refresh(second.getRefreshToken());

        assertThat(third.getRefreshToken()).isNotEqualTo(second.getRefreshToken());
        assertThat(session(third)).isEqualTo(session(first));
        assertThat(visitor.stub(third).getMe(GetMeRequest.getDefaultInstance()).hasAccount())
                .isTrue();
    }

    @Test
    void rightsThatChangedAreInTheNextToken() throws Exception {
        var answer = visitor.newcomer();
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("INSERT INTO auth.account_roles VALUES (?, 'instructor')")
                        .bind(0, UUID.fromString(answer.getAccount().getId()))
                        .execute());

        var tokens = visitor.refresh(answer.getTokens().getRefreshToken());

        assertThat(SignedJWT.parse(tokens.getAccessToken()).getJWTClaimsSet().getStringListClaim("roles"))
                .contains("instructor");
    }

    @Test
    void whoseAnswerWasLostGetsTheSameSuccessorForThirtySeconds() throws Exception {
        var first = visitor.newcomer().getTokens();
        var second = visitor.refresh(first.getRefreshToken());

        CLOCK.advance(Duration.ofSeconds(30));
        var again = visitor.refresh(first.getRefreshToken());

        assertThat(again.getRefreshToken()).isEqualTo(second.getRefreshToken());
        assertThat(again.getRefreshTokenExpireTime()).isEqualTo(second.getRefreshTokenExpireTime());
    }

    /// Its successor was used, so its answer cannot have been lost.
    @Test
    void aTokenOfTwoGenerationsAgoEndsItsSessionHoweverSoonItComes() throws Exception {
        var first = visitor.newcomer().getTokens();
        var second = visitor.refresh(first.getRefreshToken());
        var third = visitor.refresh(second.getRefreshToken());

        Refusal.expect(
                Code.UNAUTHENTICATED,
                ErrorReason.ERROR_REASON_REFRESH_TOKEN_REUSED,
                () -> visitor.refresh(first.getRefreshToken()));

        expectInvalid(third.getRefreshToken());
    }

    @Test
    void aTokenThatComesAgainLaterEndsItsSessionAndNoOther() throws Exception {
        var newcomer = visitor.newcomer();
        var first = newcomer.getTokens();
        var elsewhere = visitor.login(newcomer.getAccount().getEmail(), Visitor.PASSWORD)
                .getTokens();
        var second = visitor.refresh(first.getRefreshToken());
        CLOCK.advance(Duration.ofSeconds(31));

        Refusal.expect(
                Code.UNAUTHENTICATED,
                ErrorReason.ERROR_REASON_REFRESH_TOKEN_REUSED,
                () -> visitor.refresh(first.getRefreshToken()));

        expectInvalid(second.getRefreshToken());
        expectInvalid(first.getRefreshToken());
        assertThat(visitor.refresh(elsewhere.getRefreshToken()).getRefreshToken())
                .isNotEmpty();
    }

    @Test
    void aThousandRefreshesAtOnceLeaveOneSuccessorAndNoneFails() throws Exception {
        var first = visitor.newcomer().getTokens();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = java.util.Collections.nCopies(
                    1_000, (Callable<TokenPair>) () -> visitor.refresh(first.getRefreshToken()));

            var answers = executor.invokeAll(tasks).stream()
                    .map(task -> task.resultNow())
                    .toList();

            assertThat(answers).hasSize(1_000);
            assertThat(answers.stream().map(TokenPair::getRefreshToken).distinct())
                    .hasSize(1);
            assertThat(visitor.stub(answers.getLast())
                            .getMe(GetMeRequest.getDefaultInstance())
                            .hasAccount())
                    .isTrue();
        }
        assertThat(visitor.value(
                        Integer.class,
                        "SELECT count(*) FROM auth.refresh_tokens WHERE family_id = ?",
                        UUID.fromString(session(first))))
                .isEqualTo(2);
    }

    @Test
    void aTokenThatComesAgainLaterIsToldAndItsAccessTokensAreRefused() throws Exception {
        var newcomer = visitor.newcomer();
        var first = newcomer.getTokens();
        var second = visitor.refresh(first.getRefreshToken());
        CLOCK.advance(Duration.ofSeconds(31));

        Refusal.expect(
                Code.UNAUTHENTICATED,
                ErrorReason.ERROR_REASON_REFRESH_TOKEN_REUSED,
                () -> visitor.refresh(first.getRefreshToken()));

        assertThat(Person.published(platform, newcomer.getAccount().getId(), RefreshTokenReused.class))
                .extracting(RefreshTokenReused::getSessionId)
                .containsExactly(session(first));
        Await.untilHolds(() -> {
            for (var tokens : List.of(first, second)) {
                assertThat(Refusal.of(() -> visitor.stub(tokens).getMe(GetMeRequest.getDefaultInstance()))
                                .reason())
                        .isEqualTo("TOKEN_STALE");
            }
        });
    }

    @Test
    void noTokenIsKeptInClear() throws Exception {
        var tokens = visitor.newcomer().getTokens();
        var next = visitor.refresh(tokens.getRefreshToken());

        var family = UUID.fromString(session(tokens));
        Map<String, Object> row = platform.superuser()
                .withHandle(handle ->
                        handle.createQuery("""
                        SELECT t.*, host(ip_address) AS address FROM auth.refresh_tokens t
                        WHERE family_id = ? AND used_at IS NULL
                        """).bind(0, family).mapToMap().one());
        assertThat(row.toString()).doesNotContain(tokens.getRefreshToken(), next.getRefreshToken());
        assertThat(row).containsEntry("device_name", "Laptop").containsEntry("user_agent", "Firefox/150");
        assertThat(row).containsEntry("address", visitor.address());
    }

    @Test
    void aTokenEndsAfterThirtyDays() throws Exception {
        var tokens = visitor.newcomer().getTokens();
        CLOCK.advance(Duration.ofDays(30));

        expectInvalid(tokens.getRefreshToken());
    }

    @Test
    void aTokenThatWasNeverGivenIsInvalid() throws Exception {
        expectInvalid("x".repeat(43));
    }

    @Test
    void signingOutEndsTheSessionFromAnyOfItsTokensAndMayBeRepeated() throws Exception {
        var first = visitor.newcomer().getTokens();
        var second = visitor.refresh(first.getRefreshToken());

        logout(first.getRefreshToken());
        logout(first.getRefreshToken());
        logout("x".repeat(43));

        expectInvalid(second.getRefreshToken());
        expectInvalid(first.getRefreshToken());
    }

    @Test
    void anAccountThatIsBarredGetsNoNewTokens() throws Exception {
        var answer = visitor.newcomer();
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("UPDATE auth.accounts SET status = 'SUSPENDED' WHERE id = ?")
                        .bind(0, UUID.fromString(answer.getAccount().getId()))
                        .execute());

        var refusal = Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_ACCOUNT_NOT_ACTIVE,
                () -> visitor.refresh(answer.getTokens().getRefreshToken()));

        assertThat(refusal.metadata()).containsEntry("status", "SUSPENDED");
    }

    @Test
    void aTokenOfImpossibleLengthIsNamed() throws Exception {
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> visitor.stub().refreshTokens(RefreshTokensRequest.getDefaultInstance()));

        assertThat(refusal.fields()).containsExactly("refresh_token");
    }
}
