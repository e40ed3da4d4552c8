package org.aula.analytics.activity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.grpc.Channel;
import io.grpc.Status.Code;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.aula.analytics.clickhouse.ClickHouseStore;
import org.aula.api.analytics.v1.AnalyticsServiceGrpc;
import org.aula.api.analytics.v1.CourseActivity;
import org.aula.api.analytics.v1.DailyCourseActivity;
import org.aula.api.analytics.v1.ErrorReason;
import org.aula.api.analytics.v1.GetCourseActivityRequest;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class CourseActivityTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("enrollments", "analytics");

    @Test
    void an_instructor_sees_what_learners_did() throws Exception {
        var course = CourseFixture.create(platform, 2);
        course.learn(learner(), 2);
        course.learn(learner(), 1);
        course.learn(learner(), 0);

        Await.untilHolds(() -> {
            var activity = read(course.instructor(), course.id());
            assertThat(activity.getEnrollments()).isEqualTo(3);
            assertThat(activity.getLessonsCompleted()).isEqualTo(3);
            assertThat(activity.getCoursesCompleted()).isEqualTo(1);
            assertThat(activity.getActiveLearners()).isEqualTo(3);
            assertThat(activity.getDaysList().stream()
                            .mapToLong(DailyCourseActivity::getLessonsCompleted)
                            .sum())
                    .isEqualTo(3);
        });
        var activity = read(course.instructor(), course.id());
        assertThat(read(platform.user("analytics:read"), course.id())).isEqualTo(activity);
    }

    @Test
    void a_course_without_events_is_empty() {
        var course = CourseFixture.create(platform, 1);

        assertThat(read(course.instructor(), course.id()))
                .isEqualTo(CourseActivity.newBuilder()
                        .setCourseId(course.id().toString())
                        .build());
    }

    @Test
    void days_are_in_utc_the_oldest_first_and_at_most_a_year() {
        var course = CourseFixture.create(platform, 1);
        var today = LocalDate.now(ZoneOffset.UTC);
        var rows = new StringBuilder();
        for (int ago = 0; ago < 400; ago++) {
            rows.append(row(course.id(), "UserEnrolled", today.minusDays(ago) + " 23:59:59.999"))
                    .append('\n');
        }
        rows.append(row(course.id(), "CourseCompleted", today.minusDays(500) + " 12:00:00.000"))
                .append('\n');
        platform.bean("analytics", ClickHouseStore.class)
                .insertOnce("learning_events", UUID.randomUUID(), rows.toString());

        var activity = read(course.instructor(), course.id());

        assertThat(activity.getEnrollments()).isEqualTo(400);
        assertThat(activity.getDaysCount()).isEqualTo(366);
        assertThat(activity.getDays(0).getDate()).isEqualTo(today.minusDays(365).toString());
        assertThat(activity.getDays(365))
                .isEqualTo(DailyCourseActivity.newBuilder()
                        .setDate(today.toString())
                        .setEnrollments(1)
                        .build());
    }

    @Test
    void others_are_refused() throws Exception {
        var course = CourseFixture.create(platform, 1);

        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> read(platform.user(), course.id()));
        Refusal.expect(
                Code.UNAUTHENTICATED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_TOKEN_MISSING,
                () -> read(platform.anonymous("analytics"), course.id().toString()));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_COURSE_NOT_FOUND,
                () -> read(platform.user("analytics:read"), UUID.randomUUID()));
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> read(platform.as(platform.user(), "analytics"), "x"));
        assertThat(refusal.fields()).containsExactly("course_id");
    }

    @Test
    void a_course_that_is_not_in_the_catalog_exists_for_its_instructor_and_readers_of_all_only() throws Exception {
        var course = CourseFixture.create(platform, 1);
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE courses.courses SET status = 'DRAFT', published_at = NULL WHERE id = ?", course.id()));

        Refusal.expect(
                Code.NOT_FOUND, ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, () -> read(platform.user(), course.id()));
        assertThat(read(course.instructor(), course.id()).getCourseId())
                .isEqualTo(course.id().toString());
        assertThat(read(platform.user("analytics:read"), course.id()).getCourseId())
                .isEqualTo(course.id().toString());
    }

    private static EnrollmentServiceGrpc.EnrollmentServiceBlockingStub learner() {
        return EnrollmentServiceGrpc.newBlockingStub(platform.as(platform.user(), "enrollments"));
    }

    private static CourseActivity read(TestUser user, UUID courseId) {
        return read(platform.as(user, "analytics"), courseId.toString());
    }

    private static CourseActivity read(Channel channel, String courseId) {
        return AnalyticsServiceGrpc.newBlockingStub(channel)
                .getCourseActivity(GetCourseActivityRequest.newBuilder()
                        .setCourseId(courseId)
                        .build())
                .getActivity();
    }

    private static JsonObject row(UUID courseId, String type, String at) {
        var row = new JsonObject();
        row.addProperty("event_id", UUID.randomUUID().toString());
        row.addProperty("event_type", type);
        row.addProperty("user_id", UUID.randomUUID().toString());
        row.addProperty("course_id", courseId.toString());
        row.addProperty("enrollment_id", UUID.randomUUID().toString());
        row.addProperty("time_spent_seconds", 0);
        row.addProperty("occurred_at", at);
        return row;
    }
}
