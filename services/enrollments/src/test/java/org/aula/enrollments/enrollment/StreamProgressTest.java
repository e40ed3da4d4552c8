package org.aula.enrollments.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.enrollments.enrollment.CourseBuilder.aCourse;

import io.grpc.Status.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.api.enrollments.v1.LessonProgressStatus;
import org.aula.enrollments.enrollment.CourseBuilder.Course;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Heartbeats by stream, one clock a learner, and videos that are watched.
final class StreamProgressTest {

    static final PinnedClock clock = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("enrollments").at(clock);

    private final Course course = aCourse(platform).lessons(2, 0).build();
    private final String lesson = course.lesson(0);

    @Test
    void a_stream_ends_with_the_progress_of_its_last_heartbeat() throws Exception {
        var learner = platform.user();
        var enrollment = EnrollmentCalls.as(platform, learner).enroll(course);
        var calls = ProgressCalls.as(platform, learner);
        var stream = calls.stream();
        for (int position = 0; position < 200; position++) {
            stream.beat(enrollment.getId(), lesson, position, 1);
        }

        var answer = stream.end();

        assertThat(answer.getHeartbeatCount()).isEqualTo(200);
        assertThat(answer.getProgress().getPosition().getSeconds()).isEqualTo(199);
        // The clock stands still: only the first was taken as sent.
        assertThat(answer.getProgress().getTimeSpent().getSeconds()).isEqualTo(1);
        assertThat(calls.get(enrollment, lesson).getProgress()).isEqualTo(answer.getProgress());
        assertThat(writes(enrollment)).isBetween(2L, 10L);
    }

    @Test
    void a_refused_heartbeat_ends_the_stream_and_loses_none_before_it() throws Exception {
        var learner = platform.user();
        var enrollment = EnrollmentCalls.as(platform, learner).enroll(course);
        var calls = ProgressCalls.as(platform, learner);
        var stream = calls.stream()
                .beat(enrollment.getId(), lesson, 10, 5)
                .beat(enrollment.getId(), lesson, 99, 5)
                .beat(enrollment.getId(), "x", -1, 301);

        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                stream::answer);

