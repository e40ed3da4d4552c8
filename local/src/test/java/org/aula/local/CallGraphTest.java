package org.aula.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The call graph of `docs/architecture.md` is the one that the clients in the sources make, and has no
/// cycle.
@Tag("fast")
final class CallGraphTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern CLIENT = Pattern.compile("channel\\(\\s*\"([a-z]+)\"");
    /// The gateway calls by the methods of the generated services; the channel is that of a method's domain.
    private static final Pattern METHODS =
            Pattern.compile("import org\\.aula\\.api\\.([a-z]+)\\.v1\\.\\w+ServiceGrpc;");
    private static final Pattern DOCUMENTED = Pattern.compile("(?s)```calls\n(.*?)```");

    @Test
    void isDocumentedAsItIs() throws IOException {
        assertThat(fromSources()).isEqualTo(documented());
    }

    @Test
    void hasNoCycle() throws IOException {
        var calls = fromSources();
        for (var service : calls.keySet()) {
            assertThat(reachable(service, calls))
                    .as("what " + service + " calls")
                    .doesNotContain(service);
        }
    }

    private static Map<String, Set<String>> fromSources() throws IOException {
        var calls = new TreeMap<String, Set<String>>();
        for (var service : Mesh.SERVICES) {
            collect(service, ROOT.resolve("services/" + service + "/src/main/java"), CLIENT, calls);
        }
        collect("bff", ROOT.resolve("bff-graphql/src/main/java"), METHODS, calls);
        return calls;
    }

    private static void collect(String caller, Path folder, Pattern client, Map<String, Set<String>> calls)
            throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file :
                    files.filter(found -> found.toString().endsWith(".java")).toList()) {
                var matcher = client.matcher(Files.readString(file));
                while (matcher.find()) {
                    calls.computeIfAbsent(caller, name -> new TreeSet<>()).add(matcher.group(1));
                }
            }
        }
    }

    private static Map<String, Set<String>> documented() throws IOException {
        var matcher = DOCUMENTED.matcher(Files.readString(ROOT.resolve("docs/architecture.md")));
        assertThat(matcher.find()).isTrue();
        var calls = new TreeMap<String, Set<String>>();
        matcher.group(1).lines().forEach(line -> {
            var sides = line.split(" -> ");
            calls.put(sides[0], new TreeSet<>(List.of(sides[1].split(", "))));
        });
        return calls;
    }

    private static Set<String> reachable(String from, Map<String, Set<String>> calls) {
        var seen = new HashSet<String>();
        var open = new java.util.ArrayDeque<>(calls.getOrDefault(from, Set.of()));
        while (!open.isEmpty()) {
            var next = open.pop();
            if (seen.add(next)) {
                open.addAll(calls.getOrDefault(next, Set.of()));
            }
        }
        return seen;
    }
}
