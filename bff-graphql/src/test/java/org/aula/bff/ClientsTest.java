package org.aula.bff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.Duration;
import com.google.rpc.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.WatchCourseProgressResponse;
import org.aula.bff.testing.Refusal;
import org.aula.bff.testing.TestGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The tests of `clients/tests`, each against a gateway with the settings that it speaks of.
@Tag("fast")
class ClientsTest {

    private static final int SKIPPED = 77;
    private static final Path TESTS =
            Path.of("../clients/tests").toAbsolutePath().normalize();

    @Test
    void automaticPersistedQueries() throws Exception {
        run("persisted-automatic.test.js", Map.of());
    }

    @Test
    void automaticPersistedQueriesSwitchedOff() throws Exception {
        run("persisted-off.test.js", Map.of("AULA_BFF_AUTOMATIC_DOCUMENTS", "false"));
    }

    @Test
    void trustedDocumentsOnly() throws Exception {
        run(
                "persisted-trusted.test.js",
                Map.of(
                        "TRUSTED_DOCUMENTS_DIR",
                        TESTS.resolve("manifests").toString(),
                        "AULA_BFF_TRUSTED_DOCUMENTS_ONLY",
                        "true"));
    }

    @Test
    void normalisedCaches() throws Exception {
        try (var gateway = new TestGateway()) {
            NormalisedScreens.fill(gateway);
            run("cache-normalised.test.js", gateway, NormalisedScreens.environment());
        }
    }

    /// Every other stream tells of 20 % and lets its token end, the next one tells of 40 % and completes. Not at
    /// once: graphql-sse waits for ever when its one connection ends before an operation was acknowledged.
    @Test
    void subscriptions() throws Exception {
        var opened = new AtomicInteger();
        try (var gateway = new TestGateway()) {
            gateway.onStream(stream -> {
                if (opened.getAndIncrement() % 2 == 0) {
                    stream.send(progress(20));
                    CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS)
                            .execute(() -> stream.refuse(Refusal.retryable(
                                    Code.UNAUTHENTICATED, "TOKEN_EXPIRED", Duration.getDefaultInstance())));
                } else {
                    stream.send(progress(40));
                    stream.complete();
                }
            });
            run("subscriptions.test.js", gateway, Map.of("COURSE_ID", TestGateway.id("Course", "course")));
        }
        assertThat(opened).hasValue(6);
    }

    private static WatchCourseProgressResponse progress(int percentage) {
        return WatchCourseProgressResponse.newBuilder()
                .setEnrollment(Enrollment.newBuilder().setProgressPercentage(percentage))
                .build();
    }

    private static void run(String test, Map<String, String> settings) throws IOException, InterruptedException {
        try (var gateway = new TestGateway(settings)) {
            run(test, gateway, Map.of());
        }
    }

    private static void run(String test, TestGateway gateway, Map<String, String> environment)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                        TESTS.resolve("run.sh").toString(),
                        test,
                        gateway.address().resolve("/graphql").toString())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        var status = process.waitFor();
        assumeTrue(status != SKIPPED, output);
        assertThat(status).as(output).isZero();
    }
}
