package org.aula.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.Consumer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisAccessTest {

    private static final Settings SETTINGS = TestEngines.settings(false);
    private static final Secrets SECRETS = new Secrets(SETTINGS.secrets());

    @BeforeAll
    static void migrate() {
        AccessMatrix matrix = AccessMatrix.load();
        String done = new RedisMigration(SETTINGS, SECRETS, matrix).migrate();
        assertThat(done).isEqualTo(matrix.services().size() + " users written");
    }

    @Test
    void serviceUsesItsOwnKeysAndNoOthers() {
        try (RedisClient client = client("courses")) {
            RedisCommands<String, String> courses = client.connect().sync();
            String key = "cache:course:" + UUID.randomUUID();
            courses.setex(key, 10, "chess");
            assertThat(courses.get(key)).isEqualTo("chess");
            assertThatThrownBy(() -> courses.get("session:user:1")).hasMessageContaining("NOPERM");
            assertThatThrownBy(() -> courses.flushall()).hasMessageContaining("NOPERM");
            assertThatThrownBy(() -> courses.aclList()).hasMessageContaining("NOPERM");
        }
    }

    @Test
    void listenerReadsAStreamButCannotAppendToIt() {
        try (RedisClient publisher = client("enrollments");
                RedisClient listener = client("courses")) {
            String stream = "events:{enrollments}";
            RedisCommands<String, String> enrollments = publisher.connect().sync();
            RedisCommands<String, String> courses = listener.connect().sync();
            String group = "access-test-" + UUID.randomUUID();

            courses.xgroupCreate(StreamOffset.from(stream, "$"), group, XGroupCreateArgs.Builder.mkstream());
            String id = enrollments.xadd(stream, Map.of("test", "1"));
            var read = courses.xreadgroup(Consumer.from(group, "only"), StreamOffset.lastConsumed(stream));
            assertThat(read).extracting(message -> message.getId()).contains(id);
            assertThat(courses.xack(stream, group, id)).isEqualTo(1);
            assertThatThrownBy(() -> courses.xadd(stream, Map.of("test", "2"))).hasMessageContaining("NOPERM");
            assertThatThrownBy(() -> courses.xtrim(stream, 0)).hasMessageContaining("NOPERM");

            enrollments.xgroupDestroy(stream, group);
            enrollments.xdel(stream, id);
        }
    }

    @Test
    void onlyThePublisherSaysFromWhichLifeAStreamIs() {
        try (RedisClient publisher = client("enrollments");
                RedisClient listener = client("courses")) {
            String key = "events:{enrollments}:epoch";
            RedisCommands<String, String> enrollments = publisher.connect().sync();
            RedisCommands<String, String> courses = listener.connect().sync();

            enrollments.set(key, "1");
            assertThat(courses.get(key)).isEqualTo("1");
            assertThatThrownBy(() -> courses.set(key, "2")).hasMessageContaining("NOPERM");
            assertThatThrownBy(() -> courses.get("events:{grades}:epoch")).hasMessageContaining("NOPERM");

            enrollments.del(key);
        }
    }

    private static RedisClient client(String service) {
        RedisURI address = RedisURI.create(SETTINGS.redisUrl());
        address.setUsername(service);
        address.setPassword(SECRETS.password("redis", service).toCharArray());
        return RedisClient.create(address);
    }
}
