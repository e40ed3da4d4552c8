package org.aula.auth.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisRateLimitStoreTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth");

    @Test
    void windowsEndByThemselves() {
        var store = platform.bean("auth", RedisRateLimitStore.class);
        var key = "rate_limit:login:account:" + UUID.randomUUID();

        assertThat(store.add(key, Duration.ofMinutes(15)).count()).isEqualTo(1);
        assertThat(store.add(key, Duration.ofMinutes(15)).count()).isEqualTo(2);

        var attempts = store.find(key);
        assertThat(attempts.count()).isEqualTo(2);
        assertThat(attempts.left()).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15));
        store.clear(key);
        assertThat(store.find(key).count()).isZero();
    }
}
