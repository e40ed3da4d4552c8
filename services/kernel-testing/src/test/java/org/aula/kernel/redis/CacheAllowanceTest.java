package org.aula.kernel.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class CacheAllowanceTest {

    private static final int VALUE = 100 * 1024;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };
    private final CacheAllowance allowance = new CacheAllowance(Duration.ofMinutes(10), clock);

    private int keptOf(int values) {
        int kept = 0;
        for (int i = 0; i < values; i++) {
            kept += allowance.take(VALUE) ? 1 : 0;
        }
        return kept;
    }

    @Test
    void whatAWindowHasNoRoomForIsNotKeptUntilTheNext() {
        var room = (int) (CacheAllowance.MAX_BYTES / (VALUE + 200));
        assertThat(keptOf(2 * room)).isEqualTo(room);
        now = now.plus(Duration.ofMinutes(9));
        assertThat(keptOf(1)).isZero();
        now = now.plus(Duration.ofMinutes(1));
        assertThat(keptOf(2 * room)).isEqualTo(room);
    }

    @Test
    void aHugeValueIsNotKept() {
        assertThat(allowance.take(CacheAllowance.MAX_VALUE_BYTES + 1)).isFalse();
        assertThat(allowance.take(CacheAllowance.MAX_VALUE_BYTES)).isTrue();
    }
}
