package org.aula.migrate;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/// What the job is told by its environment.
///
/// @param postgresUrl JDBC URL; the database in it is replaced by `postgresDatabase`
/// @param postgresDatabase name of the database, made when it is absent
/// @param postgresUser superuser who makes roles and extensions
/// @param mongoUrl connection string without a database
/// @param clickhouseUrl HTTP address
/// @param redisUrl address; the job signs in as `default`
/// @param secrets folder of passwords and keys
/// @param demo whether seeded accounts and categories are wanted
record Settings(
        String postgresUrl,
        String postgresDatabase,
        String postgresUser,
        String mongoUrl,
        String mongoDatabase,
        String clickhouseUrl,
        String clickhouseDatabase,
        String clickhouseUser,
        String redisUrl,
        Path secrets,
        boolean demo) {

    private static final String DATABASE = "aula";

    /// Reads the settings of one store's job or of all.
    ///
    /// @throws MigrationException when a variable that every job needs is absent
    static Settings from(Map<String, String> environment) {
        return new Settings(
                environment.getOrDefault("POSTGRES_URL", ""),
                environment.getOrDefault("POSTGRES_DATABASE", DATABASE),
                environment.getOrDefault("POSTGRES_USER", "postgres"),
                environment.getOrDefault("MONGO_URL", ""),
                environment.getOrDefault("MONGO_DATABASE", DATABASE),
                environment.getOrDefault("CLICKHOUSE_URL", ""),
                environment.getOrDefault("CLICKHOUSE_DATABASE", DATABASE),
                environment.getOrDefault("CLICKHOUSE_USER", "aula"),
                environment.getOrDefault("REDIS_URL", ""),
                Path.of(required(environment.getOrDefault("SECRETS_DIR", ""), "SECRETS_DIR")),
                Boolean.parseBoolean(environment.getOrDefault("DEMO", "false")));
    }

    /// The JDBC URL of a database on the PostgreSQL server.
    String postgresUrl(String database) {
        URI address = URI.create(required(postgresUrl, "POSTGRES_URL").substring("jdbc:".length()));
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        return "jdbc:postgresql://" + address.getRawAuthority() + "/" + database + query;
    }

    static String required(String value, String variable) {
        if (value.isBlank()) {
            throw new MigrationException("The environment variable " + variable + " is not set.");
        }
        return value;
    }
}
