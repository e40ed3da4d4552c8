package org.aula.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// `make demo`, whole: from an archive to the learner's last lesson and the numbers about it.
final class DemoTest {

    @Test
    void theStoryOfACourseHolds() throws Exception {
        var edge = Edge.get();
        var process = new ProcessBuilder("node", "local/demo/demo.mjs");
        process.directory(Path.of("..").toFile());
        process.environment().put("ADDRESSES", edge.addresses().toString());
        process.redirectErrorStream(true);
        var demo = process.start();
        var told = new String(demo.getInputStream().readAllBytes());
        assertThat(demo.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(demo.exitValue()).as(told).isZero();
    }
}
