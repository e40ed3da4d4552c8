package org.aula.enrollments.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.enrollments.enrollment.CourseBuilder.aCourse;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.enrollments.enrollment.CourseBuilder.Course;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// No seat is given twice. `-Dseats.rounds=500` for more rounds than the few that the suite has time for.
final class SeatsTest {

    private static final int CONTENDERS = 200;
    private static final int ROUNDS = Integer.getInteger("seats.rounds", 10);

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("enrollments");

    @Test
    void of_two_hundred_contenders_one_gets_the_last_seat() throws Exception {
        var contenders = IntStream.range(0, CONTENDERS)
                .mapToObj(index -> EnrollmentCalls.as(platform, platform.user()))
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < ROUNDS; round++) {
                var course = aCourse(platform).seats(2).lessons(0, 0).build();
                EnrollmentCalls.as(platform, platform.user()).enroll(course);
                var start = new CountDownLatch(1);
                var attempts = new ArrayList<Future<Enrollment>>();
                for (var contender : contenders) {
                    attempts.add(threads.submit(() -> {
                        start.await();
                        return contender.enroll(course);
                    }));
                }
                start.countDown();
                assertThat(outcomes(attempts)).as("round %s", round).containsExactly("COURSE_FULL", "enrolled");
                assertThat(Rows.count(platform, "course_id = '" + course.id() + "'"))
                        .isEqualTo(2);
                assertThat(Rows.seatsAgree(platform, course)).isTrue();
            }
        }
    }

    /// Exactly one got it; what all others were told.
    private static List<String> outcomes(List<Future<Enrollment>> attempts) throws Exception {
        var outcomes = new ArrayList<String>();
        for (var attempt : attempts) {
            try {
                attempt.get();
                outcomes.add("enrolled");
            } catch (ExecutionException failed) {
                var refusal = Refusal.of(() -> {
                    throw (StatusRuntimeException) failed.getCause();
                });
                if (!refusal.reason().equals("OVERLOADED")) {
                    outcomes.add(refusal.reason());
                }
            }
        }
        assertThat(outcomes.stream().filter("enrolled"::equals)).hasSize(1);
        return outcomes.stream().distinct().sorted().toList();
    }

    @Test
    void dropping_frees_a_seat_and_a_pause_does_not() throws Exception {
        var course = aCourse(platform).seats(1).build();
        var first = EnrollmentCalls.as(platform, platform.user());
        var second = EnrollmentCalls.as(platform, platform.user());
        var enrollment = first.enroll(course);
        first.pause(enrollment);
        Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_COURSE_FULL, () -> second.enroll(course));

        first.drop(enrollment);

        second.enroll(course);
        Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_COURSE_FULL, () -> first.enroll(course));
        assertThat(Rows.seatsAgree(platform, course)).isTrue();
    }

    @Test
    void coming_and_going_at_once_keeps_the_count() throws Exception {
        var course = aCourse(platform).seats(5).build();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<Boolean>>();
            for (int index = 0; index < 20; index++) {
                var calls = EnrollmentCalls.as(platform, platform.user());
                all.add(threads.submit(() -> comeAndGo(calls, course)));
            }
            for (var one : all) {
                assertThat(one.get()).isTrue();
            }
        }
        assertThat(Rows.seatsAgree(platform, course)).isTrue();
        assertThat(Rows.taken(platform, course)).isZero();
    }

    private static boolean comeAndGo(EnrollmentCalls calls, Course course) {
        for (int round = 0; round < 10; round++) {
            try {
                calls.drop(calls.enroll(course));
            } catch (StatusRuntimeException full) {
                if (full.getStatus().getCode() != Code.FAILED_PRECONDITION) {
                    throw full;
                }
            }
        }
        return true;
    }

    @Test
    void a_limit_that_is_set_later_counts_those_who_are_there() throws Exception {
        var course = aCourse(platform).build();
        EnrollmentCalls.as(platform, platform.user()).enroll(course);
        EnrollmentCalls.as(platform, platform.user()).enroll(course);
        platform.superuser()
                .useHandle(handle ->
                        handle.execute("UPDATE courses.courses SET max_students = 1 WHERE id = ?", course.id()));

        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_COURSE_FULL,
                () -> EnrollmentCalls.as(platform, platform.user()).enroll(course));
    }

    @Test
    void a_count_that_is_wrong_is_mended() throws Exception {
        var course = aCourse(platform).seats(3).build();
        EnrollmentCalls.as(platform, platform.user()).enroll(course);
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE enrollments.course_seats SET taken = 3, offered = 1 WHERE course_id = ?", course.id()));

        platform.inside("enrollments", () -> {
            platform.bean("enrollments", org.aula.enrollments.seat.SeatRecount.class)
                    .run();
            return true;
        });

        assertThat(Rows.seatsAgree(platform, course)).isTrue();
    }
}
