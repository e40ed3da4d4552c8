package org.aula.enrollments.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.enrollments.enrollment.CourseBuilder.aCourse;

import io.grpc.Status.Code;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.EnrollmentStatus;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Who moves an enrollment from where to where.
final class StatesTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("enrollments");

    private final TestUser learner = platform.user();
    private final EnrollmentCalls calls = EnrollmentCalls.as(platform, learner);

    @ParameterizedTest
    @CsvSource({
        "ENROLLED,    PAUSED,      ENROLLED,    DROPPED",
        "IN_PROGRESS, PAUSED,      IN_PROGRESS, DROPPED",
        "PAUSED,      PAUSED,      ENROLLED,    DROPPED",
        "COMPLETED,   -,           COMPLETED,   -",
        "DROPPED,     -,           -,           DROPPED",
        "REFUNDED,    -,           -,           -",
        "EXPIRED,     -,           -,           -",
    })
    void the_table_of_states_holds(String from, String paused, String resumed, String dropped) throws Exception {
        expect(from, paused, calls::pause);
        expect(from, resumed, calls::resume);
        expect(from, dropped, calls::drop);
    }

    @ParameterizedTest
    @EnumSource(org.aula.enrollments.enrollment.Enrollment.Status.class)
    void the_column_and_the_enum_agree_on_what_opens_lessons(org.aula.enrollments.enrollment.Enrollment.Status status) {
        var enrollment = calls.enroll(aCourse(platform).build());
        var open = platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                                UPDATE enrollments.enrollments SET status = :status WHERE id = CAST(:id AS uuid)
                                RETURNING opens_lessons
                                """)
                        .bind("status", status.name())
                        .bind("id", enrollment.getId())
                        .mapTo(Boolean.class)
                        .one());
        assertThat(open).isEqualTo(status.opensLessons());
    }

    private interface Step {
        Enrollment take(Enrollment enrollment);
    }

    private void expect(String from, String to, Step step) throws Exception {
        var enrollment = calls.enroll(aCourse(platform).build());
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE enrollments.enrollments SET status = ?, started_at = CASE WHEN ? THEN now() END "
                                + "WHERE id = CAST(? AS uuid)",
                        from,
                        from.equals("IN_PROGRESS"),
                        enrollment.getId()));
        if (to.equals("-")) {
            var refusal = Refusal.expect(
                    Code.FAILED_PRECONDITION,
                    ErrorReason.ERROR_REASON_ENROLLMENT_NOT_ACTIVE,
                    () -> step.take(enrollment));
            assertThat(refusal.metadata()).containsEntry("status", from);
            return;
        }
        var moved = step.take(enrollment);
        assertThat(moved.getStatus()).isEqualTo(status(to));
        assertThat(moved.getEtag()).isEqualTo(from.equals(to) ? "1" : "2");
        assertThat(step.take(enrollment)).as("again").isEqualTo(moved);
        assertThat(Rows.events(platform, enrollment.getId())).hasSize(from.equals(to) ? 1 : 2);
    }

    private static EnrollmentStatus status(String name) {
        return EnrollmentStatus.valueOf("ENROLLMENT_STATUS_" + name.toUpperCase(Locale.ROOT));
    }

    @Test
    void what_was_dropped_is_taken_up_again_with_its_progress() throws Exception {
        var course = aCourse(platform).seats(1).build();
        var enrollment = calls.enroll(course);
        calls.complete(enrollment, course.lesson(0));
        calls.drop(enrollment);
        assertThat(Rows.taken(platform, course)).isZero();

        var again = calls.enroll(course);

        assertThat(again.getId()).isEqualTo(enrollment.getId());
        assertThat(again.getStatus()).isEqualTo(EnrollmentStatus.ENROLLMENT_STATUS_IN_PROGRESS);
        assertThat(again.getProgressPercentage()).isEqualTo(50);
        assertThat(calls.get(again.getId()).getLessonsList()).hasSize(1);
        assertThat(Rows.taken(platform, course)).isEqualTo(1);
        assertThat(Rows.events(platform, again.getId()))
                .containsExactly(
                        "aula.enrollments.v1.UserEnrolled",
                        "aula.enrollments.v1.LessonCompleted",
                        "aula.enrollments.v1.EnrollmentStatusChanged",
                        "aula.enrollments.v1.EnrollmentStatusChanged");
    }

    @Test
    void what_was_dropped_of_a_course_that_costs_by_now_is_bought() throws Exception {
        var course = aCourse(platform).build();
        calls.drop(calls.enroll(course));
        platform.superuser()
                .useHandle(handle ->
                        handle.execute("UPDATE courses.courses SET price_minor = 100 WHERE id = ?", course.id()));

        Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_PAYMENT_REQUIRED, () -> calls.enroll(course));
    }

    @Test
    void administrators_take_people_out_and_others_see_nothing() throws Exception {
        var enrollment = calls.enroll(aCourse(platform).build());
        var stranger = EnrollmentCalls.as(platform, platform.user("enrollments:read"));
        for (Refusal.Call call : List.<Refusal.Call>of(
                () -> stranger.pause(enrollment), () -> stranger.resume(enrollment), () -> stranger.drop(enrollment))) {
            Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_ENROLLMENT_NOT_FOUND, call);
        }
        var admin = EnrollmentCalls.as(platform, platform.user("enrollments:grant"));

        assertThat(admin.drop(enrollment).getStatus()).isEqualTo(EnrollmentStatus.ENROLLMENT_STATUS_DROPPED);
        var nowhere =
                Enrollment.newBuilder().setId(UUID.randomUUID().toString()).build();
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_ENROLLMENT_NOT_FOUND, () -> admin.drop(nowhere));
    }

    @Test
    void bounds_are_named() throws Exception {
        var none = Enrollment.newBuilder().setId("none").build();
        for (Refusal.Call call :
                List.<Refusal.Call>of(() -> calls.pause(none), () -> calls.resume(none), () -> calls.drop(none))) {
            assertThat(Refusal.of(call).fields()).containsExactly("enrollment_id");
        }
    }

    @Test
    void each_move_is_in_the_audit_log_once() {
        var enrollment = calls.enroll(aCourse(platform).build());
        calls.pause(enrollment);
        calls.pause(enrollment);

        var entries = Rows.number(
                platform,
                "SELECT count(*) FROM enrollments.outbox WHERE type = 'aula.common.v1.AuditRecorded' AND key LIKE '%"
                        + enrollment.getId() + "'");
        assertThat(entries).as("enrolled, paused").isEqualTo(2);
    }
}
