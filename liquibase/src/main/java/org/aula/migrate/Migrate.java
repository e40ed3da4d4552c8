package org.aula.migrate;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Brings the stores to the newest schema: all of them, or the one that `STORE` or `--store=` names.
///
/// It may be repeated and may run twice at once. It ends with 0, or with 1 after a message that says which
/// store refused what.
public final class Migrate {

    private static final String OPTION = "--store=";

    private final Settings settings;
    private final PrintStream out;

    Migrate(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /// @param arguments `--store=postgres`, `mongo`, `clickhouse`, `redis` or `s3`; none for all
    public static void main(String[] arguments) {
        // Alone, without the services' logging library, the drivers' log has nowhere to go, and need not say so.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        try {
            Optional<String> store = Stream.of(arguments)
                    .filter(argument -> argument.startsWith(OPTION))
                    .map(argument -> argument.substring(OPTION.length()))
                    .findFirst()
                    .or(() -> Optional.ofNullable(System.getenv("STORE")))
                    .filter(name -> !name.isBlank());
            new Migrate(Settings.from(System.getenv()), System.out).run(store);
            // Not to wait for threads that the drivers leave idling.
            System.exit(0);
        } catch (MigrationException e) {
            System.err.println("migrate: " + e.getMessage());
            System.exit(1);
        }
    }

    /// Under a lock, so that two jobs follow each other: in the folder for the secrets, in PostgreSQL for
    /// the stores.
    ///
    /// @param store the only store to migrate; all of them when empty
    @SuppressWarnings("try") // the locks are held, not used
    void run(Optional<String> store) {
        Secrets secrets = new Secrets(settings.secrets());
        AccessMatrix matrix = AccessMatrix.load();
        List<StoreMigration> chosen = choose(store, stores(secrets, matrix));
        try (var folder = secrets.lock();
                var job = new PostgresServer(settings, secrets).lock()) {
            timed("secrets", () -> {
                new ServiceKeys(secrets).ensure(signers(matrix));
                return "keys are there";
            });
            chosen.forEach(migration -> timed(migration.name(), migration::migrate));
        } catch (IOException e) {
            throw new MigrationException("The folder of secrets cannot be used: " + e.getMessage(), e);
        } catch (SQLException e) {
            throw PostgresServer.failure("give the job's lock back", e);
        }
    }

    private List<StoreMigration> stores(Secrets secrets, AccessMatrix matrix) {
        return List.of(
                new PostgresMigration(settings, secrets, matrix, LockPatience.standard(out)),
                new MongoMigration(settings, matrix),
                new ClickHouseMigration(settings, secrets, matrix),
                new RedisMigration(settings, secrets, matrix),
                new ObjectStoreMigration(settings, secrets));
    }

    private static List<StoreMigration> choose(Optional<String> store, List<StoreMigration> stores) {
        Map<String, StoreMigration> byName = stores.stream()
                .collect(Collectors.toMap(
                        StoreMigration::name, migration -> migration, (one, other) -> one, LinkedHashMap::new));
        if (store.isEmpty()) {
            return stores;
        }
        StoreMigration chosen = byName.get(store.get());
        if (chosen == null) {
            throw new MigrationException(
                    "There is no store " + store.get() + "; there are " + String.join(", ", byName.keySet()) + ".");
        }
        return List.of(chosen);
    }

    /// The services of the matrix and the gateway, which calls them and owns no store.
    private static List<String> signers(AccessMatrix matrix) {
        return Stream.concat(matrix.services().stream().map(AccessMatrix.Service::name), Stream.of("bff"))
                .toList();
    }

    private void timed(String name, Work work) {
        long begun = System.nanoTime();
        String done = work.run();
        double seconds = Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0;
        out.printf("  %-11s %5.2f s   %s%n", name, seconds, done);
    }

    @FunctionalInterface
    private interface Work {
        String run();
    }
}
