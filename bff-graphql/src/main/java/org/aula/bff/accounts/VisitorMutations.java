package org.aula.bff.accounts;

import java.util.LinkedHashMap;
import java.util.Map;
import org.aula.api.auth.v1.CompleteLoginRequest;
import org.aula.api.auth.v1.LoginRequest;
import org.aula.api.auth.v1.LoginResponse;
import org.aula.api.auth.v1.LogoutRequest;
import org.aula.api.auth.v1.RefreshTokensRequest;
import org.aula.api.auth.v1.RegisterRequest;
import org.aula.api.auth.v1.RegisterResponse;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;

/// Registering and signing in.
final class VisitorMutations {

    private VisitorMutations() {}

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
                VisitorMutations::registered));
        wiring.mutation(new Mutation<>(
                "login",
                LoginRequest.getDefaultInstance(),
                input -> LoginRequest.newBuilder()
                        .setIdentifier(input.text("identifier"))
                        .setPassword(input.text("password"))
                        .setDeviceName(input.text("deviceName"))
                        .build(),
                (request, message) -> request.auth().login(message),
                VisitorMutations::loggedIn));
        wiring.mutation(new Mutation<>(
                "completeLogin",
                CompleteLoginRequest.getDefaultInstance(),
                input -> CompleteLoginRequest.newBuilder()
                        .setChallengeToken(input.text("challengeToken"))
                        .setCode(input.text("code"))
                        .build(),
                (request, message) -> request.auth().completeLogin(message),
                answer -> Map.of("tokens", answer.getTokens(), "account", answer.getAccount())));
        addTokens(wiring);
    }

    private static void addTokens(Wiring wiring) {
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

    private static Map<String, Object> registered(RegisterResponse answer) {
        var payload = new LinkedHashMap<String, Object>();
        payload.put("account", answer.getAccount());
        var state = Values.name(answer.getState());
        if (state != null) {
            payload.put("state", state);
        }
        if (!answer.getRegistrationId().isEmpty()) {
            payload.put("registrationId", GlobalId.of("Registration", answer.getRegistrationId()));
        }
        return payload;
    }

    private static Map<String, Object> loggedIn(LoginResponse answer) {
        return answer.hasChallenge()
                ? Map.of("challenge", answer.getChallenge())
                : Map.of("tokens", answer.getTokens(), "account", answer.getAccount());
    }
}
