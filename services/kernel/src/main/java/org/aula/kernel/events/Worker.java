package org.aula.kernel.events;

import java.time.Duration;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.ErrorMapping;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A loop of its own thread that goes on after failures, more slowly while they last, until it is stopped.
final class Worker {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

    /// One iteration: work until something fails or the thread is interrupted.
    @FunctionalInterface
    interface Iteration {
        void run() throws Exception;
    }

    private final String service;
    private final String name;
    private final Iteration iteration;
    private @Nullable Thread thread;
    private volatile boolean stopped;

    Worker(String service, String name, Iteration iteration) {
        this.service = service;
        this.name = name;
        this.iteration = iteration;
    }

    void start() {
        thread = Thread.ofPlatform().daemon().name(name).start(this::loop);
    }

    /// Asks the loop to stop and waits a little for it.
    void stop() {
        stopped = true;
        var running = thread;
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            running.join(Duration.ofSeconds(5));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isStopped() {
        return stopped;
    }

    private void loop() {
        var pause = FIRST_PAUSE;
        while (!stopped) {
            try {
                CallScope.runAsService(service, name, "", () -> {
                    iteration.run();
                    return true;
                });
                pause = FIRST_PAUSE;
            } catch (Throwable failure) {
                // Errors too: a thread that ended of one would be missed by nobody.
                if (stopped) {
                    return;
                }
                log(failure);
                pause = sleep(pause);
            }
        }
    }

    private void log(Throwable failure) {
        if (ErrorMapping.isPassing(failure)) {
            LOG.warn("{}: {}; trying again", name, failure.toString());
        } else {
            LOG.error("{} failed; trying again", name, failure);
        }
    }

    private Duration sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException interrupted) {
            // Stopping is what interrupts; the loop sees it.
        }
        var longer = pause.multipliedBy(2);
        return longer.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : longer;
    }
}
