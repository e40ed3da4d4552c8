package org.aula.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/// The pinned Envoy with the shipped configuration on free ports.
public final class Envoy implements AutoCloseable {

    /// JVMs that run tests side by side have one each.
    private static final Path FOLDER = Path.of("target", "edge-test-" + Integer.getInteger("test.fork", 1));

    /// What a deployment may set.
    static final Map<String, String> SETTINGS = Map.of(
            "CORS_ORIGINS", "https?://(localhost|127\\.0\\.0\\.1|\\[::1\\])(:[0-9]+)?",
            "CORS_HEADERS", "accept, authorization, content-type, grpc-timeout, x-grpc-web, x-user-agent",
            "HSTS", "max-age=0",
            "TRUSTED_HOPS", "0",
            "API_LIMITS_PERCENT", "100",
            // A busy machine is slow to answer.
            "API_LIMITS_WAIT", "1s",
            "EDGE_KEY", "key-of-the-edge");

    private final Process process;
    private final int port;

    private Envoy(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Has Envoy check the configuration, and gives what it printed.
    ///
    /// @throws AssertionError if Envoy refuses it
    static String validate(Map<String, String> values) throws Exception {
        Path file = write("validate.yaml", values);
        Process process = new ProcessBuilder(
                        binary(), "--mode", "validate", "-c", file.toString(), "--log-level", "warning")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new AssertionError("Envoy refuses " + file + ":\n" + output);
        }
        return output;
    }

    /// Starts Envoy and waits until it is ready.
    ///
    /// @param values ports and keys by placeholder; those of Envoy itself are chosen here
    public static Envoy start(Map<String, String> values) throws Exception {
        int edge = freePort();
        int admin = freePort();
        var all = new java.util.HashMap<>(values);
        all.put("EDGE_PORT", Integer.toString(edge));
        all.put("ENVOY_ADMIN_PORT", Integer.toString(admin));
        Path file = write("envoy.yaml", all);
        Process process = new ProcessBuilder(List.of(
                        binary(),
                        "-c",
                        file.toString(),
                        "--use-dynamic-base-id",
                        "--concurrency",
                        "1",
                        "--log-level",
                        "warning",
                        "--file-flush-interval-msec",
                        "20"))
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("envoy.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        var envoy = new Envoy(process, edge);
        envoy.awaitReady(URI.create("http://127.0.0.1:" + admin + "/ready"));
        return envoy;
    }

    public int port() {
        return port;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    static String log() throws IOException {
        return Files.readString(FOLDER.resolve("envoy.log"));
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady(URI ready) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        try (var client = HttpClient.newHttpClient()) {
            while (Instant.now().isBefore(end) && process.isAlive()) {
                try {
                    if (client.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException notYet) {
                    // It does not listen yet.
                }
                Thread.sleep(50);
            }
        }
        close();
        throw new AssertionError("Envoy did not become ready:\n" + log());
    }

    private static Path write(String name, Map<String, String> given) throws IOException {
        String text = new EdgeConfiguration(Contract.read()).text();
        var values = new java.util.HashMap<>(SETTINGS);
        values.putAll(given);
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("@@" + value.getKey() + "@@", value.getValue());
        }
        Files.createDirectories(FOLDER);
        return Files.writeString(FOLDER.resolve(name), text).toAbsolutePath();
    }

    /// ENVOY_BIN, else the one that `make tools` installed.
    private static String binary() throws IOException {
        var tried = new ArrayList<String>();
        String given = System.getenv("ENVOY_BIN");
        Path installed = Path.of("")
                .toRealPath()
                .resolve("../.local/tools/engines/envoy/_bin/envoy")
                .normalize();
        for (String candidate : given == null ? List.of(installed.toString()) : List.of(given)) {
            if (Files.isExecutable(Path.of(candidate))) {
                return candidate;
            }
            tried.add(candidate);
        }
        throw new AssertionError(
                "No Envoy to test with: " + tried + " is missing. `make tools` installs it; or set ENVOY_BIN.");
    }

    /// Waits up to 15 s for what happens behind an answer; whoever waits looks then whether it did.
    static void await(Callable<Boolean> happened) throws Exception {
        for (int tries = 0; tries < 750 && !happened.call(); tries++) {
            Thread.sleep(20);
        }
    }
}
