package org.aula.users.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.aula.api.users.v1.BatchGetUserSummariesRequest;
import org.aula.api.users.v1.GetUserRequest;
import org.aula.api.users.v1.UpdateUserRequest;
import org.aula.api.users.v1.UserServiceGrpc;
import org.aula.api.users.v1.UserSummary;
import org.aula.api.users.v1.UserUpdated;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.redis.Redis;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.aula.users.People;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UserCacheTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("users");

    private static String key(UUID id) {
        return "cache:user:" + id;
    }

    private static Redis redis() {
        return platform.bean("users", Redis.class);
    }

    private static String firstName(TestUser user) {
        return People.as(platform, user)
                .getUser(GetUserRequest.newBuilder()
                        .setUserId(user.id().toString())
                        .build())
                .getUser()
                .getFirstName();
    }

    /// Changes the row behind the service's back.
    private static void rename(UUID id, String firstName) {
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE users.users SET first_name = ?, version = version + 1 WHERE id = ?", firstName, id));
    }

    private static void awaitKept(UUID id) throws Exception {
        Await.until("the user is kept", () -> redis().commands().exists(key(id)) == 1);
    }

    /// The first who asks only has Redis looked after.
    @BeforeEach
    void redisIsKnownToBeThere() throws Exception {
        var somebody = People.aUser(platform, "Somebody");
        Await.until("Redis is used", () -> {
            firstName(somebody);
            return redis().commands().exists(key(somebody.id())) == 1;
        });
    }

    @Test
    void aUserWhoWasReadIsKeptForHalfAnHourAndReadWithoutAStatement() throws Exception {
        var user = People.aUser(platform, "Ada");
        firstName(user);
        awaitKept(user.id());

        assertThat(platform.statements("users", () -> firstName(user))).isZero();
        assertThat(redis().commands().ttl(key(user.id()))).isBetween(1_700L, 1_800L);
    }

    @Test
    void manyAreReadInOneTrip() throws Exception {
        var ids = IntStream.range(0, 20)
                .mapToObj(number -> People.aUser(platform, "Ada" + number).id().toString())
                .toList();
        var users = UserServiceGrpc.newBlockingStub(platform.anonymous("users"));
        var request =
                BatchGetUserSummariesRequest.newBuilder().addAllUserIds(ids).build();
        users.batchGetUserSummaries(request);
        for (var id : ids) {
            awaitKept(UUID.fromString(id));
        }
        var before = calls("mget");
        var gets = calls("get");

        var answers = new ArrayList<List<UserSummary>>();
        assertThat(platform.statements(
                        "users",
                        () -> answers.add(users.batchGetUserSummaries(request).getUsersList())))
                .isZero();

        assertThat(calls("mget") - before).isEqualTo(1);
        assertThat(calls("get")).isEqualTo(gets);
        assertThat(answers.getFirst()).extracting(UserSummary::getId).containsExactlyElementsOf(ids);
    }

    private static long calls(String command) {
        var line = redis().commands()
                .info("commandstats")
                .lines()
                .filter(found -> found.startsWith("cmdstat_" + command + ":"))
                .findFirst();
        return line.map(found -> Long.parseLong(found.replaceAll("[^=]*=(\\d+),.*", "$1")))
                .orElse(0L);
    }

    @Test
    void whoChangesAUserReadsTheChangeAtOnce() throws Exception {
        var user = People.aUser(platform, "Ada");
        firstName(user);
        awaitKept(user.id());

        for (int number = 0; number < 20; number++) {
            var name = "Ada" + number;
            var changed = People.as(platform, user)
                    .updateUser(UpdateUserRequest.newBuilder()
                            .setUserId(user.id().toString())
                            .setUpdateMask(FieldMask.newBuilder().addPaths("first_name"))
                            .setFirstName(name)
                            .build());
            assertThat(changed.getUser().getFirstName()).isEqualTo(name);
            assertThat(firstName(user)).isEqualTo(name);
        }
    }

    @Test
    void anEventOfAChangeThatNobodyMarkedIsEnough() throws Exception {
        var user = People.aUser(platform, "Ada");
        firstName(user);
        awaitKept(user.id());
        rename(user.id(), "Grace");
        assertThat(firstName(user)).isEqualTo("Ada");

        platform.inside(
                "users",
                () -> platform.bean("users", Database.class).transact(() -> {
                    platform.bean("users", Outbox.class)
                            .append(UserUpdated.newBuilder()
                                    .setUserId(user.id().toString())
                                    .addParts("user")
                                    .build());
                    return true;
                }));

        Await.until("the change is seen", () -> firstName(user).equals("Grace"));
    }

    @Test
    void ofManyWhoMissTheSameUserOneReadsTheRow() throws Exception {
        var user = People.aUser(platform, "Ada");
        var asked = IntStream.range(0, 50)
                .<Callable<String>>mapToObj(number -> () -> firstName(user))
                .toList();

        var statements = platform.statements("users", () -> {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                    var superuser = platform.superuser().open()) {
                superuser.begin();
                superuser.execute("LOCK TABLE users.users IN ACCESS EXCLUSIVE MODE");
                var answers = asked.stream().map(threads::submit).toList();
                Await.until("somebody waits for the row", () -> waiting() == 1);
                Thread.sleep(300);
                assertThat(waiting()).isEqualTo(1);
                superuser.rollback();
                for (var answer : answers) {
                    assertThat(answer.get()).isEqualTo("Ada");
                }
                return answers;
            }
        });

        assertThat(statements).isEqualTo(1);
    }

    private static int waiting() {
        return platform.superuser()
                .withHandle(
                        handle -> handle.createQuery("""
                                SELECT count(*) FROM pg_stat_activity
                                WHERE datname = current_database() AND wait_event_type = 'Lock'
                                    AND query LIKE '%FROM users AS person%'
                                """).mapTo(Integer.class).one());
    }
}
