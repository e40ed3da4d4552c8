package org.aula.users.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.util.Objects;
import org.aula.api.users.v1.BatchGetUserSummariesRequest;
import org.aula.api.users.v1.GetUserRequest;
import org.aula.api.users.v1.UpdateUserRequest;
import org.aula.kernel.redis.Redis;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.FaultProxy;
import org.aula.kernel.testing.TestEngines;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.aula.users.People;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Redis stands behind a gate.
class RedisAwayTest {

    private static final String REDIS_URL =
            Objects.requireNonNull(TestEngines.forServices().get("REDIS_URL"));
    private static final RedisURI REDIS = RedisURI.create(REDIS_URL);
    private static final String ADDRESS = REDIS.getHost() + ":" + REDIS.getPort();
    private static final FaultProxy GATE = FaultProxy.before(ADDRESS);

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("users")
            .setting("USERS_REDIS_URL", REDIS_URL.replace(ADDRESS, "127.0.0.1:" + GATE.port()));

    @AfterAll
    static void close() throws IOException {
        GATE.close();
    }

    private static String firstName(TestUser user) {
        return People.as(platform, user)
                .getUser(GetUserRequest.newBuilder()
                        .setUserId(user.id().toString())
                        .build())
                .getUser()
                .getFirstName();
    }

    private static void rename(TestUser user, String name) {
        var changed = People.as(platform, user)
                .updateUser(UpdateUserRequest.newBuilder()
                        .setUserId(user.id().toString())
                        .setUpdateMask(FieldMask.newBuilder().addPaths("first_name"))
                        .setFirstName(name)
                        .build());
        assertThat(changed.getUser().getFirstName()).isEqualTo(name);
    }

    @Test
    void withoutRedisRowsAreReadAndChangesAreSeenAtOnce() throws Exception {
        GATE.shut();
        var user = People.aUser(platform, "Ada");

        for (int number = 0; number < 20; number++) {
            rename(user, "Ada" + number);
            assertThat(firstName(user)).isEqualTo("Ada" + number);
        }
        assertThat(platform.statements("users", () -> firstName(user))).isEqualTo(1);
        assertThat(People.as(platform, user)
                        .batchGetUserSummaries(BatchGetUserSummariesRequest.newBuilder()
                                .addUserIds(user.id().toString())
                                .build())
                        .getUsersList())
                .hasSize(1);
    }

    @Test
    void aRedisThatComesBackIsUsedAgainAndHearsOfWhatItMissed() throws Exception {
        GATE.open();
        var user = People.aUser(platform, "Ada");
        awaitKept(user);
        GATE.shut();
        rename(user, "Grace");
        assertThat(firstName(user)).isEqualTo("Grace");

        GATE.open();

        awaitKept(user);
        Await.until("the change is seen", () -> firstName(user).equals("Grace"));
    }

    @Test
    void aRedisThatAnswersNothingIsLeftAlone() throws Exception {
        GATE.open();
        var user = People.aUser(platform, "Ada");
        awaitKept(user);
        GATE.stall();

        for (int number = 0; number < 20; number++) {
            assertThat(firstName(user)).isEqualTo("Ada");
        }
        assertThat(platform.statements("users", () -> firstName(user))).isEqualTo(1);
        GATE.open();
    }

    private static void awaitKept(TestUser user) throws Exception {
        Await.until("the user is kept", () -> {
            firstName(user);
            return isKept(user);
        });
    }

    private static boolean isKept(TestUser user) {
        try {
            return platform.bean("users", Redis.class).commands().exists("cache:user:" + user.id()) == 1;
        } catch (io.lettuce.core.RedisException notYet) {
            return false;
        }
    }
}
