package org.aula.notifications.delivery;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.users.v1.BatchGetUsersRequest;
import org.aula.api.users.v1.UserServiceGrpc;
import org.aula.kernel.client.Calls;
import org.aula.kernel.client.Channels;
import org.aula.notifications.email.Reader;

/// Asks `users` for a person's name, language and time zone.
@Singleton
final class ReaderClient {

    private final Channels channels;

    ReaderClient(Channels channels) {
        this.channels = channels;
    }

    /// The person, or [Reader#UNKNOWN] when there is no such user, not yet or no more.
    Reader find(UUID userId) {
        var stub = UserServiceGrpc.newFutureStub(channels.channel("users"));
        var request =
                BatchGetUsersRequest.newBuilder().addUserIds(userId.toString()).build();
        return Calls.await("users", stub.batchGetUsers(request)).getUsersList().stream()
                .findFirst()
                .map(user -> Reader.of(user.getFirstName(), user.getLanguageCode(), user.getTimeZone()))
                .orElse(Reader.UNKNOWN);
    }
}
