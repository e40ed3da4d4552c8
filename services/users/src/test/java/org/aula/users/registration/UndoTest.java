package org.aula.users.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import java.util.List;
import java.util.UUID;
import org.aula.api.auth.v1.RegistrationCancelled;
import org.aula.api.auth.v1.UserRegistered;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.kernel.events.EventConsumer;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestPlatform;
import org.aula.users.People;
import org.aula.users.Person;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Each step of making a user fails for good once; afterwards nothing of the user is anywhere, and the event
/// says so. What `auth` does then is its own business, so a registration is played by its event.
class UndoTest {

    private static final Obstacle OBSTACLE = new Obstacle();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth", "users").bean(OBSTACLE);

    @AfterEach
    void clear() {
        OBSTACLE.lower();
        platform.superuser().useHandle(handle -> handle.execute("DROP TRIGGER IF EXISTS refuse ON users.users"));
    }

    private static MongoDatabase mongo() {
        return platform.bean("users", MongoDatabase.class);
    }

    /// An account that has registered, without its event.
    private static UUID anAccount() {
        var id = platform.account();
        platform.superuser().useHandle(handle -> handle.execute("""
                        INSERT INTO auth.registrations (account_id, first_name, last_name, language_code, time_zone)
                        VALUES (?, 'Ada', 'Lovelace', 'en', 'UTC')
                        """, id));
        return id;
    }

    private static void publish(com.google.protobuf.Message event) throws Exception {
        platform.inside(
                "auth",
                () -> platform.bean("auth", Database.class).transact(() -> {
                    platform.bean("auth", org.aula.kernel.events.Outbox.class).append(event);
                    return true;
                }));
    }

    private static void register(UUID id) throws Exception {
        publish(UserRegistered.newBuilder().setUserId(id.toString()).build());
    }

    private static void cancel(UUID id) throws Exception {
        publish(RegistrationCancelled.newBuilder().setUserId(id.toString()).build());
    }

    private static void expectNothing(UUID id, String... events) throws Exception {
        Await.untilHolds(() -> assertThat(People.events(platform, id)).containsExactly(events));
        for (var sql : List.of(
                "SELECT count(*) FROM users.users WHERE id = :id",
                "SELECT count(*) FROM users.user_preferences WHERE user_id = :id")) {
            assertThat(Person.count(platform, sql, id)).isZero();
        }
        assertThat(Person.count(platform, "SELECT count(*) FROM users.dead_letters WHERE key = :id", id.toString()))
                .isZero();
        for (var collection : List.of("user_profiles", "user_settings", "user_activities")) {
            assertThat(mongo().getCollection(collection).countDocuments(new Document("userId", id.toString())))
                    .as(collection)
                    .isZero();
        }
    }

    @Test
    void authRefusesToTell() throws Exception {
        var id = anAccount();
        OBSTACLE.raise();

        register(id);

        expectNothing(id, "UserCreationFailed");
    }

    @Test
    void theProfileIsRefused() throws Exception {
        theDocumentIsRefused("user_profiles", new Document());
    }

    @Test
    void theSettingsAreRefused() throws Exception {
        theDocumentIsRefused("user_settings", new Document("settings", new Document()));
    }

    /// Somebody else's document has the id.
    private static void theDocumentIsRefused(String collection, Document fields) throws Exception {
        var id = anAccount();
        mongo().getCollection(collection)
                .insertOne(fields.append("_id", id.toString())
                        .append("userId", UUID.randomUUID().toString()));

        register(id);

        expectNothing(id, "UserCreationFailed");
        assertThat(mongo().getCollection(collection).countDocuments(new Document("_id", id.toString())))
                .isEqualTo(1);
    }

    @Test
    void theRowIsRefused() throws Exception {
        var id = anAccount();
        platform.superuser().useHandle(handle -> {
            handle.execute("""
                    CREATE OR REPLACE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql
                    AS 'BEGIN RAISE EXCEPTION ''in the way''; END'
                    """);
            handle.execute("""
                    CREATE TRIGGER refuse BEFORE INSERT ON users.users FOR EACH ROW
                    WHEN (NEW.id = '%s') EXECUTE FUNCTION public.refuse()
                    """.formatted(id));
        });

        register(id);

        expectNothing(id, "UserCreationFailed");
    }

    @Test
    void aRegistrationThatIsTakenBackLeavesNothingAndIsToldOnce() throws Exception {
        var id = anAccount();
        register(id);
        Await.untilHolds(() -> assertThat(People.events(platform, id)).containsExactly("UserCreated"));

        cancel(id);
        expectNothing(id, "UserCreated", "UserCreationFailed");

        cancel(id);
        again(id);
        var other = anAccount();
        register(other);
        Await.untilHolds(() -> assertThat(People.events(platform, other)).containsExactly("UserCreated"));
        expectNothing(id, "UserCreated", "UserCreationFailed");
    }

    @Test
    void whatFailedAndIsTakenBackTooIsToldOnce() throws Exception {
        var id = anAccount();
        OBSTACLE.raise();
        register(id);
        cancel(id);
        var other = anAccount();
        register(other);

        expectNothing(other, "UserCreationFailed");
        expectNothing(id, "UserCreationFailed");
    }

    /// The event once more, past the inbox, as a replay of dead letters would.
    @SuppressWarnings("unchecked")
    private static void again(UUID id) throws Exception {
        var effect = (EventConsumer.Effect<UserRegistered>) platform.bean("users", RegistrationConsumer.class)
                .subscriptions()
                .getFirst()
                .effect();
        var database = platform.bean("users", Database.class);
        platform.inside(
                "users",
                () -> database.transact(() -> {
                    try {
                        effect.apply(
                                UserRegistered.newBuilder()
                                        .setUserId(id.toString())
                                        .build(),
                                EventEnvelope.getDefaultInstance());
                        return true;
                    } catch (Exception failure) {
                        throw new AssertionError(failure);
                    }
                }));
    }
}
