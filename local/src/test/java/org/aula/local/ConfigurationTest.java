package org.aula.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `docs/configuration.md` lists the names of the environment that the sources read, and who reads them.
@Tag("fast")
final class ConfigurationTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern READ =
            Pattern.compile("\\b(?:get|getenv|getOrDefault)\\(\\s*(?:prefix\\(\\w+\\) \\+ )?\"([A-Z][A-Z0-9_]+)\"");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(?:<NAME>_)?([A-Z0-9_]+)` \\|.*\\| ([a-z][a-z, -]*) \\|$");
    private static final Pattern SOURCE = Pattern.compile("(?:services/)?([a-z-]+)/src/main/java/.*\\.java");

    @Test
    void everyNameThatIsReadIsDocumented() throws IOException {
        assertThat(fromSources()).isEqualTo(documented());
    }

    private static Map<String, Set<String>> fromSources() throws IOException {
        var readers = new TreeMap<String, Set<String>>();
        for (var folder : List.of("services", "bff-graphql", "liquibase", "local")) {
            try (var files = Files.walk(ROOT.resolve(folder))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    var source = SOURCE.matcher(ROOT.relativize(file).toString());
                    if (source.matches() && !source.group(1).equals("kernel-testing")) {
                        READ.matcher(Files.readString(file))
                                .results()
                                .forEach(name -> readers.computeIfAbsent(name.group(1), key -> new TreeSet<>())
                                        .add(source.group(1)));
                    }
                }
            }
        }
        return readers;
    }

    private static Map<String, Set<String>> documented() throws IOException {
        var readers = new TreeMap<String, Set<String>>();
        ROW.matcher(Files.readString(ROOT.resolve("docs/configuration.md")))
                .results()
                .forEach(row -> readers.computeIfAbsent(row.group(1), key -> new TreeSet<>())
                        .addAll(Set.of(row.group(2).split(", "))));
        return readers;
    }
}
