package org.aula.content.asset;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks for files that wait for work, each second and when an upload is completed, and gives them to a few
/// threads of the platform's own: decoding keeps a processor busy, which virtual threads are not made for.
/// Work is taken up under a lease; what a crash cut off is taken up again, here or elsewhere, when its lease
/// ends.
@Singleton
final class AssetWork implements RecurringJob {

    /// Longer than any work may take, see [AssetProcessor].
    static final Duration LEASE = Duration.ofMinutes(15);

    private static final int THREADS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(AssetWork.class);

    private final AssetProcessor processor;
    private final FileRepository files;
    private final Database database;
    private final Settings settings;
    private final Clock clock;
    private final Semaphore places = new Semaphore(THREADS);
    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().name("asset-work-", 0).daemon().factory());
    private volatile boolean stopping;

    AssetWork(AssetProcessor processor, FileRepository files, Database database, Settings settings, Clock clock) {
        this.processor = processor;
        this.files = files;
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "asset-work";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    /// Wakes the threads that have nothing to do; each works on until nothing is left. Does not wait for
    /// them.
    @Override
    public void run() {
        while (!stopping && places.tryAcquire()) {
            try {
                threads.execute(this::workOn);
            } catch (RejectedExecutionException stopped) {
                places.release();
                return;
            }
        }
    }

    private void workOn() {
        try {
            CallScope.runAsService(settings.service(), name(), "", () -> {
                while (!stopping && workOnce()) {
                    // The next one.
                }
                return true;
            });
        } catch (Exception unavailable) {
            // The next run looks again.
            LOG.warn("looking for work failed: {}", unavailable.toString());
        } finally {
            places.release();
        }
    }

    private boolean workOnce() {
        var now = clock.instant();
        var work = database.transact(() -> files.take(UuidCreator.getTimeOrderedEpoch(), now, now.plus(LEASE)));
        work.ifPresent(processor::run);
        return work.isPresent();
    }

    @PreDestroy
    void stop() throws InterruptedException {
        stopping = true;
        threads.shutdown();
        if (!threads.awaitTermination(2, TimeUnit.SECONDS)) {
            threads.shutdownNow();
        }
    }
}
