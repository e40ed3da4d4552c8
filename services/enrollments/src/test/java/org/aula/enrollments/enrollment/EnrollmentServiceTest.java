package org.aula.enrollments.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.enrollments.enrollment.CourseBuilder.aCourse;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.aula.api.enrollments.v1.CreateEnrollmentRequest;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.EnrollmentSource;
import org.aula.api.enrollments.v1.EnrollmentStatus;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class EnrollmentServiceTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("enrollments");

    @Test
    void a_learner_takes_a_free_course() {
        var course = aCourse(platform).build();
        var learner = platform.user();
        var calls = EnrollmentCalls.as(platform, learner);

        var enrollment = calls.enroll(course);

        assertThat(enrollment.getUserId()).isEqualTo(learner.id().toString());
        assertThat(enrollment.getCourseId()).isEqualTo(course.name());
        assertThat(enrollment.getStatus()).isEqualTo(EnrollmentStatus.ENROLLMENT_STATUS_ENROLLED);
        assertThat(enrollment.getSource()).isEqualTo(EnrollmentSource.ENROLLMENT_SOURCE_FREE);
        assertThat(enrollment.getProgressPercentage()).isZero();
        assertThat(enrollment.hasStartTime() || enrollment.hasCompleteTime() || enrollment.hasLastAccessTime())
                .isFalse();
        assertThat(calls.get(enrollment.getId())).isEqualTo(enrollment);
        assertThat(events(enrollment)).containsExactly("aula.enrollments.v1.UserEnrolled");
    }

    @Test
    void the_same_request_gives_the_same_answer_and_one_event() throws Exception {
        var course = aCourse(platform).build();
        var other = aCourse(platform).build();
        var calls = EnrollmentCalls.as(platform, platform.user());
        var requestId = UUID.randomUUID().toString();

        var first = calls.enroll(course, requestId);

        assertThat(calls.enroll(course, requestId)).isEqualTo(first);
        assertThat(events(first)).hasSize(1);
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_IDEMPOTENCY_KEY_REUSED,
                () -> calls.enroll(other, requestId));
    }

    @Test
    void whoever_is_enrolled_is_told_so_even_when_the_course_costs_by_now() throws Exception {
        var course = aCourse(platform).build();
        var calls = EnrollmentCalls.as(platform, platform.user());
        var first = calls.enroll(course);
        platform.superuser()
                .useHandle(handle ->
                        handle.execute("UPDATE courses.courses SET price_minor = 100 WHERE id = ?", course.id()));

        var refusal = Refusal.expect(
                Code.ALREADY_EXISTS, ErrorReason.ERROR_REASON_ALREADY_ENROLLED, () -> calls.enroll(course));

        assertThat(refusal.metadata()).containsEntry("enrollment_id", first.getId());
    }

    @Test
    void of_many_attempts_at_once_one_wins() throws Exception {
        var course = aCourse(platform).build();
        var learner = platform.user();
        var calls = EnrollmentCalls.as(platform, learner);
        var won = new ArrayList<Enrollment>();
        var lost = new ArrayList<Refusal>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var attempts = new ArrayList<Future<Enrollment>>();
            for (int attempt = 0; attempt < 12; attempt++) {
                attempts.add(threads.submit(() -> calls.enroll(course)));
            }
            for (var attempt : attempts) {
                try {
                    won.add(attempt.get());
                } catch (java.util.concurrent.ExecutionException refused) {
                    lost.add(Refusal.of(() -> {
                        throw (StatusRuntimeException) refused.getCause();
                    }));
                }
            }
        }

        assertThat(won).hasSize(1);
        assertThat(lost).hasSize(11).allSatisfy(refusal -> {
            assertThat(refusal.reason()).isEqualTo("ALREADY_ENROLLED");
            assertThat(refusal.metadata())
                    .containsEntry("enrollment_id", won.getFirst().getId());
        });
        assertThat(events(won.getFirst())).hasSize(1);
    }

    @Test
    void what_is_not_in_the_catalog_is_not_found() throws Exception {
        var draft = aCourse(platform).draft().build();
        var nowhere = new CourseBuilder.Course(UUID.randomUUID(), List.of(), List.of());
        var calls = EnrollmentCalls.as(platform, platform.user());

        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, () -> calls.enroll(draft));
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, () -> calls.enroll(nowhere));
    }

    @Test
    void a_course_with_a_price_is_bought_and_leaves_nothing_behind() throws Exception {
        var course = aCourse(platform).priced(4_900).build();
        var calls = EnrollmentCalls.as(platform, platform.user());

        Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_PAYMENT_REQUIRED, () -> calls.enroll(course));

        assertThat(calls.batchGet(false, course.name()).getMissingCourseIdsList())
                .containsExactly(course.name());
    }

    @Test
    void a_visitor_signs_in_first_and_bounds_are_named() throws Exception {
        var course = aCourse(platform).build();
        Refusal.expect(
                Code.UNAUTHENTICATED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_TOKEN_MISSING,
                () -> EnrollmentCalls.asVisitor(platform).enroll(course));
        var calls = EnrollmentCalls.as(platform, platform.user());
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> calls.stub().createEnrollment(CreateEnrollmentRequest.getDefaultInstance()));
        assertThat(refusal.fields()).containsExactlyInAnyOrder("request_id", "course_id");
    }

    private static List<String> events(Enrollment enrollment) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery(
                                "SELECT type FROM enrollments.outbox WHERE key = ? AND type LIKE 'aula.enrollments.%' ORDER BY id")
                        .bind(0, enrollment.getId())
                        .mapTo(String.class)
                        .list());
    }
}
