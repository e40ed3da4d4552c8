package org.aula.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.aula.kernel.settings.Retention;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/// `docs/retention.md` lists how long everything is kept, as the settings and the schemas say it.
@Tag("fast")
final class RetentionTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern SETTING = Pattern.compile("(?m)^\\| `(aula\\.[a-z.-]+-kept)` \\| (\\w+) \\|");
    private static final Pattern INDEX = Pattern.compile("(?m)^\\| MongoDB .*`(\\w+)` \\| (\\d+) s\\b");
    private static final Pattern TABLE = Pattern.compile("(?m)^\\| ClickHouse `(\\w+)` \\| TTL \\| (\\d+ [A-Z]+) \\|$");

    @Test
    void everySettingIsDocumented() {
        var settings = new TreeMap<String, String>();
        for (var file : files("services", ".*/src/main/resources/config/\\w+/application\\.yml")) {
            collect("", new Yaml().<Map<String, ?>>load(read(file)), settings);
        }
        assertThat(settings).isEqualTo(documented(SETTING)).hasSizeGreaterThan(10);
    }

    @Test
    void everyLifeOfTheSchemasIsDocumented() {
        assertThat(found("liquibase/mongodb", "(?=.*name: '(\\w+)').*expireAfterSeconds: (\\d+)"))
                .isEqualTo(documented(INDEX));
        assertThat(found(
                        "liquibase/clickhouse",
                        "CREATE TABLE (?:IF NOT EXISTS )?(\\w+)[^;]*?TTL [^;]*?INTERVAL (\\d+ \\w+)"))
                .isEqualTo(documented(TABLE));
    }

    /// Else an event that is published once more would have its effect once more.
    @Test
    void theInboxRemembersLongerThanTheOutboxPublishes() {
        var week = Duration.ofDays(7);
        assertThatThrownBy(() -> new Retention(week, week, week, week))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("aula.kernel.inbox-kept");
    }

    private static void collect(String prefix, Map<String, ?> properties, Map<String, String> into) {
        properties.forEach((name, value) -> {
            if (value instanceof Map<?, ?> inner) {
                var section = new TreeMap<String, Object>();
                inner.forEach((key, property) -> section.put(String.valueOf(key), property));
                collect(prefix + name + ".", section, into);
            } else if (name.endsWith("-kept")) {
                into.put(prefix + name, String.valueOf(value));
            }
        });
    }

    private static Map<String, String> found(String folder, String pattern) {
        var lives = new TreeMap<String, String>();
        for (var file : files(folder, ".*\\.(yaml|sql)")) {
            Pattern.compile(pattern).matcher(read(file)).results().forEach(life -> put(life, lives));
        }
        return lives;
    }

    private static Map<String, String> documented(Pattern row) {
        var rows = new TreeMap<String, String>();
        row.matcher(read(ROOT.resolve("docs/retention.md"))).results().forEach(found -> put(found, rows));
        return rows;
    }

    private static void put(MatchResult match, Map<String, String> into) {
        into.put(match.group(1), match.group(2));
    }

    private static List<Path> files(String folder, String pattern) {
        try (var files = Files.walk(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().matches(pattern)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
