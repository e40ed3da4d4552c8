package org.aula.bff.accounts;

import java.util.Map;
import org.aula.api.auth.v1.ActivateAccountRequest;
import org.aula.api.auth.v1.DeactivateAccountRequest;
import org.aula.api.auth.v1.RequestPasswordResetRequest;
import org.aula.api.auth.v1.ResendVerificationRequest;
import org.aula.api.auth.v1.ResetPasswordRequest;
import org.aula.api.auth.v1.SuspendAccountRequest;
import org.aula.api.auth.v1.VerifyEmailRequest;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;

/// Letters of an account, and where it stands.
final class AccountMutations {

    private AccountMutations() {}

    static void addTo(Wiring wiring) {
        addLetters(wiring);
        addStates(wiring);
    }

    private static void addLetters(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "verifyEmail",
                VerifyEmailRequest.getDefaultInstance(),
                input -> VerifyEmailRequest.newBuilder()
                        .setToken(input.text("token"))
                        .build(),
                (request, message) -> request.accounts().verifyEmail(message),
                answer -> Map.of()));
        wiring.mutation(new Mutation<>(
                "resendVerification",
                ResendVerificationRequest.getDefaultInstance(),
                input -> ResendVerificationRequest.newBuilder()
                        .setEmail(input.text("email"))
                        .build(),
                (request, message) -> request.accounts().resendVerification(message),
                answer -> Map.of()));
        wiring.mutation(new Mutation<>(
                "requestPasswordReset",
                RequestPasswordResetRequest.getDefaultInstance(),
                input -> RequestPasswordResetRequest.newBuilder()
                        .setEmail(input.text("email"))
                        .build(),
                (request, message) -> request.accounts().requestPasswordReset(message),
                answer -> Map.of()));
        wiring.mutation(new Mutation<>(
                "resetPassword",
                ResetPasswordRequest.getDefaultInstance(),
                input -> ResetPasswordRequest.newBuilder()
                        .setToken(input.text("token"))
                        .setNewPassword(input.text("newPassword"))
                        .build(),
                (request, message) -> request.accounts().resetPassword(message),
                answer -> Map.of()));
    }

    private static void addStates(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "activateAccount",
                ActivateAccountRequest.getDefaultInstance(),
                input -> ActivateAccountRequest.newBuilder()
                        .setUserId(input.person("userId"))
                        .build(),
                (request, message) -> request.accounts().activateAccount(message),
                answer -> Map.of("account", answer.getAccount())));
        wiring.mutation(new Mutation<>(
                "deactivateAccount",
                DeactivateAccountRequest.getDefaultInstance(),
                input -> DeactivateAccountRequest.newBuilder()
                        .setUserId(input.person("userId"))
                        .build(),
                (request, message) -> request.accounts().deactivateAccount(message),
                answer -> Map.of("account", answer.getAccount())));
        wiring.mutation(new Mutation<>(
                "suspendAccount",
                SuspendAccountRequest.getDefaultInstance(),
                input -> SuspendAccountRequest.newBuilder()
                        .setUserId(input.person("userId"))
                        .setReason(input.text("reason"))
                        .build(),
                (request, message) -> request.accounts().suspendAccount(message),
                answer -> Map.of("account", answer.getAccount())));
    }
}
