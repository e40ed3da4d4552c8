package org.aula.analytics.learning;

import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.settings.Settings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finishes what a crash or an absent ClickHouse left behind, at the start and every half minute, so that
/// the last batch of a quiet day does not wait for the next event.
@Singleton
final class LateBatches {

    private static final Logger LOG = LoggerFactory.getLogger(LateBatches.class);
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final Ingest ingest;
    private final Settings settings;
    private final Clock clock;
    private @Nullable Thread thread;

    LateBatches(Ingest ingest, Settings settings, Clock clock) {
        this.ingest = ingest;
        this.settings = settings;
        this.clock = clock;
    }

    @EventListener
    void start(StartupEvent started) {
        thread = Thread.ofPlatform().daemon().name("late-batches").start(this::loop);
    }

    @PreDestroy
    void stop() {
        var running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    private void loop() {
        try {
            turn(clock.instant());
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(EVERY);
                // What is younger is in the consumer's hands.
                turn(clock.instant().minus(EVERY));
            }
        } catch (InterruptedException stopped) {
            // Stopping is what interrupts.
        }
    }

    private void turn(Instant madeBefore) throws InterruptedException {
        try {
            CallScope.runAsService(settings.service(), "late batches", "", () -> {
                ingest.finishWaiting(madeBefore);
                ingest.sweep();
                return true;
            });
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Exception failure) {
            LOG.warn("batches wait for ClickHouse or PostgreSQL: {}", failure.toString());
        }
    }
}
