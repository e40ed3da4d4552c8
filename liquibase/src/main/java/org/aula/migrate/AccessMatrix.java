package org.aula.migrate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The file `access-matrix.yaml`: which service reaches what in which store.
///
/// @param technicalTables tables that every domain's schema has
/// @param services one row each, in the order of the file, which is also the order in which schemas are
///     migrated
record AccessMatrix(List<String> technicalTables, List<Service> services) {

    static final String RESOURCE = "changelogs/access-matrix.yaml";

    /// One service's row.
    ///
    /// @param schema PostgreSQL schema that it owns
    /// @param tables tables that it writes, technical ones included
    /// @param views views of other domains that it reads, each `<domain>_api.<view>`
    /// @param redisKeys key patterns
    /// @param publishes domain of the stream that it appends to
    /// @param listens domains of the streams that it reads
    record Service(
            String name,
            String schema,
            List<String> tables,
            List<String> views,
            List<String> collections,
            List<String> redisKeys,
            String publishes,
            List<String> listens,
            List<String> clickhouseTables) {}

    /// Reads the file that was shipped with the job.
    static AccessMatrix load() {
        try (InputStream file = AccessMatrix.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            if (file == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return of(new Yaml(new SafeConstructor(new LoaderOptions())).<Map<String, ?>>load(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> schemas() {
        return services.stream().map(Service::schema).toList();
    }

    private static AccessMatrix of(Map<String, ?> file) {
        List<String> technical = strings(file.get("technical"));
        List<Service> services = new ArrayList<>();
        map(file.get("services")).forEach((name, row) -> services.add(service(name, map(row), technical)));
        return new AccessMatrix(technical, List.copyOf(services));
    }

    private static Service service(String name, Map<String, ?> row, List<String> technical) {
        Map<String, ?> postgres = map(row.get("postgres"));
        Map<String, ?> redis = map(row.get("redis"));
        List<String> tables = new ArrayList<>(strings(postgres.get("tables")));
        tables.addAll(technical);
        return new Service(
                name,
                text(postgres.get("schema"), name + ".postgres.schema"),
                List.copyOf(tables),
                strings(postgres.get("read")),
                strings(map(row.get("mongo")).get("collections")),
                strings(redis.get("keys")),
                text(redis.get("publishes"), name + ".redis.publishes"),
                strings(redis.get("listens")),
                strings(map(row.get("clickhouse")).get("tables")));
    }

    private static String text(@Nullable Object value, String place) {
        if (value instanceof String text) {
            return text;
        }
        throw new MigrationException(RESOURCE + ": " + place + " is missing");
    }

    private static List<String> strings(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, ?>) map : Map.of();
    }
}
