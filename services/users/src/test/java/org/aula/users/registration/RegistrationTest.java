package org.aula.users.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import java.util.List;
import java.util.Map;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.GetRegistrationRequest;
import org.aula.api.auth.v1.UserRegistered;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.api.users.v1.GetUserProfileRequest;
import org.aula.api.users.v1.GetUserRequest;
import org.aula.api.users.v1.GetUserSettingsRequest;
import org.aula.kernel.events.EventConsumer;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestPlatform;
import org.aula.users.Person;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RegistrationTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth", "users");

    @Test
    void aRegistrationBecomesAUserInBothStores() throws Exception {
        var person = Person.settled(platform);
        var id = person.id().toString();

        var user = person.users()
                .getUser(GetUserRequest.newBuilder().setUserId(id).build())
                .getUser();
        var profile = person.users()
                .getUserProfile(GetUserProfileRequest.newBuilder().setUserId(id).build())
                .getProfile();
        var settings = person.users()
                .getUserSettings(
                        GetUserSettingsRequest.newBuilder().setUserId(id).build())
                .getSettings();

        assertThat(user.getFirstName()).isEqualTo("Ada");
        assertThat(user.getLastName()).isEqualTo("Lovelace");
        assertThat(user.getLanguageCode()).isEqualTo("pt-BR");
        assertThat(user.getTimeZone()).isEqualTo("Europe/Lisbon");
        assertThat(user.getEtag()).isEqualTo("1");
        assertThat(user.hasCreateTime()).isTrue();
        assertThat(profile.getUserId()).isEqualTo(id);
        assertThat(profile.getBio()).isEmpty();
        assertThat(settings.getUserId()).isEqualTo(id);
        assertThat(settings.getSettings().getFieldsMap()).isEmpty();
        var mongo = platform.bean("users", MongoDatabase.class);
        for (var collection : List.of("user_profiles", "user_settings")) {
            assertThat(mongo.getCollection(collection).countDocuments(new Document("userId", id)))
                    .isEqualTo(1);
        }
        Map<String, Object> preferences = platform.superuser()
                .withHandle(handle -> handle.createQuery("SELECT * FROM users.user_preferences WHERE user_id = ?")
                        .bind(0, person.id())
                        .mapToMap()
                        .one());
        assertThat(preferences).containsEntry("email_notifications", true);
    }

    @Test
    void authForgetsTheNamesOnceTheUserIsThere() throws Exception {
        var person = Person.settled(platform);
        var auth = AuthServiceGrpc.newBlockingStub(platform.asService("users", "auth"));
        var request = GetRegistrationRequest.newBuilder()
                .setUserId(person.id().toString())
                .build();

        Await.untilHolds(() -> {
            var registration = auth.getRegistration(request);
            assertThat(registration.getFirstName()).isEmpty();
            assertThat(registration.getLastName()).isEmpty();
            assertThat(registration.getAccount().getEmail()).isEqualTo(person.email());
        });
    }

    @Test
    void anEventThatComesOnceMoreChangesNothing() throws Exception {
        var person = Person.settled(platform);
        var auth = AuthServiceGrpc.newBlockingStub(platform.asService("users", "auth"));
        var request = GetRegistrationRequest.newBuilder()
                .setUserId(person.id().toString())
                .build();
        Await.until(
                "auth has forgotten the names",
                () -> auth.getRegistration(request).getFirstName().isEmpty());

        apply(UserRegistered.newBuilder().setUserId(person.id().toString()).build());

        var user = person.users()
                .getUser(GetUserRequest.newBuilder()
                        .setUserId(person.id().toString())
                        .build())
                .getUser();
        assertThat(user.getFirstName()).isEqualTo("Ada");
        assertThat(Person.count(
                        platform,
                        "SELECT count(*) FROM users.outbox WHERE key = :id",
                        person.id().toString()))
                .isEqualTo(1);
    }

    /// As a second delivery would, past the inbox.
    @SuppressWarnings("unchecked")
    private static void apply(UserRegistered event) throws Exception {
        var effect = (EventConsumer.Effect<UserRegistered>) platform.bean("users", RegistrationConsumer.class)
                .subscriptions()
                .getFirst()
                .effect();
        var database = platform.bean("users", Database.class);
        var applied = platform.inside(
                "users",
                () -> database.transact(() -> {
                    try {
                        effect.apply(event, EventEnvelope.getDefaultInstance());
                        return true;
                    } catch (Exception failure) {
                        throw new AssertionError(failure);
                    }
                }));
        assertThat(applied).isTrue();
    }
}
