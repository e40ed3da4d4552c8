package org.aula.migrate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private static final String EVERY = "every";

    /// One service's row.
    ///
    /// @param name its domain, which is also the name of its PostgreSQL schema and of its stream
    /// @param tables tables that it writes, technical ones included
    /// @param appended tables to which it only adds rows
    /// @param views what it only reads: views of other domains, each `<domain>_api.<view>`, or own tables
    /// @param redisKeys key patterns
    /// @param listens domains of the streams that it reads
    record Service(
            String name,
            List<String> tables,
            List<String> appended,
            List<String> views,
            List<String> collections,
            List<String> redisKeys,
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
        return services.stream().map(Service::name).toList();
    }

    private static AccessMatrix of(Map<String, ?> file) {
        List<String> technical = strings(file.get("technical"));
        Map<String, ?> rows = map(file.get("services"));
        List<Service> services = new ArrayList<>();
        rows.forEach((name, row) -> services.add(service(name, map(row), technical, rows.keySet())));
        return new AccessMatrix(technical, List.copyOf(services));
    }

    private static Service service(String name, Map<String, ?> row, List<String> technical, Set<String> all) {
        Map<String, ?> postgres = map(row.get("postgres"));
        Map<String, ?> redis = map(row.get("redis"));
        List<String> tables = new ArrayList<>(strings(postgres.get("tables")));
        tables.addAll(technical);
        return new Service(
                name,
                List.copyOf(tables),
                strings(postgres.get("append")),
                strings(postgres.get("read")),
                strings(map(row.get("mongo")).get("collections")),
                strings(redis.get("keys")),
                redis.get("listens") instanceof String word ? others(word, name, all) : strings(redis.get("listens")),
                strings(map(row.get("clickhouse")).get("tables")));
    }

    private static List<String> others(String word, String name, Set<String> all) {
        if (!word.equals(EVERY)) {
            throw new MigrationException(RESOURCE + ": " + name + ".redis.listens is neither a list nor " + EVERY);
        }
        return all.stream().filter(other -> !other.equals(name)).toList();
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
