package org.aula.enrollments.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.enrollments.enrollment.CourseBuilder.aCourse;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.aula.api.enrollments.v1.EnrollmentStatus;
import org.aula.enrollments.enrollment.CourseBuilder.Course;
import org.aula.enrollments.enrollment.ProgressRecount.Drift;
import org.aula.enrollments.enrollment.ProgressRecount.Report;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What `make recompute` does. Other tests leave enrollments in the same database: each looks at its own.
final class RecountTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("enrollments");

    private final EnrollmentCalls calls = EnrollmentCalls.as(platform, platform.user());
    private final List<Drift> drifts = new ArrayList<>();

    @Test
    void a_course_that_grew_is_found_and_mended_once() throws Exception {
        var course = aCourse(platform).lessons(2, 0).build();
        var enrollment = calls.enroll(course);
        calls.complete(enrollment, course.lesson(0));
        addLesson(course);
        addLesson(course);

        var seen = recount(false);
        assertThat(own(enrollment.getId())).singleElement().satisfies(drift -> {
            assertThat(drift.was()).isEqualByComparingTo("50");
            assertThat(drift.is()).isEqualByComparingTo("25");
        });
        assertThat(seen.drifted()).isPositive();
        assertThat(seen.examined()).isGreaterThanOrEqualTo(seen.drifted());
        assertThat(calls.get(enrollment.getId()).getProgressPercentage()).isEqualTo(50);

        recount(true);
        assertThat(calls.get(enrollment.getId()).getProgressPercentage()).isEqualTo(25);
        drifts.clear();
        recount(true);
        assertThat(own(enrollment.getId())).isEmpty();
    }

    @Test
    void who_has_completed_all_that_is_left_completes_the_course_with_its_certificate() throws Exception {
        var course = aCourse(platform).lessons(2, 0).build();
        var enrollment = calls.enroll(course);
        calls.complete(enrollment, course.lesson(0));
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE courses.lessons SET deleted_at = now(), section_id = NULL WHERE id = ?",
                        course.mandatory().get(1)));

        var report = recount(true);

        assertThat(report.completed()).isPositive();
        var completed = calls.get(enrollment.getId());
        assertThat(completed.getStatus()).isEqualTo(EnrollmentStatus.ENROLLMENT_STATUS_COMPLETED);
        assertThat(completed.getProgressPercentage()).isEqualTo(100);
        assertThat(certificates(enrollment.getId())).isEqualTo(1);
        recount(true);
        assertThat(certificates(enrollment.getId())).isEqualTo(1);
    }

    @Test
    void a_completed_course_gets_the_certificate_that_it_lacks() throws Exception {
        var course = aCourse(platform).lessons(1, 0).build();
        var enrollment = calls.enroll(course);
        calls.complete(enrollment, course.lesson(0));
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "DELETE FROM enrollments.certificates WHERE enrollment_id = ?",
                        UUID.fromString(enrollment.getId())));

        assertThat(recount(false).certified()).isZero();
        assertThat(certificates(enrollment.getId())).isZero();
        assertThat(recount(true).certified()).isPositive();

        assertThat(certificates(enrollment.getId())).isEqualTo(1);
        assertThat(own(enrollment.getId())).isEmpty();
    }

    @Test
    void what_is_given_up_is_left_alone() throws Exception {
        var course = aCourse(platform).lessons(2, 0).build();
        var enrollment = calls.enroll(course);
        calls.complete(enrollment, course.lesson(0));
        addLesson(course);
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE enrollments.enrollments SET status = 'DROPPED' WHERE id = ?",
                        UUID.fromString(enrollment.getId())));

        recount(true);

        assertThat(own(enrollment.getId())).isEmpty();
        assertThat(calls.get(enrollment.getId()).getProgressPercentage()).isEqualTo(50);
    }

    private Report recount(boolean fix) throws Exception {
        var recount = platform.bean("enrollments", ProgressRecount.class);
        return platform.inside("enrollments", () -> recount.run(fix, drifts::add));
    }

    private List<Drift> own(String enrollmentId) {
        return drifts.stream()
                .filter(drift -> drift.enrollmentId().toString().equals(enrollmentId))
                .toList();
    }

    private static void addLesson(Course course) {
        platform.superuser().useHandle(handle -> handle.execute("""
                INSERT INTO courses.lessons (id, section_id, course_id, title, type, mandatory, sort_order)
                SELECT ?, id, course_id, 'Another', 'ARTICLE', true, 9 FROM courses.course_sections WHERE course_id = ?
                """, UuidCreator.getTimeOrderedEpoch(), course.id()));
    }

    private static long certificates(String enrollmentId) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery(
                                "SELECT count(*) FROM enrollments.certificates WHERE enrollment_id = ?")
                        .bind(0, UUID.fromString(enrollmentId))
                        .mapTo(Long.class)
                        .one());
    }
}
