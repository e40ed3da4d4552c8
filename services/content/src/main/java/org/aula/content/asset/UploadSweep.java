package org.aula.content.asset;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.aula.kernel.operation.RecurringJob;

/// Forgets uploads that were announced and not completed in time, and gives their owners the room back.
@Singleton
final class UploadSweep implements RecurringJob {

    private static final int AT_ONCE = 500;

    private final Deletions deletions;
    private final UploadSettings settings;
    private final Clock clock;

    UploadSweep(Deletions deletions, UploadSettings settings, Clock clock) {
        this.deletions = deletions;
        this.settings = settings;
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
        var before = clock.instant().minus(settings.uploadsKept());
        while (deletions.sweep(before, AT_ONCE) == AT_ONCE) {
            // The next part.
        }
    }
}
