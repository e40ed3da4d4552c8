package org.aula.local.crash;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A service as a process of its own, by its own main class, that can be killed and started again at the
/// same port.
final class Child implements AutoCloseable {

    /// Several processes share few cores while tests run.
    private static final Duration MAX_START = Duration.ofSeconds(60);

    private final String name;
    private final String mainClass;
    private final Map<String, String> environment;
    private final ManagedChannel channel;
    private @Nullable Process process;

    /// @param environment with `<NAME>_PORT`
    Child(String name, String mainClass, Map<String, String> environment, int port) {
        this.name = name;
        this.mainClass = mainClass;
        this.environment = environment;
        this.channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    /// Starts it and waits until it answers.
    Child start() throws Exception {
        var log = Path.of("target", "crash-" + name + ".log").toFile();
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        mainClass)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().putAll(environment);
        process = builder.start();
        channel.resetConnectBackoff();
        var end = System.nanoTime() + MAX_START.toNanos();
        while (!answers()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new AssertionError(name + " does not answer; see " + log);
            }
            Thread.sleep(100);
        }
        return this;
    }

    /// Ends it as a power cut would (SIGKILL), and waits until it is gone.
    void kill() throws InterruptedException {
        var running = process;
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
    }

    ManagedChannel channel() {
        return channel;
    }

    @Override
    public void close() throws InterruptedException, IOException {
        channel.shutdownNow();
        kill();
    }

    private boolean answers() {
        try {
            return HealthGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(1, TimeUnit.SECONDS)
                            .check(HealthCheckRequest.getDefaultInstance())
                            .getStatus()
                    == ServingStatus.SERVING;
        } catch (StatusRuntimeException notYet) {
            return false;
        }
    }
}
