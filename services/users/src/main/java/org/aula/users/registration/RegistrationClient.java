package org.aula.users.registration;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.GetRegistrationRequest;
import org.aula.kernel.client.Calls;
import org.aula.kernel.client.Channels;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.UpstreamException;
import org.aula.users.user.NewUser;

/// Asks `auth` what a visitor said when registering.
@Singleton
final class RegistrationClient {

    private final Channels channels;

    RegistrationClient(Channels channels) {
        this.channels = channels;
    }

    /// What the visitor said, or nothing when the account is gone.
    Optional<NewUser> find(UUID userId) {
        var request =
                GetRegistrationRequest.newBuilder().setUserId(userId.toString()).build();
        try {
            var stub = AuthServiceGrpc.newFutureStub(channels.channel("auth"));
            var answer = Calls.await("auth", stub.getRegistration(request));
            return Optional.of(new NewUser(
                    userId,
                    answer.getFirstName(),
                    answer.getLastName(),
                    answer.getLanguageCode(),
                    answer.getTimeZone()));
        } catch (UpstreamException refused) {
            if (Errors.name(ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND).equals(refused.reason())) {
                return Optional.empty();
            }
            throw refused;
        }
    }
}
