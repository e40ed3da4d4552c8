package org.aula.enrollments.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.enrollments.enrollment.CourseBuilder.aCourse;

import io.grpc.Status.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.EnrollmentStatus;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.enrollments.enrollment.CourseBuilder.Course;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Who may not read a lesson yet does not work on it either.
final class WaitingLessonsTest {

    static final PinnedClock clock = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("enrollments").at(clock);

    private final TestUser learner = platform.user();

    @Test
    void a_lesson_that_is_not_released_takes_no_work() throws Exception {
        var course = aCourse(platform).build();
        var enrollment = EnrollmentCalls.as(platform, learner).enroll(course);
        var opens = clock.instant().plus(Duration.ofMinutes(5));
        release(course.lesson(0), opens);

        for (var refusal : refusals(learner, enrollment, course.lesson(0), ErrorReason.ERROR_REASON_LESSON_NOT_RELEASED)
                .entrySet()) {
            assertThat(Instant.parse(refusal.getValue().metadata().get("release_time")))
                    .as(refusal.getKey())
                    .isEqualTo(opens);
        }
        assertThat(ProgressCalls.as(platform, learner)
                        .get(enrollment, course.lesson(0))
                        .getAttemptCount())
                .isZero();

        clock.advance(Duration.ofMinutes(5));
        EnrollmentCalls.as(platform, learner).beat(enrollment, course.lesson(0), 1, 1);
    }

    @Test
    void a_lesson_waits_for_those_that_come_first() throws Exception {
        var course = aCourse(platform).lessons(3, 0).build();
        var calls = EnrollmentCalls.as(platform, learner);
        var enrollment = calls.enroll(course);
        requireBefore(course, 2, 0, 1);
        calls.complete(enrollment, course.lesson(0));

        for (var refusal : refusals(
                        learner, enrollment, course.lesson(2), ErrorReason.ERROR_REASON_LESSON_PREREQUISITE_MISSING)
                .entrySet()) {
            assertThat(refusal.getValue().metadata())
                    .as(refusal.getKey())
                    .containsEntry("lesson_ids", course.lesson(1));
        }

        calls.complete(enrollment, course.lesson(1));
        assertThat(calls.complete(enrollment, course.lesson(2)).getStatus())
                .isEqualTo(EnrollmentStatus.ENROLLMENT_STATUS_COMPLETED);
    }

    @Test
    void what_was_completed_stays_so_whatever_its_author_asks_for_later() throws Exception {
        var course = aCourse(platform).build();
        var calls = EnrollmentCalls.as(platform, learner);
        var enrollment = calls.enroll(course);
        var once = calls.complete(enrollment, course.lesson(0));
        release(course.lesson(0), clock.instant().plusSeconds(60));

        assertThat(calls.complete(enrollment, course.lesson(0))).isEqualTo(once);
    }

    @Test
    void an_instructor_who_takes_their_own_course_waits_for_nothing() {
        var course = aCourse(platform).taughtBy(learner).build();
        var calls = EnrollmentCalls.as(platform, learner);
        var enrollment = calls.enroll(course);
        release(course.lesson(0), clock.instant().plusSeconds(60));
        requireBefore(course, 1, 0);

        calls.beat(enrollment, course.lesson(0), 1, 1);
        calls.complete(enrollment, course.lesson(1));
    }

    /// What each way of working on a lesson is refused with.
    private static Map<String, Refusal> refusals(
            TestUser learner, Enrollment enrollment, String lessonId, ErrorReason reason) throws Exception {
        var calls = EnrollmentCalls.as(platform, learner);
        var progress = ProgressCalls.as(platform, learner);
        var ways = Map.<String, Refusal.Call>of(
                "RecordProgress", () -> calls.beat(enrollment, lessonId, 1, 1),
                "StreamProgress",
                        () -> progress.stream()
                                .beat(enrollment.getId(), lessonId, 1, 1)
                                .answer(),
                "CompleteLesson", () -> calls.complete(enrollment, lessonId),
                "RestartLesson",
                        () -> progress.restart(
                                enrollment, lessonId, UUID.randomUUID().toString()),
                "CompleteLessonStep", () -> progress.step(enrollment, lessonId, "intro"),
                "CreateLessonNote", () -> progress.note(enrollment, lessonId, 1, "Here"));
        var refusals = new HashMap<String, Refusal>();
        for (var way : ways.entrySet()) {
            refusals.put(way.getKey(), Refusal.expect(Code.FAILED_PRECONDITION, reason, way.getValue()));
        }
        return refusals;
    }

    private static void release(String lessonId, Instant time) {
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE courses.lessons SET release_at = ? WHERE id = ?", time, UUID.fromString(lessonId)));
    }

    private static void requireBefore(Course course, int lesson, int... first) {
        platform.superuser().useHandle(handle -> {
            for (var one : first) {
                handle.execute(
                        "INSERT INTO courses.lesson_prerequisites (lesson_id, prerequisite_id) VALUES (?, ?)",
                        UUID.fromString(course.lesson(lesson)),
                        UUID.fromString(course.lesson(one)));
            }
        });
    }
}
