package org.aula.kernel.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a program ends that is asked to stop, in a JVM of its own.
@Tag("fast")
final class ShutdownTest {

    private static final String CLOSING = "the last line of all";

    @Test
    @Timeout(60)
    void allLinesAreWrittenBeforeTheProgramEnds() throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dlogback.configurationFile=logback.xml",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectErrorStream(true)
                .start();
        try (var output = process.inputReader()) {
            assertThat(output.readLine()).contains(Program.RUNNING);
            // Unlike the process itself, its handle leaves the output open.
            process.toHandle().destroy();
            assertThat(output.readAllAsString()).contains(CLOSING);
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    /// A program that logs when it runs and when it ends.
    static final class Program {

        static final String RUNNING = "it runs";

        private static final Logger LOG = LoggerFactory.getLogger(Program.class);

        private Program() {}

        public static void main(String[] arguments) throws InterruptedException {
            var main = Thread.currentThread();
            Thread.ofPlatform().daemon().start(() -> {
                while (main.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                LOG.info(RUNNING);
            });
            Shutdown.await(() -> LOG.info(CLOSING));
        }
    }
}
