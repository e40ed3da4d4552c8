package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.aula.kernel.postgres.AdvisoryLock;
import org.aula.kernel.postgres.LockConnections;
import org.aula.kernel.testing.TestPlatform;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Which replica works, and what waiting costs the others.
final class AdvisoryLockTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses", "users");

    private final String name = "lock " + UUID.randomUUID();

    @Test
    void oneOfTwoProcessesHasTheLockUntilItGivesItBack() throws Exception {
        var first = Objects.requireNonNull(take("courses"));
        assertThat(take("users")).isNull();
        assertThat(first.isHeld()).isTrue();

        first.close();

        try (var second = take("users")) {
            assertThat(second).isNotNull();
            assertThat(take("courses")).isNull();
        }
    }

    @Test
    void aProcessHasALockOnceThoughItsSessionWouldGetItAgain() throws Exception {
        try (var lock = take("courses")) {
            assertThat(lock).isNotNull();
            assertThat(take("courses")).isNull();
        }
        try (var again = take("courses")) {
            assertThat(again).isNotNull();
        }
    }

    @Test
    void whoWaitsForLocksOpensNoConnectionForEachTry() throws Exception {
        try (var lock = take("courses")) {
            assertThat(lock).isNotNull();
            assertThat(take("users")).isNull();
            var before = sessions("users");
            for (int time = 0; time < 20; time++) {
                assertThat(take("users")).isNull();
            }
            assertThat(sessions("users")).hasSize(1).isEqualTo(before);
        }
    }

    @Test
    void aBrokenConnectionLosesAllItsLocksAndTheNextTryOpensAnother() throws Exception {
        var lock = Objects.requireNonNull(take("courses"));
        platform.superuser().useHandle(handle -> handle.execute("""
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = 'courses-lock'
                """));

        assertThat(lock.isHeld()).isFalse();
        try (var other = take("users")) {
            assertThat(other).isNotNull();
            // What is given back late must not take the other's lock away.
            lock.close();
            assertThat(take("courses")).isNull();
        }
        try (var again = take("courses")) {
            assertThat(again).isNotNull();
            assertThat(lock.isHeld()).isFalse();
        }
    }

    private @Nullable AdvisoryLock take(String service) throws Exception {
        return AdvisoryLock.tryTake(platform.bean(service, LockConnections.class), name);
    }

    private static List<Integer> sessions(String service) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                        SELECT pid FROM pg_stat_activity
                        WHERE datname = current_database() AND application_name = ?
                        """)
                        .bind(0, service + "-lock")
                        .mapTo(Integer.class)
                        .list());
    }
}
