package org.aula.users.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import io.grpc.Status.Code;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.users.v1.BatchGetUserSummariesRequest;
import org.aula.api.users.v1.GetUserProfileRequest;
import org.aula.api.users.v1.GetUserRequest;
import org.aula.api.users.v1.GetUserSettingsRequest;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestEngines;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// MongoDB stands behind a gate.
class MongoAwayTest {

    private static final String MONGO_URL = TestEngines.get("TEST_MONGO_URL");
    private static final String HOST =
            new ConnectionString(MONGO_URL).getHosts().getFirst();
    private static final Gate GATE = gate();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth", "users")
            .setting("USERS_MONGO_URL", MONGO_URL.replace(HOST, "127.0.0.1:" + GATE.port()));

    private static Gate gate() {
        var colon = HOST.lastIndexOf(':');
        var port = Integer.parseInt(HOST.substring(colon + 1));
        return new Gate(new InetSocketAddress(HOST.substring(0, colon), port));
    }

    @AfterAll
    static void close() throws IOException {
        GATE.close();
    }

    @Test
    void aRegistrationWaitsUntilMongoIsBack() throws Exception {
        GATE.shut();
        var before = GATE.refused();
        var person = Person.registered(platform);
        Await.until("MongoDB was asked in vain", () -> GATE.refused() > before);
        assertThat(person.hasRow()).isFalse();

        GATE.open();

        Await.until("the user is there", person::hasRow);
        assertThat(Person.count(
                        platform,
                        "SELECT count(*) FROM users.dead_letters WHERE key = :id",
                        person.id().toString()))
                .isZero();
    }

    @Test
    void profileAndSettingsSayThatTheStoreIsAwayAndTheRestAnswers() throws Exception {
        GATE.open();
        var person = Person.settled(platform);
        var id = person.id().toString();
        GATE.shut();

        var profile = Refusal.expect(
                Code.UNAVAILABLE,
                ErrorReason.ERROR_REASON_STORE_UNAVAILABLE,
                () -> person.users()
                        .getUserProfile(
                                GetUserProfileRequest.newBuilder().setUserId(id).build()));
        var settings = Refusal.expect(
                Code.UNAVAILABLE,
                ErrorReason.ERROR_REASON_STORE_UNAVAILABLE,
                () -> person.users()
                        .getUserSettings(GetUserSettingsRequest.newBuilder()
                                .setUserId(id)
                                .build()));
        var user = person.users()
                .getUser(GetUserRequest.newBuilder().setUserId(id).build())
                .getUser();
        var summaries = person.users()
                .batchGetUserSummaries(
                        BatchGetUserSummariesRequest.newBuilder().addUserIds(id).build());

        assertThat(profile.metadata()).containsEntry("store", "mongo");
        assertThat(profile.hasRetryInfo()).isTrue();
        assertThat(settings.metadata()).containsEntry("store", "mongo");
        assertThat(user.getFirstName()).isEqualTo("Ada");
        assertThat(summaries.getUsersList()).hasSize(1);
    }
}
