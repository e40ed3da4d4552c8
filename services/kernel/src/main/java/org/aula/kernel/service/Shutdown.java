package org.aula.kernel.service;

import ch.qos.logback.core.spi.LifeCycle;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a program ends: in order, and with all lines of its log written.
public final class Shutdown {

    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private Shutdown() {}

    /// Waits until the JVM is asked to stop and the program has ended.
    ///
    /// @param program closed as soon as the JVM is asked to stop
    public static void await(AutoCloseable program) throws InterruptedException {
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            end(program);
            ended.countDown();
        }));
        ended.await();
    }

    private static void end(AutoCloseable program) {
        try {
            program.close();
        } catch (Exception failure) {
            LOG.error("the program did not end in order", failure);
        }
        // Lines wait some milliseconds before they are written together.
        if (LoggerFactory.getILoggerFactory() instanceof LifeCycle log) {
            log.stop();
        }
    }
}
