package org.aula.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.aula.api.options.v1.Options;
import org.aula.kernel.contract.ContractFiles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The table of events of `docs/architecture.md` has the events of the contract, each once, with the domain
/// in whose stream they are.
@Tag("fast")
final class EventTableTest {

    private static final Path PAGE = Path.of("../docs/architecture.md");
    private static final Pattern TABLE = Pattern.compile("(?m)^\\| event \\|.*\\n\\|[-|]+\\n((?:\\|.*\\n)+)");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");
    /// Of events that any domain publishes in its own stream, which the contract leaves empty.
    private static final String EVERY_DOMAIN = "every domain";

    @Test
    void hasTheEventsOfTheContract() throws IOException {
        assertThat(documented()).isEqualTo(fromContract());
    }

    private static Map<String, String> fromContract() {
        var events = new TreeMap<String, String>();
        for (var message : ContractFiles.messages()) {
            if (message.getOptions().hasExtension(Options.event)) {
                var stream = message.getOptions().getExtension(Options.event).getStream();
                events.put(message.getName(), stream.isEmpty() ? EVERY_DOMAIN : stream);
            }
        }
        return events;
    }

    private static Map<String, String> documented() throws IOException {
        var table = TABLE.matcher(Files.readString(PAGE));
        assertThat(table.find()).as("a table of events in " + PAGE).isTrue();
        var events = new TreeMap<String, String>();
        table.group(1).lines().forEach(row -> {
            var cells = row.split("\\|");
            var names = NAME.matcher(cells[1]);
            while (names.find()) {
                assertThat(events.put(names.group(1), cells[2].strip()))
                        .as("another row of " + names.group(1))
                        .isNull();
            }
        });
        return events;
    }
}
