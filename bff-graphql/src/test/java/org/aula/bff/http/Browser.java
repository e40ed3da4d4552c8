package org.aula.bff.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aula.bff.testing.TestGateway;

/// Runs the scripts of the gateway's pages.
final class Browser {

    private Browser() {}

    /// Opens a page, fills in fields given as `name=value`, presses the button, and tells what the page
    /// says then.
    static JsonNode press(TestGateway gateway, String path, String... fields) throws Exception {
        var command = new ArrayList<>(List.of(
                "node",
                "src/test/node/page.mjs",
                gateway.address().resolve(path).toString()));
        command.addAll(List.of(fields));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new ObjectMapper().readTree(output);
    }
}
