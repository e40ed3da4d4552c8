package org.aula.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What comments of the contract promise stands in `proto/promises.txt` with the test that holds it: the
/// comment still says so, and the test is there.
@Tag("fast")
final class PromisesTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern METHOD = Pattern.compile("(?m)^    (?:public )?void (\\w+)\\(");

    private record Promise(String element, String words, String test) {}

    @Test
    void everyPromiseIsStillMade() throws IOException {
        var comments = comments();
        assertThat(promises())
                .hasSizeGreaterThan(100)
                .filteredOn(
                        promise -> !comments.getOrDefault(promise.element(), "").contains(promise.words()))
                .isEmpty();
    }

    @Test
    void everyPromiseHasItsTest() throws IOException {
        var tests = tests();
        assertThat(promises())
                .filteredOn(promise -> !tests.contains(promise.test()))
                .isEmpty();
    }

    @Test
    void noPromiseStandsTwice() throws IOException {
        assertThat(promises()).doesNotHaveDuplicates();
    }

    private static List<Promise> promises() throws IOException {
        return Files.readAllLines(ROOT.resolve("proto/promises.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" \\| ", 3))
                .map(parts -> new Promise(parts[0], parts[1], parts[2]))
                .toList();
    }

    private static Set<String> tests() throws IOException {
        var tests = new HashSet<String>();
        for (var folder : List.of("services", "bff-graphql", "envoy", "liquibase", "local")) {
            for (var file : files(folder, ".*/src/test/java/.*Test\\.java")) {
                var name = file.getFileName().toString().replace(".java", "");
                METHOD.matcher(Files.readString(file))
                        .results()
                        .forEach(method -> tests.add(name + "#" + method.group(1)));
            }
        }
        return tests;
    }

    /// Comments by the full name of what they stand above.
    private static Map<String, String> comments() throws IOException {
        var comments = new TreeMap<String, String>();
        for (var file : files("proto/aula", ".*\\.proto")) {
            new ContractComments(comments).read(Files.readAllLines(file));
        }
        return comments;
    }

    private static List<Path> files(String folder, String pattern) throws IOException {
        try (var files = Files.walk(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().matches(pattern)).toList();
        }
    }

    /// Reads a file of the contract line by line, as `buf format` writes them: a declaration a line.
    private static final class ContractComments {

        private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
        private static final Pattern BLOCK = Pattern.compile("(service|message|enum|rpc|oneof)\\s+(\\w+).*");
        private static final Pattern FIELD =
                Pattern.compile("(?:(?:repeated |optional )?[\\w.]+(?:<[^>]*>)?\\s+)?(\\w+)\\s*=\\s*\\d+.*");

        private record Scope(String name, int depth) {}

        private final Map<String, String> comments;
        private final List<Scope> scopes = new ArrayList<>();
        private final StringBuilder comment = new StringBuilder();
        private int depth;

        ContractComments(Map<String, String> comments) {
            this.comments = comments;
        }

        void read(List<String> lines) {
            lines.stream().map(String::strip).forEach(this::read);
        }

        private void read(String line) {
            if (line.startsWith("//")) {
                comment.append(line.substring(2).strip()).append(' ');
                return;
            }
            var code = line.replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", "");
            var file = PACKAGE.matcher(code);
            var block = BLOCK.matcher(code);
            var field = FIELD.matcher(code);
            if (file.matches()) {
                scopes.add(new Scope(file.group(1) + ".", -1));
            } else if (block.matches()) {
                note(block.group(2));
                if (code.endsWith("{")) {
                    var isNamed = !block.group(1).equals("oneof");
                    scopes.add(new Scope(isNamed ? block.group(2) + "." : "", depth));
                }
            } else if (field.matches()) {
                note(field.group(1));
            }
            comment.setLength(0);
            depth += count(code, '{') - count(code, '}');
            while (!scopes.isEmpty() && scopes.getLast().depth() >= depth) {
                scopes.removeLast();
            }
        }

        private void note(String name) {
            var path = new StringBuilder();
            scopes.forEach(scope -> path.append(scope.name()));
            comments.put(path + name, comment.toString().strip());
        }

        private static int count(String text, char wanted) {
            return (int) text.chars().filter(character -> character == wanted).count();
        }
    }
}
