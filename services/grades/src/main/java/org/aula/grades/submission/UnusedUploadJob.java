package org.aula.grades.submission;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// Deletes files that no submission has named for a day. The row says so first, so that nothing names them
/// any more, and goes when content has deleted the file; until then each run tries again.
@Singleton
final class UnusedUploadJob implements RecurringJob {

    private static final int BATCH = 100;

    private final UploadRepository uploads;
    private final ContentClient content;
    private final SubmissionSettings settings;
    private final Database database;
    private final Clock clock;

    UnusedUploadJob(
            UploadRepository uploads,
            ContentClient content,
            SubmissionSettings settings,
            Database database,
            Clock clock) {
        this.uploads = uploads;
        this.content = content;
        this.settings = settings;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "unused-uploads";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run() {
        while (runOnce() == BATCH) {
            // The next part.
        }
    }

    /// @return how many were deleted
    private int runOnce() {
        var now = Times.now(clock);
        var before = now.minus(settings.uploadsKept());
        database.transact(() -> uploads.markDeleted(before, now, BATCH));
        var deleted = database.query(() -> uploads.listDeleted(BATCH));
        for (var upload : deleted) {
            var assetId = upload.assetId();
            if (assetId != null) {
                content.delete(assetId);
            }
            database.transact(() -> uploads.forget(upload.id()));
        }
        return deleted.size();
    }
}
