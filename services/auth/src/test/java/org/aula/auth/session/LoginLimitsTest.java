package org.aula.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LoginLimitsTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth");

    private static LoginLimits.Subject subject(String identifier, String address) {
        return platform.bean("auth", LoginLimits.class).subject(null, identifier, address);
    }

    @Test
    void addressesOfOneHouseholdCountTogether() {
        var first = subject("ada", "2001:db8:1:2:3:4:5:6").address();

        assertThat(subject("ada", "2001:db8:1:2::1").address()).isEqualTo(first);
        assertThat(subject("ada", "2001:db8:1:3::1").address()).isNotEqualTo(first);
        assertThat(subject("ada", "192.0.2.1").address()).isEqualTo("rate_limit:login:192.0.2.1");
        assertThat(subject("ada", "").address()).isNull();
    }

    @Test
    void keysDoNotTellWhoTriedToSignIn() {
        var key = subject("Ada@test.example", "").account();

        assertThat(key).startsWith("rate_limit:login:account:").doesNotContainIgnoringCase("ada");
        assertThat(subject("ada@TEST.example", "").account()).isEqualTo(key);
    }

    @Test
    void windowsOfFailuresEndByThemselves() throws Exception {
        var store = platform.bean("auth", RedisAttemptStore.class);
        var key = "rate_limit:login:account:" + UUID.randomUUID();

        store.add(key);
        store.add(key);

        var attempts = store.find(key);
        assertThat(attempts.failures()).isEqualTo(2);
        assertThat(attempts.left()).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15));
        store.clear(key);
        assertThat(store.find(key).failures()).isZero();
    }
}
