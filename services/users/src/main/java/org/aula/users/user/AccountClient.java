package org.aula.users.user;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import org.aula.api.auth.v1.AccountServiceGrpc;
import org.aula.api.auth.v1.AccountServiceGrpc.AccountServiceFutureStub;
import org.aula.api.auth.v1.DeleteAccountRequest;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.RestoreAccountRequest;
import org.aula.kernel.client.Calls;
import org.aula.kernel.client.Channels;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.UpstreamException;

/// Has `auth` delete and restore the account of a user. Both may be repeated.
@Singleton
final class AccountClient {

    private static final String AUTH = "auth";

    private final Channels channels;

    AccountClient(Channels channels) {
        this.channels = channels;
    }

    /// @throws org.aula.kernel.error.ServiceException FAILED_PRECONDITION with LAST_ADMIN
    void delete(UUID userId) {
        var request =
                DeleteAccountRequest.newBuilder().setUserId(userId.toString()).build();
        try {
            Calls.await(AUTH, stub().deleteAccount(request));
        } catch (UpstreamException refused) {
            if (gave(refused, ErrorReason.ERROR_REASON_LAST_ADMIN)) {
                throw Errors.failedPrecondition(
                        ErrorReason.ERROR_REASON_LAST_ADMIN, "the last administrator must remain", Map.of());
            }
            if (!gave(refused, ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND)) {
                throw refused;
            }
            // The account is gone already, and the user follows.
        }
    }

    /// @throws org.aula.kernel.error.ServiceException ALREADY_EXISTS with EMAIL_TAKEN or USERNAME_TAKEN,
    ///     NOT_FOUND with USER_NOT_FOUND when there is no account that could come back
    void restore(UUID userId) {
        var request =
                RestoreAccountRequest.newBuilder().setUserId(userId.toString()).build();
        try {
            Calls.await(AUTH, stub().restoreAccount(request));
        } catch (UpstreamException refused) {
            if (gave(refused, ErrorReason.ERROR_REASON_EMAIL_TAKEN)) {
                throw Errors.alreadyExists(
                        ErrorReason.ERROR_REASON_EMAIL_TAKEN, "the email address is taken", Map.of());
            }
            if (gave(refused, ErrorReason.ERROR_REASON_USERNAME_TAKEN)) {
                throw Errors.alreadyExists(ErrorReason.ERROR_REASON_USERNAME_TAKEN, "the user name is taken", Map.of());
            }
            if (gave(refused, ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND)) {
                throw Errors.notFound(
                        org.aula.api.users.v1.ErrorReason.ERROR_REASON_USER_NOT_FOUND, "the user's account is gone");
            }
            throw refused;
        }
    }

    private AccountServiceFutureStub stub() {
        return AccountServiceGrpc.newFutureStub(channels.channel(AUTH));
    }

    private static boolean gave(UpstreamException refused, ErrorReason reason) {
        return Errors.name(reason).equals(refused.reason());
    }
}
