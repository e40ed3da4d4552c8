package org.aula.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Statements name their columns: one that reads `*` changes with a table under a running service.
@Tag("fast")
final class NamedColumnsTest {

    private static final Path SERVICES = Path.of("../services");
    private static final Pattern ALL_COLUMNS =
            Pattern.compile("(?i)\\b(SELECT|RETURNING|DISTINCT|ALL)\\s+\\*|\\b[a-z_]+\\.\\*\\s*(,|\\bFROM\\b|\\n)");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import .*$");

    @Test
    void noStatementReadsAllColumnsOfATable() throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.walk(SERVICES)) {
            for (var file : files.filter(NamedColumnsTest::isShipped).toList()) {
                var matcher = ALL_COLUMNS.matcher(
                        IMPORT.matcher(Files.readString(file)).replaceAll(""));
                while (matcher.find()) {
                    found.add(file.getFileName() + ": " + matcher.group().strip());
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private static boolean isShipped(Path file) {
        return file.toString().matches(".*/src/main/.*\\.(java|sql)");
    }
}
