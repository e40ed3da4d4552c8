package org.aula.analytics.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.util.UUID;
import org.aula.analytics.activity.CourseFixture;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestEngines;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// From `enrollments` through its outbox and the stream, which then gives everything again.
final class RedeliveryTest {

    private static final String STREAM = "events:{enrollments}";

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("enrollments", "analytics");

    @Test
    void everything_again_counts_nothing_twice() throws Exception {
        var course = CourseFixture.create(platform, 3);
        for (int learners = 0; learners < 4; learners++) {
            course.learn(EnrollmentServiceGrpc.newBlockingStub(platform.as(platform.user(), "enrollments")), 3);
        }
        // For each learner one enrollment, three lessons, one course.
        var expected = new Counts(20, 20, 0);
        Await.untilHolds(() -> assertThat(counts(course.id())).isEqualTo(expected));

        forgetGroup();
        var last = CourseFixture.create(platform, 1);
        last.learn(EnrollmentServiceGrpc.newBlockingStub(platform.as(platform.user(), "enrollments")), 1);
        // It comes behind all others.
        Await.untilHolds(() -> assertThat(counts(last.id())).isEqualTo(new Counts(3, 3, 0)));

        assertThat(counts(course.id())).isEqualTo(expected);
    }

    private static Counts counts(UUID courseId) {
        return Counts.of(platform, courseId);
    }

    private static void forgetGroup() {
        var environment = TestEngines.forServices();
        var uri = RedisURI.create(environment.get("REDIS_URL"));
        uri.setUsername("default");
        uri.setPassword(password(TestEngines.get("TEST_SECRETS_DIR")).toCharArray());
        try (var client = RedisClient.create(uri);
                var connection = client.connect()) {
            assertThat(connection.sync().xgroupDestroy(STREAM, LearningConsumer.NAME))
                    .isTrue();
        }
    }

    private static String password(String secrets) {
        try {
            return java.nio.file.Files.readString(java.nio.file.Path.of(secrets, "redis", "default.password"))
                    .strip();
        } catch (java.io.IOException missing) {
            throw new java.io.UncheckedIOException(missing);
        }
    }
}
