package org.aula.bff.accounts;

import java.util.Map;
import org.aula.api.auth.v1.LoginRequest;
import org.aula.api.auth.v1.LogoutRequest;
import org.aula.api.auth.v1.RefreshTokensRequest;
import org.aula.api.auth.v1.RegisterRequest;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;

/// Registering and sessions.
final class AccountMutations {

    private AccountMutations() {}

    static void addTo(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "register",
                RegisterRequest.getDefaultInstance(),
                input -> RegisterRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setEmail(input.text("email"))
                        .setPassword(input.text("password"))
                        .setUsername(input.text("username"))
                        .setFirstName(input.text("firstName"))
                        .setLastName(input.text("lastName"))
                        .setLanguageCode(input.text("languageCode"))
                        .setTimeZone(input.text("timeZone"))
                        .build(),
                (request, message) -> request.auth().register(message),
                answer -> Map.of("account", answer.getAccount())));
        wiring.mutation(new Mutation<>(
                "login",
                LoginRequest.getDefaultInstance(),
                input -> LoginRequest.newBuilder()
                        .setIdentifier(input.text("identifier"))
                        .setPassword(input.text("password"))
                        .setDeviceName(input.text("deviceName"))
                        .build(),
                (request, message) -> request.auth().login(message),
                answer -> Map.of("tokens", answer.getTokens(), "account", answer.getAccount())));
        wiring.mutation(new Mutation<>(
                "refreshTokens",
                RefreshTokensRequest.getDefaultInstance(),
                input -> RefreshTokensRequest.newBuilder()
                        .setRefreshToken(input.text("refreshToken"))
                        .build(),
                (request, message) -> request.auth().refreshTokens(message),
                answer -> Map.of("tokens", answer.getTokens())));
        wiring.mutation(new Mutation<>(
                "logout",
                LogoutRequest.getDefaultInstance(),
                input -> LogoutRequest.newBuilder()
                        .setRefreshToken(input.text("refreshToken"))
                        .build(),
                (request, message) -> request.auth().logout(message),
                answer -> Map.of()));
    }
}
