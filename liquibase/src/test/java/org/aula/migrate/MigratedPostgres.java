package org.aula.migrate;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// A database of its own on the test server, migrated as shipped, dropped when it is closed.
final class MigratedPostgres implements AutoCloseable {

    final Settings settings;
    final Secrets secrets;
    final PostgresServer server;
    final AccessMatrix matrix = AccessMatrix.load();

    private MigratedPostgres(Settings settings) {
        this.settings = settings;
        this.secrets = new Secrets(settings.secrets());
        this.server = new PostgresServer(settings, secrets);
    }

    static MigratedPostgres start(boolean demo) {
        MigratedPostgres postgres = new MigratedPostgres(TestEngines.settings(demo));
        postgres.migrate();
        return postgres;
    }

    void migrate() {
        new Migrate(settings, System.out).run(Optional.of("postgres"));
    }

    Connection superuser() {
        return server.connect(settings.postgresDatabase());
    }

    /// A connection as one of the services, with its password.
    Connection as(String service) {
        return server.connect(settings.postgresDatabase(), service, secrets.password("postgres", service));
    }

    @Override
    public void close() throws SQLException {
        try (Connection connection = server.connect("postgres")) {
            PostgresServer.execute(
                    connection,
                    "DROP DATABASE " + PostgresAccess.quoted(settings.postgresDatabase()) + " WITH (FORCE)");
        }
    }
}
