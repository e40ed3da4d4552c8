package org.aula.bff;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.rpc.Code;
import java.util.Map;
import org.aula.api.auth.v1.Account;
import org.aula.api.auth.v1.CompleteLoginRequest;
import org.aula.api.auth.v1.CompleteLoginResponse;
import org.aula.api.auth.v1.GetRegistrationStateRequest;
import org.aula.api.auth.v1.GetRegistrationStateResponse;
import org.aula.api.auth.v1.LoginChallenge;
import org.aula.api.auth.v1.LoginRequest;
import org.aula.api.auth.v1.LoginResponse;
import org.aula.api.auth.v1.RegisterRequest;
import org.aula.api.auth.v1.RegisterResponse;
import org.aula.api.auth.v1.RegistrationState;
import org.aula.api.auth.v1.RequestPasswordResetRequest;
import org.aula.api.auth.v1.ResendVerificationRequest;
import org.aula.api.auth.v1.ResetPasswordRequest;
import org.aula.api.auth.v1.TokenPair;
import org.aula.api.auth.v1.VerifyEmailRequest;
import org.aula.bff.testing.Refusal;
import org.aula.bff.testing.TestGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// From registering to being signed in, and back in after the password was forgotten.
@Tag("fast")
class VisitorsTest {

    @RegisterExtension
    static final TestGateway GATEWAY = new TestGateway();

    private static final String TOKEN = "a-token-of-a-letter-0123456789";

    @Test
    void whoRegistersIsToldHowFarItHasCome() {
        GATEWAY.answer(
                RegisterRequest.class,
                request -> RegisterResponse.newBuilder()
                        .setAccount(Account.newBuilder()
                                .setId(TestGateway.uuid("new"))
                                .setEmail(request.getEmail()))
                        .setState(RegistrationState.REGISTRATION_STATE_PENDING)
                        .setRegistrationId(TestGateway.uuid("registration"))
                        .build());

        var answer = GATEWAY.ask("""
                mutation { register(input: {
                    email: "ada@example.org", password: "correct horse", firstName: "Ada", lastName: "Lovelace"
                }) { account { email } state registrationId userErrors { code } } }
                """);

        var payload = answer.at("/data/register");
        assertThat(payload.at("/account/email").asText()).as(answer.toString()).isEqualTo("ada@example.org");
        assertThat(payload.path("state").asText()).isEqualTo("PENDING");
        assertThat(payload.path("registrationId").asText()).isEqualTo(TestGateway.id("Registration", "registration"));
    }

    @Test
    void aRegistrationIsAskedForByWhatRegisterGave() {
        GATEWAY.answer(
                GetRegistrationStateRequest.class,
                request -> GetRegistrationStateResponse.newBuilder()
                        .setState(RegistrationState.REGISTRATION_STATE_COMPLETED)
                        .build());
        var query = "{ registrationState(id: \"" + TestGateway.id("Registration", "registration") + "\") }";

        assertThat(GATEWAY.ask(query).at("/data/registrationState").asText()).isEqualTo("COMPLETED");
        assertThat(GATEWAY.request(GetRegistrationStateRequest.class).getRegistrationId())
                .isEqualTo(TestGateway.uuid("registration"));

        GATEWAY.refuse(Refusal.of(Code.NOT_FOUND, "REGISTRATION_NOT_FOUND", Map.of()));
        var gone = GATEWAY.ask(query);
        assertThat(gone.at("/data/registrationState").isNull()).isTrue();
        assertThat(gone.has("errors")).isFalse();
    }

    @Test
    void withoutASecondFactorThereAreTokens() {
        GATEWAY.answer(
                LoginRequest.class,
                request -> LoginResponse.newBuilder()
                        .setTokens(tokens())
                        .setAccount(Account.newBuilder().setId(TestGateway.uuid("me")))
                        .build());

        var payload = login();

        assertThat(payload.at("/tokens/accessToken").asText()).isEqualTo("access");
        assertThat(payload.path("challenge").isNull()).isTrue();
    }

    @Test
    void withASecondFactorThereIsAChallengeAndItsAnswerGivesTokens() {
        GATEWAY.answer(
                LoginRequest.class,
                request -> LoginResponse.newBuilder()
                        .setChallenge(LoginChallenge.newBuilder()
                                .setChallengeToken("challenge-0123456789-0123456789")
                                .setExpireTime(Timestamp.newBuilder().setSeconds(1_767_225_600)))
                        .build());
        GATEWAY.answer(
                CompleteLoginRequest.class,
                request -> CompleteLoginResponse.newBuilder()
                        .setTokens(tokens())
                        .setAccount(Account.newBuilder().setId(TestGateway.uuid("me")))
                        .build());

        var payload = login();

        assertThat(payload.path("tokens").isNull()).isTrue();
        assertThat(payload.path("account").isNull()).isTrue();
        assertThat(payload.at("/challenge/expireTime").asText()).isEqualTo("2026-01-01T00:00:00Z");
        var completed = GATEWAY.ask(
                "mutation($i: CompleteLoginInput!) { completeLogin(input: $i) { tokens { refreshToken } account { id } } }",
                Map.of(
                        "i",
                        Map.of(
                                "challengeToken",
                                payload.at("/challenge/challengeToken").asText(),
                                "code",
                                "123456")),
                null);
        assertThat(completed.at("/data/completeLogin/tokens/refreshToken").asText())
                .isEqualTo("refresh");
        assertThat(GATEWAY.request(CompleteLoginRequest.class).getChallengeToken())
                .isEqualTo("challenge-0123456789-0123456789");
    }

    @Test
    void emailsAreAskedForAndUsed() {
        var answer = GATEWAY.ask("""
                mutation {
                  verifyEmail(input: {token: "%1$s"}) { userErrors { code } }
                  resendVerification(input: {email: "ada@example.org"}) { userErrors { code } }
                  requestPasswordReset(input: {email: "ada@example.org"}) { userErrors { code } }
                  resetPassword(input: {token: "%1$s", newPassword: "another horse"}) { userErrors { code } }
                }
                """.formatted(TOKEN));

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(answer.path("data"))
                .hasSize(4)
                .allSatisfy(payload -> assertThat(payload.path("userErrors")).isEmpty());
        assertThat(GATEWAY.requests())
                .containsExactly(
                        VerifyEmailRequest.newBuilder().setToken(TOKEN).build(),
                        ResendVerificationRequest.newBuilder()
                                .setEmail("ada@example.org")
                                .build(),
                        RequestPasswordResetRequest.newBuilder()
                                .setEmail("ada@example.org")
                                .build(),
                        ResetPasswordRequest.newBuilder()
                                .setToken(TOKEN)
                                .setNewPassword("another horse")
                                .build());
    }

    private static com.fasterxml.jackson.databind.JsonNode login() {
        return GATEWAY.ask("""
                        mutation { login(input: {identifier: "ada", password: "correct horse"}) {
                            tokens { accessToken } account { id } challenge { challengeToken expireTime }
                        } }
                        """).at("/data/login");
    }

    private static TokenPair tokens() {
        return TokenPair.newBuilder()
                .setAccessToken("access")
                .setRefreshToken("refresh")
                .build();
    }
}
