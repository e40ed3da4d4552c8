package org.aula.enrollments.waitlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.api.enrollments.v1.WaitlistState.WAITLIST_STATE_LAPSED;
import static org.aula.api.enrollments.v1.WaitlistState.WAITLIST_STATE_OFFERED;
import static org.aula.enrollments.enrollment.CourseBuilder.aCourse;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.enrollments.enrollment.CourseBuilder.Course;
import org.aula.enrollments.enrollment.EnrollmentCalls;
import org.aula.enrollments.enrollment.Rows;
import org.aula.enrollments.seat.OfferRounds;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Offers have their time, and add up whatever happens at once.
final class OffersTest {

    private static final PinnedClock clock = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform =
            TestPlatform.with("enrollments").at(clock).setting("AULA_ENROLLMENTS_WAITLIST_OFFER_LIFE", "PT2H");

    /// Tokens have a time too.
    private static Line anew(Line line) {
        return Line.as(platform, anew(line.user()));
    }

    private static TestUser anew(TestUser user) {
        return new TestUser(user.id(), platform.token(user, List.of(), UUID.randomUUID(), clock.millis()));
    }

    @Test
    void what_nobody_took_in_time_goes_to_the_next() throws Exception {
        var course = aCourse(platform).seats(1).build();
        var seated = EnrollmentCalls.as(platform, platform.user());
        var enrollment = seated.enroll(course);
        var first = Line.of(platform);
        var second = Line.of(platform);
        var one = first.join(course);
        var two = second.join(course);
        seated.drop(enrollment);
        var kept = first.get(one);

        clock.advance(Duration.ofSeconds(
                kept.getOfferExpireTime().getSeconds() - kept.getOfferTime().getSeconds()));
        first = anew(first);
        second = anew(second);
        var late = first;
        assertThat(late.get(one).getState()).as("before anybody wrote it").isEqualTo(WAITLIST_STATE_LAPSED);
        for (Refusal.Call call :
                List.<Refusal.Call>of(() -> late.accept(one), () -> late.decline(one), () -> late.leave(one))) {
            var refusal =
                    Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_WAITLIST_STATE_FORBIDS, call);
            assertThat(refusal.metadata()).containsEntry("state", "LAPSED");
        }
        OfferRounds.run(platform);

        assertThat(late.get(one).getState()).isEqualTo(WAITLIST_STATE_LAPSED);
        assertThat(second.get(two).getState()).isEqualTo(WAITLIST_STATE_OFFERED);
        assertThat(Rows.events(platform, one.getId())).endsWith("aula.enrollments.v1.WaitlistEnded");
        second.accept(two);
        assertThat(Rows.seatsAgree(platform, course)).isTrue();
    }

    @Test
    void a_higher_limit_is_offered_to_those_who_wait() throws Exception {
        var course = aCourse(platform).seats(1).build();
        EnrollmentCalls.as(platform, anew(platform.user())).enroll(course);
        var lines = List.of(Line.of(platform), Line.of(platform), Line.of(platform));
        var entries = new ArrayList<org.aula.api.enrollments.v1.WaitlistEntry>();
        lines.forEach(line -> entries.add(line.join(course)));
        platform.superuser()
                .useHandle(handle ->
                        handle.execute("UPDATE courses.courses SET max_students = 3 WHERE id = ?", course.id()));
        var stranger = EnrollmentCalls.as(platform, platform.user());
        Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_COURSE_FULL, () -> stranger.enroll(course));

        OfferRounds.run(platform);

        assertThat(lines.get(0).get(entries.get(0)).getState()).isEqualTo(WAITLIST_STATE_OFFERED);
        assertThat(lines.get(1).get(entries.get(1)).getState()).isEqualTo(WAITLIST_STATE_OFFERED);
        assertThat(lines.get(2).get(entries.get(2)).getPosition()).isEqualTo(1);
        assertThat(Rows.seatsAgree(platform, course)).isTrue();
    }

    @Test
    void everything_at_once_adds_up() throws Exception {
        var course = aCourse(platform).seats(3).build();
        var seed = 20_261_121L;
        System.out.println("seed " + seed);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<Boolean>>();
            for (int index = 0; index < 16; index++) {
                var random = new Random(seed + index);
                var user = platform.user();
                all.add(threads.submit(() -> wander(user, course, random)));
            }
            for (var one : all) {
                assertThat(one.get()).isTrue();
            }
        }
        assertThat(Rows.seatsAgree(platform, course)).isTrue();
        var held = Rows.number(
                platform,
                "SELECT taken + offered FROM enrollments.course_seats WHERE course_id = '" + course.id() + "'");
        assertThat(held).isLessThanOrEqualTo(3);
        assertThat(Rows.number(platform, """
                SELECT count(*) FROM enrollments.waitlist_entries w JOIN enrollments.enrollments e
                    ON e.user_id = w.user_id AND e.course_id = w.course_id
                WHERE w.course_id = '%s' AND w.state IN ('WAITING', 'OFFERED')
                    AND e.opens_lessons
                """.formatted(course.id())))
                .as("enrolled and waiting")
                .isZero();
        var waiting = Rows.number(
                platform, "SELECT waiting FROM enrollments.course_seats WHERE course_id = '" + course.id() + "'");
        assertThat(waiting == 0 || held == 3)
                .as("nobody waits beside a free seat")
                .isTrue();
    }

    /// Enrolls, waits, accepts, declines, leaves and drops as it comes.
    private static boolean wander(TestUser user, Course course, Random random) {
        var line = Line.as(platform, user);
        var calls = EnrollmentCalls.as(platform, user);
        for (int step = 0; step < 30; step++) {
            try {
                step(line, calls, course, random.nextInt(6));
            } catch (StatusRuntimeException refused) {
                var code = refused.getStatus().getCode();
                if (code != Code.FAILED_PRECONDITION && code != Code.ALREADY_EXISTS) {
                    throw refused;
                }
            }
        }
        return true;
    }

    private static void step(Line line, EnrollmentCalls calls, Course course, int what) {
        var mine = line.list(org.aula.api.enrollments.v1.ListMyWaitlistEntriesRequest.getDefaultInstance())
                .getEntriesList();
        var places = calls.batchGet(false, course.name()).getEnrollmentsList();
        switch (what) {
            case 0 -> calls.enroll(course);
            case 1 -> line.join(course);
            case 2 -> mine.forEach(line::accept);
            case 3 -> mine.forEach(line::decline);
            case 4 -> mine.forEach(line::leave);
            default -> places.forEach(calls::drop);
        }
    }
}
