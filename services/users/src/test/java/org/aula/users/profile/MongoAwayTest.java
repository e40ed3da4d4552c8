package org.aula.users.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Struct;
import com.mongodb.ConnectionString;
import io.grpc.Status.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.users.v1.BatchGetUserSummariesRequest;
import org.aula.api.users.v1.FullUser;
import org.aula.api.users.v1.GetFullUserRequest;
import org.aula.api.users.v1.GetUserPreferencesRequest;
import org.aula.api.users.v1.GetUserProfileRequest;
import org.aula.api.users.v1.GetUserRequest;
import org.aula.api.users.v1.GetUserSettingsRequest;
import org.aula.api.users.v1.ListActivitiesRequest;
import org.aula.api.users.v1.RecordActivityRequest;
import org.aula.api.users.v1.UpdateUserProfileRequest;
import org.aula.api.users.v1.UpdateUserSettingsRequest;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.FaultProxy;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestEngines;
import org.aula.kernel.testing.TestPlatform;
import org.aula.users.People;
import org.aula.users.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// MongoDB stands behind a gate.
class MongoAwayTest {

    private static final String MONGO_URL = TestEngines.get("TEST_MONGO_URL");
    private static final String HOST =
            new ConnectionString(MONGO_URL).getHosts().getFirst();
    private static final FaultProxy GATE = FaultProxy.before(HOST);

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth", "users")
            .setting("USERS_MONGO_URL", MONGO_URL.replace(HOST, "127.0.0.1:" + GATE.port()));

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

    private static FullUser full(Person person) {
        return person.users()
                .getFullUser(GetFullUserRequest.newBuilder()
                        .setUserId(person.id().toString())
                        .build())
                .getFullUser();
    }

    @Test
    void aFullUserHasEverythingOrSaysWhatIsMissing() throws Exception {
        GATE.open();
        var person = Person.settled(platform);

        var whole = full(person);
        GATE.stall();
        var whileStuck = full(person);
        GATE.shut();
        var whileAway = full(person);

        assertThat(whole.getMissingPartsList()).isEmpty();
        assertThat(whole.getUser().getFirstName()).isEqualTo("Ada");
        assertThat(whole.getProfile().getUserId()).isEqualTo(person.id().toString());
        assertThat(whole.getSettings().getEtag()).isEqualTo("1");
        assertThat(whole.getPreferences().getEmailNotifications()).isTrue();
        assertThat(whole.getAccountStatus()).isIn("ACTIVE", "PENDING_VERIFICATION");
        for (var part : List.of(whileStuck, whileAway)) {
            assertThat(part.getMissingPartsList()).containsExactly("profile", "settings");
            assertThat(part.hasProfile()).isFalse();
            assertThat(part.hasSettings()).isFalse();
            assertThat(part.getUser()).isEqualTo(whole.getUser());
            assertThat(part.getPreferences()).isEqualTo(whole.getPreferences());
            assertThat(part.getRolesList()).isEqualTo(whole.getRolesList());
        }
    }

    @Test
    void aSlowMongoHoldsNoConnectionToPostgres() throws Exception {
        GATE.open();
        var person = Person.settled(platform);
        var id = person.id().toString();
        GATE.stall();
        var stuck = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < 10; number++) {
                stuck.add(threads.submit(() -> person.users()
                        .recordActivity(RecordActivityRequest.newBuilder()
                                .setRequestId(UUID.randomUUID().toString())
                                .setAction("lesson.open")
                                .build())));
                stuck.add(threads.submit(() -> person.users()
                        .updateUserProfile(UpdateUserProfileRequest.newBuilder()
                                .setUserId(id)
                                .setUpdateMask(FieldMask.newBuilder().addPaths("bio"))
                                .setBio("Slow")
                                .build())));
            }
            for (int number = 0; number < 20; number++) {
                var preferences = person.users()
                        .getUserPreferences(GetUserPreferencesRequest.newBuilder()
                                .setUserId(id)
                                .build());
                assertThat(preferences.hasPreferences()).isTrue();
            }
            assertThat(stuck).noneMatch(Future::isDone);
            GATE.shut();
            for (var call : stuck) {
                assertThatThrownBy(call::get)
                        .cause()
                        .satisfies(refused -> assertThat(Refusal.of(() -> {
                                            throw (Exception) refused;
                                        })
                                        .reason())
                                .isIn("STORE_UNAVAILABLE", "DEADLINE_EXCEEDED"));
            }
        }
        assertThat(People.events(platform, person.id())).doesNotContain("UserUpdated");
    }

    @Test
    void whatIsWrittenToMongoSaysThatTheStoreIsAway() throws Exception {
        GATE.open();
        var person = Person.settled(platform);
        var id = person.id().toString();
        GATE.shut();

        for (Refusal.Call call : List.<Refusal.Call>of(
                () -> person.users()
                        .recordActivity(RecordActivityRequest.newBuilder()
                                .setRequestId(UUID.randomUUID().toString())
                                .setAction("lesson.open")
                                .build()),
                () -> person.users()
                        .listActivities(
                                ListActivitiesRequest.newBuilder().setUserId(id).build()),
                () -> person.users()
                        .updateUserSettings(UpdateUserSettingsRequest.newBuilder()
                                .setUserId(id)
                                .setSettings(Struct.getDefaultInstance())
                                .build()),
                () -> person.users()
                        .updateUserProfile(UpdateUserProfileRequest.newBuilder()
                                .setUserId(id)
                                .setUpdateMask(FieldMask.newBuilder().addPaths("bio"))
                                .build()))) {
            var refusal = Refusal.expect(Code.UNAVAILABLE, ErrorReason.ERROR_REASON_STORE_UNAVAILABLE, call);
            assertThat(refusal.metadata()).containsEntry("store", "mongo");
            assertThat(refusal.hasRetryInfo()).isTrue();
        }
    }
}
