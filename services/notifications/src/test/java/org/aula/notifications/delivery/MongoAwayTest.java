package org.aula.notifications.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.util.UUID;
import org.aula.api.auth.v1.PasswordChanged;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.notifications.v1.DeliveryServiceGrpc;
import org.aula.api.notifications.v1.ListDeliveriesRequest;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.notifications.StandInAuth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoAwayTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("notifications")
            .setting("MONGO_URL", "mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=200");

    @Test
    void theListSaysThatTheStoreIsAwayAndEventsWait() throws Exception {
        var reader =
                DeliveryServiceGrpc.newBlockingStub(platform.as(platform.user("notifications:read"), "notifications"));
        var event = PasswordChanged.newBuilder()
                .setUserId(UUID.randomUUID().toString())
                .build();
        var id = StandInAuth.publish(event);

        var refusal = Refusal.expect(
                Code.UNAVAILABLE,
                ErrorReason.ERROR_REASON_STORE_UNAVAILABLE,
                () -> reader.listDeliveries(ListDeliveriesRequest.getDefaultInstance()));

        assertThat(refusal.metadata()).containsEntry("store", "mongo");
        assertThat(refusal.hasRetryInfo()).isTrue();
        assertThat(count("notifications.inbox", id)).isZero();
        assertThat(count("notifications.dead_letters", id)).isZero();
    }

    private static int count(String table, UUID eventId) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM " + table + " WHERE event_id = :id")
                        .bind("id", eventId)
                        .mapTo(Integer.class)
                        .one());
    }
}
