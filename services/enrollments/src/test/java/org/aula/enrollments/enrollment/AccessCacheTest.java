package org.aula.enrollments.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.enrollments.enrollment.CourseBuilder.aCourse;

import java.time.Instant;
import org.aula.api.enrollments.v1.EnrollmentStatusChanged;
import org.aula.kernel.redis.Redis;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is kept of who may read what.
final class AccessCacheTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("enrollments");

    private final TestUser learner = platform.user();
    private final EnrollmentCalls own = EnrollmentCalls.as(platform, learner);
    private final EnrollmentCalls courses = EnrollmentCalls.asService(platform, "courses");

    /// The first who asks only has Redis looked after.
    @BeforeEach
    void redis_is_known_to_be_there() throws Exception {
        var course = aCourse(platform).build();
        var redis = platform.bean("enrollments", Redis.class);
        Await.until("Redis is used", () -> {
            var somebody = platform.user();
            courses.open(somebody, course.name());
            return redis.commands().exists("cache:enrollments:" + somebody.id()) == 1;
        });
    }

    @Test
    void the_second_question_costs_no_statement_and_each_move_is_seen_at_once() throws Exception {
        var course = aCourse(platform).build();
        assertThat(courses.open(learner, course.name())).isEmpty();

        var enrollment = own.enroll(course);
        assertThat(courses.open(learner, course.name())).containsExactly(course.name());
        assertThat(platform.statements("enrollments", () -> courses.open(learner, course.name())))
                .isZero();

        own.drop(enrollment);
        assertThat(courses.open(learner, course.name())).isEmpty();
        assertThat(courses.enrolled(learner, course.name())).containsExactly(course.name());

        own.enroll(course);
        assertThat(courses.open(learner, course.name())).containsExactly(course.name());
    }

    @Test
    void the_stream_drops_what_the_process_of_the_change_did_not() throws Exception {
        // Made past the service, so that no event of its making is under way.
        var course = aCourse(platform).build();
        var id = Rows.expiring(platform, course, 1, Instant.now().plusSeconds(3_600))
                .getFirst();
        var somebody = new TestUser(id, "");
        assertThat(courses.open(somebody, course.name())).containsExactly(course.name());
        platform.superuser()
                .useHandle(handle ->
                        handle.execute("UPDATE enrollments.enrollments SET status = 'REFUNDED' WHERE id = ?", id));
        assertThat(courses.open(somebody, course.name())).as("nobody has told").containsExactly(course.name());

        platform.publish(
                "enrollments",
                id.toString(),
                EnrollmentStatusChanged.newBuilder()
                        .setEnrollmentId(id.toString())
                        .setUserId(id.toString())
                        .build());

        Await.until("it is dropped", () -> courses.open(somebody, course.name()).isEmpty());
    }
}
