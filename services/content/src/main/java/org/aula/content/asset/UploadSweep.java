package org.aula.content.asset;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.aula.kernel.operation.RecurringJob;

/// Forgets uploads that were announced a day ago and not completed, and gives their owners the room back.
@Singleton
final class UploadSweep implements RecurringJob {

    static final Duration KEPT = Duration.ofHours(24);

    private static final int AT_ONCE = 500;

    private final Deletions deletions;
    private final Clock clock;

    UploadSweep(Deletions deletions, Clock clock) {
        this.deletions = deletions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "upload-sweep";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run() {
        var before = clock.instant().minus(KEPT);
        while (deletions.sweep(before, AT_ONCE) == AT_ONCE) {
            // The next part.
        }
    }
}
