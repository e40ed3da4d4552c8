package org.aula.enrollments.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.enrollments.enrollment.CourseBuilder.aCourse;

import com.google.protobuf.util.Timestamps;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.EnrollmentStatus;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.api.enrollments.v1.LessonCompleted;
import org.aula.api.enrollments.v1.LessonProgressStatus;
import org.aula.api.enrollments.v1.RecordProgressRequest;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class LearningTest {

    static final PinnedClock clock = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("enrollments").at(clock);

    @Test
    void the_first_heartbeat_starts_the_course() {
        var course = aCourse(platform).build();
        var calls = EnrollmentCalls.as(platform, platform.user());
        var enrollment = calls.enroll(course);

        var progress = calls.beat(enrollment, course.lesson(0), 42, 15);

        assertThat(progress.getStatus()).isEqualTo(LessonProgressStatus.LESSON_PROGRESS_STATUS_IN_PROGRESS);
        assertThat(progress.getPosition().getSeconds()).isEqualTo(42);
        assertThat(progress.getTimeSpent().getSeconds()).isEqualTo(15);
        var read = calls.get(enrollment.getId());
        assertThat(read.getStatus()).isEqualTo(EnrollmentStatus.ENROLLMENT_STATUS_IN_PROGRESS);
        assertThat(read.getStartTime()).isEqualTo(Timestamps.fromMillis(clock.millis()));
        assertThat(read.getLastAccessTime()).isEqualTo(read.getStartTime());
        assertThat(read.getLessonsList()).containsExactly(progress);
        assertThat(Long.parseLong(read.getEtag())).isGreaterThan(Long.parseLong(enrollment.getEtag()));
    }

    @Test
    void time_cannot_run_faster_than_the_clock() {
        var course = aCourse(platform).build();
        var calls = EnrollmentCalls.as(platform, platform.user());
        var enrollment = calls.enroll(course);
        calls.beat(enrollment, course.lesson(0), 0, 15);

        clock.advance(Duration.ofSeconds(10));
        assertThat(calls.beat(enrollment, course.lesson(0), 10, 300)
                        .getTimeSpent()
                        .getSeconds())
                .isEqualTo(25);
        assertThat(calls.beat(enrollment, course.lesson(0), 10, 300)
                        .getTimeSpent()
                        .getSeconds())
                .isEqualTo(25);
        clock.advance(Duration.ofSeconds(60));
        assertThat(calls.beat(enrollment, course.lesson(0), 30, 20)
                        .getTimeSpent()
                        .getSeconds())
                .isEqualTo(45);
    }

    @Test
    void heartbeats_that_come_a_little_early_add_up() {
        var course = aCourse(platform).build();
        var calls = EnrollmentCalls.as(platform, platform.user());
        var enrollment = calls.enroll(course);
        calls.beat(enrollment, course.lesson(0), 0, 0);

        long spent = 0;
        for (int beat = 0; beat < 10; beat++) {
            clock.advance(Duration.ofMillis(14_900));
            spent = calls.beat(enrollment, course.lesson(0), 0, 15)
                    .getTimeSpent()
                    .getSeconds();
        }

        assertThat(spent).isEqualTo(149);
    }

    @Test
    void a_completed_lesson_counts_once_and_the_last_mandatory_one_completes_the_course() {
        var course = aCourse(platform).lessons(3, 1).build();
        var calls = EnrollmentCalls.as(platform, platform.user());
        var enrollment = calls.enroll(course);
        calls.beat(enrollment, course.lesson(0), 0, 20);

        var one = calls.complete(enrollment, course.lesson(0));
        var again = calls.complete(enrollment, course.lesson(0));
        var optional = calls.complete(enrollment, course.optional().getFirst().toString());
        var two = calls.complete(enrollment, course.lesson(1));
        var three = calls.complete(enrollment, course.lesson(2));

        assertThat(one.getProgressPercentage()).isEqualTo(33.33);
        assertThat(again).isEqualTo(one);
        assertThat(optional.getProgressPercentage()).isEqualTo(33.33);
        assertThat(two.getProgressPercentage()).isEqualTo(66.66);
        assertThat(two.getStatus()).isEqualTo(EnrollmentStatus.ENROLLMENT_STATUS_IN_PROGRESS);
        assertThat(three.getProgressPercentage()).isEqualTo(100);
        assertThat(three.getStatus()).isEqualTo(EnrollmentStatus.ENROLLMENT_STATUS_COMPLETED);
        assertThat(three.getCompleteTime()).isEqualTo(Timestamps.fromMillis(clock.millis()));
        assertThat(three.getLessonsList()).hasSize(4);
        assertThat(calls.get(enrollment.getId())).isEqualTo(three);
        assertThat(types(enrollment))
                .containsExactly(
                        "UserEnrolled",
                        "LessonCompleted",
                        "LessonCompleted",
                        "LessonCompleted",
                        "LessonCompleted",
                        "CourseCompleted",
                        "CertificateIssued");
        assertThat(completedLessons(enrollment).getFirst().getTimeSpentSeconds())
                .isEqualTo(20);
    }

    @Test
    void a_completed_course_stays_open_for_reading_again() {
        var course = aCourse(platform).lessons(1, 0).build();
        var calls = EnrollmentCalls.as(platform, platform.user());
        var enrollment = calls.enroll(course);
        calls.complete(enrollment, course.lesson(0));

        var progress = calls.beat(enrollment, course.lesson(0), 5, 5);

        assertThat(progress.getStatus()).isEqualTo(LessonProgressStatus.LESSON_PROGRESS_STATUS_COMPLETED);
        assertThat(calls.get(enrollment.getId()).getStatus()).isEqualTo(EnrollmentStatus.ENROLLMENT_STATUS_COMPLETED);
    }

    @Test
    void fifty_completions_at_once_give_exact_counts() throws Exception {
        var course = aCourse(platform).lessons(25, 0).build();
        var calls = EnrollmentCalls.as(platform, platform.user());
        var enrollment = calls.enroll(course);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var completions = new java.util.ArrayList<java.util.concurrent.Future<Enrollment>>();
            for (int attempt = 0; attempt < 50; attempt++) {
                var lesson = course.lesson(attempt % 25);
                completions.add(threads.submit(() -> calls.complete(enrollment, lesson)));
            }
            for (var completion : completions) {
                completion.get();
            }
        }

        var read = calls.get(enrollment.getId());
        assertThat(read.getProgressPercentage()).isEqualTo(100);
        assertThat(read.getStatus()).isEqualTo(EnrollmentStatus.ENROLLMENT_STATUS_COMPLETED);
        assertThat(types(enrollment).stream().filter("LessonCompleted"::equals)).hasSize(25);
        assertThat(types(enrollment).stream().filter("CourseCompleted"::equals)).hasSize(1);
        assertThat(types(enrollment)).endsWith("CourseCompleted", "CertificateIssued");
    }

    @Test
    void a_lesson_of_another_course_is_not_found() throws Exception {
        var course = aCourse(platform).build();
        var other = aCourse(platform).build();
        var calls = EnrollmentCalls.as(platform, platform.user());
        var enrollment = calls.enroll(course);

        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_LESSON_NOT_FOUND,
                () -> calls.beat(enrollment, other.lesson(0), 0, 0));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_LESSON_NOT_FOUND,
                () -> calls.complete(enrollment, other.lesson(0)));
    }

    @Test
    void a_foreign_enrollment_is_not_found() throws Exception {
        var course = aCourse(platform).build();
        var enrollment = EnrollmentCalls.as(platform, platform.user()).enroll(course);
        var stranger = EnrollmentCalls.as(platform, platform.user("enrollments:read"));

        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_ENROLLMENT_NOT_FOUND,
                () -> stranger.beat(enrollment, course.lesson(0), 0, 0));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_ENROLLMENT_NOT_FOUND,
                () -> stranger.complete(enrollment, course.lesson(0)));
    }

    @Test
    void what_was_given_up_or_is_past_its_time_allows_nothing() throws Exception {
        var course = aCourse(platform).build();
        var calls = EnrollmentCalls.as(platform, platform.user());
        var enrollment = calls.enroll(course);

        set(enrollment, "status = 'REFUNDED'");
        assertThat(Refusal.expect(
                                Code.FAILED_PRECONDITION,
                                ErrorReason.ERROR_REASON_ENROLLMENT_NOT_ACTIVE,
                                () -> calls.beat(enrollment, course.lesson(0), 0, 0))
                        .metadata())
                .containsEntry("status", "REFUNDED");
        set(enrollment, "status = 'ENROLLED', expires_at = now() - interval '1 day'");
        assertThat(Refusal.expect(
                                Code.FAILED_PRECONDITION,
                                ErrorReason.ERROR_REASON_ENROLLMENT_NOT_ACTIVE,
                                () -> calls.complete(enrollment, course.lesson(0)))
                        .metadata())
                .containsEntry("status", "EXPIRED");
    }

    @Test
    void work_goes_on_after_a_pause() {
        var course = aCourse(platform).build();
        var calls = EnrollmentCalls.as(platform, platform.user());
        var enrollment = calls.enroll(course);
        set(enrollment, "status = 'PAUSED'");

        calls.beat(enrollment, course.lesson(0), 0, 0);

        assertThat(calls.get(enrollment.getId()).getStatus()).isEqualTo(EnrollmentStatus.ENROLLMENT_STATUS_IN_PROGRESS);
    }

    @Test
    void every_broken_field_is_named() throws Exception {
        var calls = EnrollmentCalls.as(platform, platform.user());
        var broken = RecordProgressRequest.newBuilder()
                .setEnrollmentId("x")
                .setLessonId("y")
                .setPosition(com.google.protobuf.Duration.newBuilder().setSeconds(-1))
                .setTimeSpent(com.google.protobuf.Duration.newBuilder().setSeconds(301))
                .build();

        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> calls.stub().recordProgress(broken));

        assertThat(refusal.fields()).containsExactlyInAnyOrder("enrollment_id", "lesson_id", "position", "time_spent");
    }

    private static List<String> types(Enrollment enrollment) {
        return envelopes(enrollment).stream()
                .map(envelope -> envelope.getType().substring("aula.enrollments.v1.".length()))
                .toList();
    }

    private static List<LessonCompleted> completedLessons(Enrollment enrollment) {
        return envelopes(enrollment).stream()
                .filter(envelope -> envelope.getPayload().is(LessonCompleted.class))
                .map(LearningTest::lessonCompleted)
                .toList();
    }

    private static LessonCompleted lessonCompleted(EventEnvelope envelope) {
        try {
            return envelope.getPayload().unpack(LessonCompleted.class);
        } catch (com.google.protobuf.InvalidProtocolBufferException broken) {
            throw new AssertionError(broken);
        }
    }

    private static List<EventEnvelope> envelopes(Enrollment enrollment) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery(
                                "SELECT envelope FROM enrollments.outbox WHERE key = ? AND type LIKE 'aula.enrollments.%' ORDER BY id")
                        .bind(0, enrollment.getId())
                        .map((row, context) -> {
                            try {
                                return EventEnvelope.parseFrom(row.getBytes("envelope"));
                            } catch (com.google.protobuf.InvalidProtocolBufferException broken) {
                                throw new AssertionError(broken);
                            }
                        })
                        .list());
    }

    private static void set(Enrollment enrollment, String what) {
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE enrollments.enrollments SET " + what + " WHERE id = ?",
                        UUID.fromString(enrollment.getId())));
    }
}
