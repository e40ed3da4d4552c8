package org.aula.auth.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.aula.kernel.error.StoreUnavailableException;
import org.aula.kernel.redis.Redis;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisRateLimitStoreTest {

    private static final PinnedClock clock = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth").at(clock);

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

    /// A count that cannot grow stands for a server that takes no writes.
    @Test
    void whoRefusesToCountIsNotReadUntilItCounts() {
        var store = platform.bean("auth", RedisRateLimitStore.class);
        var key = "rate_limit:login:account:" + UUID.randomUUID();
        var full = "rate_limit:login:account:" + UUID.randomUUID();
        store.add(key, Duration.ofMinutes(15));
        platform.bean("auth", Redis.class)
                .commands()
                .set(full, Long.toString(Long.MAX_VALUE).getBytes(StandardCharsets.US_ASCII));

        assertThatThrownBy(() -> store.add(full, Duration.ofMinutes(15))).isInstanceOf(StoreUnavailableException.class);
        clock.advance(Duration.ofSeconds(6));
        assertThatThrownBy(() -> store.find(key)).isInstanceOf(StoreUnavailableException.class);
        store.clear(full);
        assertThat(store.find(key).count()).isEqualTo(1);
    }
}
