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
/// @param s3PublicEndpoint where browsers reach the object store
/// @param publicUrl where browsers come from
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
        String s3Endpoint,
        String s3PublicEndpoint,
        String s3Bucket,
        String s3Region,
        String publicUrl,
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
                environment.getOrDefault("S3_ENDPOINT", ""),
                environment.getOrDefault("S3_PUBLIC_ENDPOINT", environment.getOrDefault("S3_ENDPOINT", "")),
                environment.getOrDefault("S3_BUCKET", DATABASE),
                environment.getOrDefault("S3_REGION", "us-east-1"),
                environment.getOrDefault("PUBLIC_URL", environment.getOrDefault("EDGE_URL", "http://127.0.0.1:8080")),
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
