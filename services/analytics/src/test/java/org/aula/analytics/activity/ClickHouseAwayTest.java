package org.aula.analytics.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import org.aula.api.analytics.v1.AnalyticsServiceGrpc;
import org.aula.api.analytics.v1.ErrorReason;
import org.aula.api.analytics.v1.GetCourseActivityRequest;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Nobody listens where ClickHouse should be.
final class ClickHouseAwayTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("analytics").setting("CLICKHOUSE_URL", "http://127.0.0.1:9");

    @Test
    void the_question_is_refused_with_the_store_and_when_to_ask_again() throws Exception {
        var course = CourseFixture.create(platform, 1);
        var stub = AnalyticsServiceGrpc.newBlockingStub(platform.as(course.instructor(), "analytics"));

        var refusal = Refusal.expect(
                Code.UNAVAILABLE,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_STORE_UNAVAILABLE,
                () -> stub.getCourseActivity(GetCourseActivityRequest.newBuilder()
                        .setCourseId(course.id().toString())
                        .build()));

        assertThat(refusal.metadata()).containsEntry("store", "clickhouse");
        assertThat(refusal.hasRetryInfo()).isTrue();
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_COURSE_NOT_FOUND,
                () -> stub.getCourseActivity(GetCourseActivityRequest.newBuilder()
                        .setCourseId("01920000-0000-7000-8000-000000000000")
                        .build()));
    }
}
