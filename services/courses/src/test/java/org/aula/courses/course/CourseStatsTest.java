package org.aula.courses.course;

import static org.assertj.core.api.Assertions.assertThat;

import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.enrollments.v1.CreateEnrollmentRequest;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.courses.Campus;
import org.aula.kernel.redis.Redis;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CourseStatsTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses", "enrollments");

    private final Campus campus = new Campus(platform);

    @Test
    void countsEachEnrollmentOnceThoughAllAreToldAgain() throws Exception {
        var course = campus.published(campus.author(), "Popular");
        enrol(course);
        enrol(course);
        Await.untilHolds(() -> assertThat(count(course)).isEqualTo(2));

        tellEverythingAgain();
        var last = campus.published(campus.author(), "Told last");
        enrol(course);
        enrol(last);

        Await.untilHolds(() -> assertThat(count(last)).isEqualTo(1));
        assertThat(count(course)).isEqualTo(3);
    }

    @Test
    void leavesTheEtagAlone() throws Exception {
        var course = campus.published(campus.author(), "Stable");
        enrol(course);
        Await.untilHolds(() -> assertThat(count(course)).isEqualTo(1));
        assertThat(read(course).getEtag()).isEqualTo(course.getEtag());
    }

    private void enrol(Course course) {
        EnrollmentServiceGrpc.newBlockingStub(platform.as(campus.learner(), "enrollments"))
                .createEnrollment(CreateEnrollmentRequest.newBuilder()
                        .setRequestId(Campus.newId())
                        .setCourseId(course.getId())
                        .build());
    }

    /// A stream that is gone is filled again out of the outbox, and its groups begin again.
    private static void tellEverythingAgain() {
        platform.bean("enrollments", Redis.class).commands().del("events:{enrollments}");
    }

    private long count(Course course) {
        return read(course).getEnrollmentCount();
    }

    private Course read(Course course) {
        return campus.coursesAnonymously()
                .getCourse(GetCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .build())
                .getCourse();
    }
}
