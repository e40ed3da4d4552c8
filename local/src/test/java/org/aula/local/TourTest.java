package org.aula.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.aula.kernel.testing.TestEngines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docs/tour.md`, block by block, in one bash.
final class TourTest {

    private static final Pattern BLOCK = Pattern.compile("^```bash\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /// `make mail` asks the mail server of the instance that `make up` runs; here it is another one's.
    private static final String BEFORE = """
            set -eu -o pipefail
            make() { PYTHONPATH="$AULA/local" python3 -c 'import sys
            from aula_local import mail
            for found in mail.read(sys.argv[1], sys.argv[2]): print(found.text)' "$MAIL" "${3#TO=}"; }
            """;

    @TempDir
    private Path folder;

    @Test
    void everyBlockOfTheTourWorksAsItStands() throws Exception {
        var edge = Edge.get();
        var script = BEFORE
                + BLOCK.matcher(Files.readString(Path.of("../docs/tour.md")))
                        .results()
                        .map(block -> block.group(1))
                        .collect(Collectors.joining());
        var process = new ProcessBuilder("bash", "-c", script).directory(folder.toFile());
        process.environment().put("EDGE", edge.uri("").toString());
        process.environment().put("ADDRESSES", edge.addresses().toString());
        process.environment().put("MAIL", TestEngines.get("TEST_MAIL_API_URL"));
        process.environment().put("AULA", Path.of("..").toRealPath().toString());

        var told = run(process);

        var answers = told.lines()
                .filter(line -> line.startsWith("{\""))
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
        assertThat(answers).hasSizeGreaterThan(30);
        for (var answer : answers) {
            assertThat(answer.has("errors")).as(answer.toString()).isFalse();
            assertThat(answer.toString()).doesNotContain("\"message\":");
        }
        assertThat(data(answers).toString()).contains("\"courseTitle\":\"Graphs\"", "\"status\":\"VALID\"");
    }

    private static JsonObject data(List<JsonObject> answers) {
        return answers.getLast().getAsJsonObject("data");
    }

    private static String run(ProcessBuilder process) throws IOException, InterruptedException {
        var tour = process.redirectErrorStream(true).start();
        tour.getOutputStream().close();
        var told = new String(tour.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tour.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(tour.exitValue()).as(told).isZero();
        return told;
    }
}