        assertThat(refusal.fields()).containsExactlyInAnyOrder("lesson_id", "position", "time_spent");
        Await.untilHolds(() -> assertThat(calls.get(enrollment, lesson)
                        .getProgress()
                        .getPosition()
                        .getSeconds())
                .isEqualTo(99));
    }

    @Test
    void each_heartbeat_needs_a_token_that_is_still_good() throws Exception {
        var learner = platform.user();
        var enrollment = EnrollmentCalls.as(platform, learner).enroll(course);
        var stream = ProgressCalls.as(platform, learner).stream().beat(enrollment.getId(), lesson, 10, 5);
        Await.until("the first is written", () -> writes(enrollment) == 1);

        clock.advance(Duration.ofMinutes(16));
        stream.beat(enrollment.getId(), lesson, 20, 5);

        Refusal.expect(
                Code.UNAUTHENTICATED, org.aula.api.common.v1.ErrorReason.ERROR_REASON_TOKEN_EXPIRED, stream::answer);
        assertThat(writes(enrollment)).isEqualTo(1);
    }

    @Test
    void an_enrollment_of_ones_own_opens_no_other_in_the_same_stream() throws Exception {
        var learner = platform.user();
        var own = EnrollmentCalls.as(platform, learner).enroll(course);
        var foreign = EnrollmentCalls.as(platform, platform.user()).enroll(course);
        var stream = ProgressCalls.as(platform, learner).stream()
                .beat(own.getId(), lesson, 10, 5)
                .beat(foreign.getId(), lesson, 20, 5);

        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_ENROLLMENT_NOT_FOUND, stream::answer);

        assertThat(writes(foreign)).isZero();
    }

    @Test
    void a_stream_needs_a_heartbeat_of_a_lesson_that_is_there_and_open() throws Exception {
        var learner = platform.user();
        var enrollment = EnrollmentCalls.as(platform, learner).enroll(course);
        var calls = ProgressCalls.as(platform, learner);

        var empty = Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_HEARTBEAT_MISSING,
                () -> calls.stream().end());
        assertThat(empty.fields()).containsExactly("time_spent");
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_LESSON_NOT_FOUND,
                () -> calls.stream()
                        .beat(enrollment.getId(), UUID.randomUUID().toString(), 0, 0)
                        .answer());
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE enrollments.enrollments SET status = 'DROPPED' WHERE id = ?",
                        UUID.fromString(enrollment.getId())));
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_ENROLLMENT_NOT_ACTIVE,
                () -> calls.stream().beat(enrollment.getId(), lesson, 0, 0).answer());
    }

    @Test
    void devices_lessons_and_courses_at_the_same_time_do_not_add_up() {
        var learner = platform.user();
        var calls = EnrollmentCalls.as(platform, learner);
        var other = aCourse(platform).build();
        var one = calls.enroll(course);
        var two = calls.enroll(other);
        calls.beat(one, lesson, 0, 0);

        for (int beat = 0; beat < 10; beat++) {
            clock.advance(Duration.ofSeconds(7));
            calls.beat(one, lesson, 0, 15);
            clock.advance(Duration.ofSeconds(8));
            calls.beat(one, course.lesson(1), 0, 15);
            calls.beat(two, other.lesson(0), 0, 15);
        }

        assertThat(spent(learner.id())).isEqualTo(150);
    }

    @Test
    void many_heartbeats_at_once_count_the_time_once() throws Exception {
        var learner = platform.user();
        var calls = EnrollmentCalls.as(platform, learner);
        var enrollments = new ArrayList<Enrollment>();
        var courses = new ArrayList<Course>();
        for (int count = 0; count < 5; count++) {
            courses.add(aCourse(platform).build());
            enrollments.add(calls.enroll(courses.getLast()));
        }
        calls.beat(enrollments.getFirst(), courses.getFirst().lesson(0), 0, 0);
        clock.advance(Duration.ofSeconds(100));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var beats = new ArrayList<Future<?>>();
            for (int count = 0; count < 40; count++) {
                var which = count % 5;
                var place = courses.get(which).lesson(count % 2);
                beats.add(threads.submit(() -> calls.beat(enrollments.get(which), place, 1, 15)));
            }
            for (var beat : beats) {
                beat.get();
            }
        }

        // The first fills 15 of the 100 seconds, and the rest of them has not been spent.
        assertThat(spent(learner.id())).isEqualTo(15);
    }

    @ParameterizedTest(name = "{0} of {1} s, at {2} s after {3} s: {4}")
    @CsvSource({
        "VIDEO, 100, 90, 45, true",
        "VIDEO, 100, 100, 300, true",
        "VIDEO, 100, 89, 100, false",
        "VIDEO, 100, 100, 44, false",
        "VIDEO, 0, 100, 100, false",
        "ARTICLE, 100, 100, 100, false",
        "QUIZ, 100, 100, 100, false",
    })
    void a_video_is_completed_when_it_was_watched(String type, int length, int position, int spent, boolean completes) {
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE courses.lessons SET type = ?, duration_seconds = ? WHERE id = ?",
                        type,
                        length,
                        UUID.fromString(lesson)));
        var calls = EnrollmentCalls.as(platform, platform.user());
        var enrollment = calls.enroll(course);

        var progress = calls.beat(enrollment, lesson, position, spent);

        var status = completes
                ? LessonProgressStatus.LESSON_PROGRESS_STATUS_COMPLETED
                : LessonProgressStatus.LESSON_PROGRESS_STATUS_IN_PROGRESS;
        assertThat(progress.getStatus()).isEqualTo(status);
        assertThat(progress.hasCompleteTime()).isEqualTo(completes);
        assertThat(calls.get(enrollment.getId()).getProgressPercentage()).isEqualTo(completes ? 50 : 0);
        // By hand it goes at any time.
        assertThat(calls.complete(enrollment, lesson).getProgressPercentage()).isEqualTo(50);
    }

    @Test
    void a_lesson_can_be_begun_again() throws Exception {
        var learner = platform.user();
        var enrollments = EnrollmentCalls.as(platform, learner);
        var enrollment = enrollments.enroll(course);
        var calls = ProgressCalls.as(platform, learner);
        var requestId = UUID.randomUUID().toString();
        assertThat(calls.get(enrollment, lesson).getProgress().getStatus())
                .isEqualTo(LessonProgressStatus.LESSON_PROGRESS_STATUS_NOT_STARTED);
        assertThat(calls.get(enrollment, lesson).getAttemptCount()).isZero();
        enrollments.beat(enrollment, lesson, 50, 20);
        enrollments.complete(enrollment, lesson);
        assertThat(calls.get(enrollment, lesson).getAttemptCount()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(60));

        var again = calls.restart(enrollment, lesson, requestId);

        assertThat(calls.restart(enrollment, lesson, requestId)).isEqualTo(again);
        assertThat(calls.get(enrollment, lesson)).isEqualTo(again);
        assertThat(again.getAttemptCount()).isEqualTo(2);
        assertThat(again.getLastAttemptTime().getSeconds())
                .isEqualTo(clock.instant().getEpochSecond());
        assertThat(again.getProgress().getPosition().getSeconds()).isZero();
        assertThat(again.getProgress().getTimeSpent().getSeconds()).isEqualTo(20);
        assertThat(again.getProgress().getStatus()).isEqualTo(LessonProgressStatus.LESSON_PROGRESS_STATUS_COMPLETED);
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_IDEMPOTENCY_KEY_REUSED,
                () -> calls.restart(enrollment, course.lesson(1), requestId));
    }

    private static long spent(UUID learner) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                                SELECT sum(p.time_spent_seconds) FROM enrollments.lesson_progress p
                                JOIN enrollments.enrollments e ON e.id = p.enrollment_id WHERE e.user_id = ?
                                """)
                        .bind(0, learner)
                        .mapTo(Long.class)
                        .one());
    }

    /// How often progress of an enrollment was written: each lesson's version counts.
    private static long writes(Enrollment enrollment) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                                SELECT coalesce(sum(version), 0) FROM enrollments.lesson_progress WHERE enrollment_id = ?
                                """)
                        .bind(0, UUID.fromString(enrollment.getId()))
                        .mapTo(Long.class)
                        .one());
    }
}
