package org.aula.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The partners' programs of `clients`, with stubs that they make of the contract themselves, through Envoy:
/// each signs in, reads the catalog, and says why it is refused. What its language lacks here is told.
final class ClientSamplesTest {

    private static final Path CLIENTS =
            Path.of("..", "clients").toAbsolutePath().normalize();
    private static final int MINUTES = 5;

    private record Ended(int code, String output) {}

    @Test
    void python() throws Exception {
        tells(CLIENTS, List.of("python/run.sh"));
    }

    /// `npm test` has compiled it before.
    @Test
    void typescript() throws Exception {
        var program = CLIENTS.resolve("typescript/target/test/samples/partner.js");
        assumeTrue(
                Files.exists(program) || "true".equals(System.getenv("CI")),
                "left out: " + program + " is not built; `npm test` in clients/typescript does it");
        tells(CLIENTS.resolve("typescript"), List.of("node", program.toString()));
    }

    @Test
    void go() throws Exception {
        assumeTrue(hasGo(), "left out: Go 1.26 or newer is not here");
        assertThat(run(CLIENTS, Map.of(), List.of("go/generate.sh"))).returns(0, Ended::code);
        tells(CLIENTS.resolve("go"), List.of("go", "run", "./partner"));
    }

    private static void tells(Path folder, List<String> command) throws Exception {
        var edge = Edge.get();
        var person = edge.person();
        var url = edge.uri("").toString();

        var signedIn = run(
                folder,
                Map.of("AULA_URL", url, "AULA_USER", person.email(), "AULA_PASSWORD", person.password()),
                command);
        var mistyped = run(
                folder, Map.of("AULA_URL", url, "AULA_USER", person.email(), "AULA_PASSWORD", "not this one"), command);

        assertThat(signedIn.output()).contains("Signed in with the roles student.");
        assertThat(signedIn.code()).isZero();
        assertThat(mistyped.output()).contains("CREDENTIALS_INVALID");
        assertThat(mistyped.code()).isEqualTo(1);
    }

    private static boolean hasGo() throws Exception {
        try {
            var version = run(CLIENTS, Map.of(), List.of("go", "env", "GOVERSION"))
                    .output()
                    .strip()
                    .split("\\.");
            return version.length > 1 && version[0].equals("go1") && Integer.parseInt(version[1]) >= 26;
        } catch (IOException absent) {
            return false;
        }
    }

    private static Ended run(Path folder, Map<String, String> environment, List<String> command) throws Exception {
        var output = Files.createTempFile("sample", ".txt");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES))
                    .as(command + " ended")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(output));
    }
}
