package org.aula.migrate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// The engines that tests use, by `TEST_*` variables or by the file that `make test-engines` leaves.
final class TestEngines {

    private static final String FILE = ".local/test-engines.env";
    private static final String PREFIX = "TEST_";

    private TestEngines() {}

    /// Settings with databases of a name of their own.
    static Settings settings(boolean demo) {
        String database = "aula_migrate_" + UUID.randomUUID().toString().substring(0, 8);
        Map<String, String> environment = new HashMap<>(variables());
        environment.put("POSTGRES_DATABASE", database);
        environment.put("MONGO_DATABASE", database);
        environment.put("CLICKHOUSE_DATABASE", database);
        environment.put("DEMO", String.valueOf(demo));
        return Settings.from(environment);
    }

    /// The environment of a job that knows these engines.
    static Map<String, String> variables() {
        Map<String, String> environment = System.getenv();
        Stream<String> lines = environment.containsKey(PREFIX + "POSTGRES_URL")
                ? environment.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue())
                : fileLines();
        Map<String, String> found = new HashMap<>();
        lines.filter(line -> line.startsWith(PREFIX)).forEach(line -> {
            int equals = line.indexOf('=');
            found.put(line.substring(PREFIX.length(), equals), line.substring(equals + 1));
        });
        return found;
    }

    private static Stream<String> fileLines() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve(FILE);
            if (Files.exists(file)) {
                try {
                    return Files.readAllLines(file).stream()
                            .map(line -> line.replaceFirst("^export ", "").replace("'", ""));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        throw new IllegalStateException("There are no engines for tests: set TEST_POSTGRES_URL, TEST_MONGO_URL,"
                + " TEST_CLICKHOUSE_URL, TEST_REDIS_URL, TEST_S3_ENDPOINT and TEST_SECRETS_DIR, or run `make test-engines`, or test with"
                + " `make test`, which starts them.");
    }
}
