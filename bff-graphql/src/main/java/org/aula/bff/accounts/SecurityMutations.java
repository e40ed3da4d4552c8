package org.aula.bff.accounts;

import java.util.Map;
import org.aula.api.auth.v1.BeginTotpRequest;
import org.aula.api.auth.v1.ChangeEmailRequest;
import org.aula.api.auth.v1.ChangePasswordRequest;
import org.aula.api.auth.v1.ConfirmTotpRequest;
import org.aula.api.auth.v1.DisableTotpRequest;
import org.aula.api.auth.v1.RegenerateRecoveryCodesRequest;
import org.aula.api.auth.v1.RemoveSecondFactorRequest;
import org.aula.api.auth.v1.RevokeAllSessionsRequest;
import org.aula.api.auth.v1.RevokeSessionRequest;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;

/// What keeps an account its owner's: password, address, sessions, second factor.
final class SecurityMutations {

    private SecurityMutations() {}

    static void addTo(Wiring wiring) {
        addCredentials(wiring);
        addSessions(wiring);
        addTotp(wiring);
        addRecovery(wiring);
    }

    private static void addCredentials(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "changePassword",
                ChangePasswordRequest.getDefaultInstance(),
                input -> ChangePasswordRequest.newBuilder()
                        .setCurrentPassword(input.text("currentPassword"))
                        .setNewPassword(input.text("newPassword"))
                        .build(),
                (request, message) -> request.accounts().changePassword(message),
                answer -> Map.of()));
        wiring.mutation(new Mutation<>(
                "changeEmail",
                ChangeEmailRequest.getDefaultInstance(),
                input -> ChangeEmailRequest.newBuilder()
                        .setNewEmail(input.text("newEmail"))
                        .setPassword(input.text("password"))
                        .build(),
                (request, message) -> request.accounts().changeEmail(message),
                answer -> Map.of()));
    }

    private static void addSessions(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "revokeSession",
                RevokeSessionRequest.getDefaultInstance(),
                input -> RevokeSessionRequest.newBuilder()
                        .setSessionId(input.id("sessionId", "Session"))
                        .build(),
                (request, message) -> request.sessions().revokeSession(message),
                answer -> Map.of()));
        wiring.mutation(new Mutation<>(
                "revokeAllSessions",
                RevokeAllSessionsRequest.getDefaultInstance(),
                input -> RevokeAllSessionsRequest.newBuilder()
                        .setUserId(input.person("userId"))
                        .setKeepCurrent(input.flag("keepCurrent"))
                        .build(),
                (request, message) -> request.sessions().revokeAllSessions(message),
                answer -> Map.of("revokedCount", answer.getRevokedCount())));
    }

    private static void addTotp(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "beginTotp",
                BeginTotpRequest.getDefaultInstance(),
                input -> BeginTotpRequest.newBuilder()
                        .setPassword(input.text("password"))
                        .build(),
                (request, message) -> request.secondFactors().beginTotp(message),
                answer -> Map.of("secret", answer.getSecret(), "otpauthUri", answer.getOtpauthUri())));
        wiring.mutation(new Mutation<>(
                "confirmTotp",
                ConfirmTotpRequest.getDefaultInstance(),
                input -> ConfirmTotpRequest.newBuilder()
                        .setCode(input.text("code"))
                        .build(),
                (request, message) -> request.secondFactors().confirmTotp(message),
                answer -> Map.of("recoveryCodes", answer.getRecoveryCodesList())));
        wiring.mutation(new Mutation<>(
                "disableTotp",
                DisableTotpRequest.getDefaultInstance(),
                input -> DisableTotpRequest.newBuilder()
                        .setPassword(input.text("password"))
                        .build(),
                (request, message) -> request.secondFactors().disableTotp(message),
                answer -> Map.of()));
    }

    private static void addRecovery(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "regenerateRecoveryCodes",
                RegenerateRecoveryCodesRequest.getDefaultInstance(),
                input -> RegenerateRecoveryCodesRequest.newBuilder()
                        .setPassword(input.text("password"))
                        .build(),
                (request, message) -> request.secondFactors().regenerateRecoveryCodes(message),
                answer -> Map.of("recoveryCodes", answer.getRecoveryCodesList())));
        wiring.mutation(new Mutation<>(
                "removeSecondFactor",
                RemoveSecondFactorRequest.getDefaultInstance(),
                input -> RemoveSecondFactorRequest.newBuilder()
                        .setUserId(input.person("userId"))
                        .build(),
                (request, message) -> request.secondFactors().removeSecondFactor(message),
                answer -> Map.of()));
    }
}
