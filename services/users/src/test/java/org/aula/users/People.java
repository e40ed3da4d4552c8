package org.aula.users;

import java.util.List;
import java.util.UUID;
import org.aula.api.common.v1.AuditRecorded;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.api.users.v1.UserServiceGrpc;
import org.aula.api.users.v1.UserServiceGrpc.UserServiceBlockingStub;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;

/// Users who are there without having registered, and what was told of them.
public final class People {

    private People() {}

    /// A user with a row and these permissions.
    public static TestUser aUser(TestPlatform platform, String firstName, String... permissions) {
        var user = platform.user(permissions);
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("""
                        INSERT INTO users.users (id, first_name, last_name, avatar_url, short_bio)
                        VALUES (:id, :firstName, 'Lovelace', 'https://cdn.example/a.png', 'Counts')
                        """)
                        .bind("id", user.id())
                        .bind("firstName", firstName)
                        .execute());
        return user;
    }

    /// Deletes a user and its account behind the service's back.
    public static void delete(TestPlatform platform, UUID id) {
        platform.superuser().useTransaction(handle -> {
            handle.execute("UPDATE auth.accounts SET deleted_at = now() WHERE id = ?", id);
            handle.execute("UPDATE users.users SET deleted_at = now(), version = version + 1 WHERE id = ?", id);
        });
    }

    /// The service as this user calls it.
    public static UserServiceBlockingStub as(TestPlatform platform, TestUser user) {
        return UserServiceGrpc.newBlockingStub(platform.as(user, "users"));
    }

    /// Short names of the events that were told of a user, oldest first, audit entries left out.
    public static List<String> events(TestPlatform platform, UUID id) {
        return envelopes(platform, id).stream()
                .map(EventEnvelope::getType)
                .map(type -> type.substring(type.lastIndexOf('.') + 1))
                .filter(type -> !type.equals("AuditRecorded"))
                .toList();
    }

    /// Audit entries of a user, oldest first.
    public static List<AuditRecorded> audits(TestPlatform platform, UUID id) {
        return envelopes(platform, id).stream()
                .filter(envelope -> envelope.getPayload().is(AuditRecorded.class))
                .map(People::audit)
                .toList();
    }

    private static AuditRecorded audit(EventEnvelope envelope) {
        try {
            return envelope.getPayload().unpack(AuditRecorded.class);
        } catch (com.google.protobuf.InvalidProtocolBufferException broken) {
            throw new AssertionError(broken);
        }
    }

    private static List<EventEnvelope> envelopes(TestPlatform platform, UUID id) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("SELECT envelope FROM users.outbox WHERE key = ? ORDER BY id")
                        .bind(0, id.toString())
                        .map((row, context) -> parse(row.getBytes("envelope")))
                        .list());
    }

    private static EventEnvelope parse(byte[] bytes) {
        try {
            return EventEnvelope.parseFrom(bytes);
        } catch (com.google.protobuf.InvalidProtocolBufferException broken) {
            throw new AssertionError(broken);
        }
    }
}
