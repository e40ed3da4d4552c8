package org.aula.local.crash;

import com.mongodb.client.MongoClient;
import com.mongodb.client.model.Filters;
import io.grpc.Channel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.nio.channels.ClosedChannelException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.GetRegistrationStateRequest;
import org.aula.api.auth.v1.RegisterRequest;
import org.aula.api.auth.v1.RegisterResponse;
import org.aula.api.auth.v1.RegistrationState;
import org.aula.kernel.testing.TestEngines;

/// Somebody who registers, and what the stores hold of them.
///
/// @param requestId of the registration, the same when it is tried again
record Visitor(String requestId, String email) {

    static final String PASSWORD = "correct horse battery";

    private static final String[] ROWS = {
        "SELECT count(*) FROM auth.accounts WHERE id = :id",
        "SELECT count(*) FROM users.users WHERE id = :id",
        "SELECT count(*) FROM users.user_preferences WHERE user_id = :id"
    };
    private static final String[] DOCUMENTS = {"user_profiles", "user_settings"};

    static Visitor another() {
        return new Visitor(UUID.randomUUID().toString(), UUID.randomUUID() + "@test.example");
    }

    /// The same address once more, as a request of its own.
    Visitor again() {
        return new Visitor(UUID.randomUUID().toString(), email);
    }

    RegisterResponse register(Channel auth) {
        return AuthServiceGrpc.newBlockingStub(auth)
                .withDeadlineAfter(15, TimeUnit.SECONDS)
                .register(RegisterRequest.newBuilder()
                        .setRequestId(requestId)
                        .setEmail(email)
                        .setPassword(PASSWORD)
                        .setFirstName("Ada")
                        .setLastName("Lovelace")
                        .build());
    }

    /// Tries again while the service is unavailable, as a person would, for two minutes.
    RegisterResponse registerPatiently(Channel auth) throws InterruptedException {
        var end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (true) {
            try {
                return register(auth);
            } catch (StatusRuntimeException refused) {
                var code = refused.getStatus().getCode();
                // A connection that breaks just when the call is written ends it as UNKNOWN.
                var broken = refused.getCause() instanceof ClosedChannelException;
                var passing =
                        code == Code.UNAVAILABLE || code == Code.DEADLINE_EXCEEDED || broken || isInProgress(refused);
                if (!passing || System.nanoTime() > end) {
                    throw refused;
                }
            }
            Thread.sleep(100);
        }
    }

    static RegistrationState state(Channel auth, String registrationId) {
        return AuthServiceGrpc.newBlockingStub(auth)
                .withDeadlineAfter(5, TimeUnit.SECONDS)
                .getRegistrationState(GetRegistrationStateRequest.newBuilder()
                        .setRegistrationId(registrationId)
                        .build())
                .getState();
    }

    /// How many of the five parts of a user the stores hold: account, row, preferences, profile, settings.
    static long parts(MongoClient mongo, String userId) {
        var id = UUID.fromString(userId);
        long parts = TestEngines.superuser().withHandle(handle -> {
            long rows = 0;
            for (var query : ROWS) {
                rows += handle.createQuery(query)
                        .bind("id", id)
                        .mapTo(Long.class)
                        .one();
            }
            return rows;
        });
        var database = mongo.getDatabase(TestEngines.forServices().get("MONGO_DATABASE"));
        for (var collection : DOCUMENTS) {
            parts += database.getCollection(collection).countDocuments(Filters.eq("userId", userId));
        }
        return parts;
    }

    private static boolean isInProgress(StatusRuntimeException refused) {
        return refused.getStatus().getCode() == Code.ABORTED
                && String.valueOf(refused.getStatus().getDescription()).contains("in progress");
    }
}
