package org.aula.local.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.RegisterResponse;
import org.aula.api.auth.v1.RegistrationState;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestEngines;
import org.aula.local.outage.Control;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Registering spans two services and two stores. Whatever is killed between its steps, afterwards there is
/// the whole user or none, and the visitor can learn which.
@SuppressWarnings("NullAway.Init")
final class RegistrationCrashTest {

    private static final int WHOLE = 5;

    private static Child auth;
    private static Child users;
    private static MongoClient mongo;

    /// Holds something in the database while work goes on.
    private interface Held extends AutoCloseable {
        @Override
        void close();
    }

    @BeforeAll
    static void start() throws Exception {
        auth = Processes.auth();
        users = Processes.users();
        mongo = MongoClients.create(Processes.environment().get("MONGO_URL"));
    }

    @AfterAll
    static void stop() {
        mongo.close();
    }

    @Test
    void killedBeforeTheUserWasBegun() throws Exception {
        var answers = new ArrayList<RegisterResponse>();
        Control.without("mongodb", () -> {
            answers.add(Visitor.another().register(auth.channel()));
            users.kill();
            auth.kill();
        });
        assertThat(answers.getFirst().getState()).isEqualTo(RegistrationState.REGISTRATION_STATE_PENDING);
        auth.start();
        users.start();

        awaitWhole(answers.getFirst().getRegistrationId());
    }

    @Test
    void killedBetweenTheDocumentsAndTheRow() throws Exception {
        RegisterResponse answer;
        try (var held = hold("LOCK TABLE users.users IN SHARE ROW EXCLUSIVE MODE")) {
            answer = Visitor.another().register(auth.channel());
            assertThat(answer.getState()).isEqualTo(RegistrationState.REGISTRATION_STATE_PENDING);
            Await.until("the documents are there", () -> documents(answer.getRegistrationId()) == 2);
            users.kill();
            // What had reached PostgreSQL, the COMMIT among it, would go on behind the lock.
            count("""
                    SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity
                    WHERE usename = 'users' AND datname = current_database()
                    """);
        }
        assertThat(count("SELECT count(*) FROM users.users WHERE id = '" + answer.getRegistrationId() + "'"))
                .as("rows of the user while nobody works on it")
                .isZero();
        users.start();

        awaitWhole(answer.getRegistrationId());
    }

    @Test
    void whatFailsForGoodLeavesNothingAndTheAddressIsFree() throws Exception {
        var visitor = Visitor.another();
        refuseRows();
        try {
            Refusal.expect(
                    Code.ABORTED, ErrorReason.ERROR_REASON_REGISTRATION_FAILED, () -> visitor.register(auth.channel()));
            Refusal.expect(
                    Code.ABORTED, ErrorReason.ERROR_REASON_REGISTRATION_FAILED, () -> visitor.register(auth.channel()));
        } finally {
            acceptRows();
        }
        assertThat(accounts(visitor)).isZero();

        var second = visitor.again().register(auth.channel());

        assertThat(second.getState()).isEqualTo(RegistrationState.REGISTRATION_STATE_COMPLETED);
        assertThat(Visitor.parts(mongo, second.getRegistrationId())).isEqualTo(WHOLE);
    }

    @Test
    void killedWhileItWasUndone() throws Exception {
        var visitor = Visitor.another();
        refuseRows();
        String registrationId;
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<RegisterResponse> answer = executor.submit(() -> visitor.register(auth.channel()));
            Await.until("the account is there", () -> accounts(visitor) == 1);
            try (var held = hold("SELECT 1 FROM auth.accounts WHERE email = '" + visitor.email() + "' FOR UPDATE")) {
                assertThat(answer.get().getState()).isEqualTo(RegistrationState.REGISTRATION_STATE_PENDING);
                registrationId = answer.get().getRegistrationId();
                auth.kill();
                users.kill();
            }
        } finally {
            acceptRows();
        }
        auth.start();
        users.start();

        Await.until("an end", () -> ended(registrationId));
        var whole = Visitor.state(auth.channel(), registrationId) == RegistrationState.REGISTRATION_STATE_COMPLETED;
        Await.untilHolds(() -> assertThat(Visitor.parts(mongo, registrationId)).isEqualTo(whole ? WHOLE : 0));
    }

    @Test
    void killedAtAnyMoment() throws Exception {
        var going = new AtomicBoolean(true);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var registering = new ArrayList<Future<List<RegisterResponse>>>();
            for (int person = 0; person < 4; person++) {
                registering.add(executor.submit(() -> registerWhile(going)));
            }
            try {
                for (int round = 0; round < 6; round++) {
                    var victim = round % 2 == 0 ? users : auth;
                    Thread.sleep(ThreadLocalRandom.current().nextInt(200, 1_200));
                    victim.kill();
                    victim.start();
                }
            } finally {
                going.set(false);
            }
            for (var answers : registering) {
                assertThat(answers.get()).isNotEmpty();
                for (var answer : answers.get()) {
                    awaitWhole(answer.getRegistrationId());
                }
            }
        }
        Await.untilHolds(
                () -> assertThat(count("SELECT count(*) FROM auth.accounts a FULL JOIN users.users u USING (id)"
                                + " WHERE a.id IS NULL OR u.id IS NULL"))
                        .as("halves of users")
                        .isZero());
    }

    private static List<RegisterResponse> registerWhile(AtomicBoolean going) throws InterruptedException {
        var answers = new ArrayList<RegisterResponse>();
        while (going.get()) {
            answers.add(Visitor.another().registerPatiently(auth.channel()));
        }
        return answers;
    }

    private static void awaitWhole(String registrationId) throws Exception {
        Await.untilHolds(() -> assertThat(Visitor.state(auth.channel(), registrationId))
                .isEqualTo(RegistrationState.REGISTRATION_STATE_COMPLETED));
        assertThat(Visitor.parts(mongo, registrationId)).isEqualTo(WHOLE);
    }

    private static boolean ended(String registrationId) {
        return Visitor.state(auth.channel(), registrationId) != RegistrationState.REGISTRATION_STATE_PENDING;
    }

    private static long documents(String userId) {
        var database = mongo.getDatabase(TestEngines.forServices().get("MONGO_DATABASE"));
        return database.getCollection("user_profiles").countDocuments(Filters.eq("userId", userId))
                + database.getCollection("user_settings").countDocuments(Filters.eq("userId", userId));
    }

    private static long accounts(Visitor visitor) {
        return TestEngines.superuser()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM auth.accounts WHERE email = ?")
                        .bind(0, visitor.email())
                        .mapTo(Long.class)
                        .one());
    }

    private static long count(String query) {
        return TestEngines.superuser()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(Long.class).one());
    }

    /// From now on no user's row can be written, for good.
    private static void refuseRows() {
        TestEngines.superuser().useHandle(handle -> {
            handle.execute("""
                    CREATE OR REPLACE FUNCTION users.refuse() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = 'check_violation'; END $$
                    """);
            handle.execute(
                    "CREATE TRIGGER refuse BEFORE INSERT ON users.users FOR EACH ROW EXECUTE FUNCTION users.refuse()");
        });
    }

    private static void acceptRows() {
        TestEngines.superuser().useHandle(handle -> handle.execute("DROP TRIGGER refuse ON users.users"));
    }

    private static Held hold(String statement) {
        Handle handle = TestEngines.superuser().open();
        handle.begin();
        handle.execute(statement);
        return () -> {
            handle.rollback();
            handle.close();
        };
    }
}
