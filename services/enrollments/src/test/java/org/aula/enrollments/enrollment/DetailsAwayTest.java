package org.aula.enrollments.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.enrollments.enrollment.CourseBuilder.aCourse;

import io.grpc.Status.Code;
import org.aula.api.common.v1.ErrorReason;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Nobody listens where MongoDB should be.
final class DetailsAwayTest {

    @RegisterExtension
    static final TestPlatform platform =
            TestPlatform.with("enrollments").setting("MONGO_URL", "mongodb://127.0.0.1:9/?directConnection=true");

    @Test
    void without_mongodb_notes_are_away_and_progress_goes_on() throws Exception {
        var course = aCourse(platform).lessons(1, 0).build();
        var learner = platform.user();
        var enrollments = EnrollmentCalls.as(platform, learner);
        var enrollment = enrollments.enroll(course);
        var calls = ProgressCalls.as(platform, learner);

        var refusal = Refusal.expect(
                Code.UNAVAILABLE,
                ErrorReason.ERROR_REASON_STORE_UNAVAILABLE,
                () -> calls.note(enrollment, course.lesson(0), 0, "x"));
        assertThat(refusal.hasRetryInfo()).isTrue();
        Refusal.expect(
                Code.UNAVAILABLE,
                ErrorReason.ERROR_REASON_STORE_UNAVAILABLE,
                () -> calls.steps(enrollment, course.lesson(0)));

        enrollments.beat(enrollment, course.lesson(0), 10, 5);
        assertThat(calls.get(enrollment, course.lesson(0)).getAttemptCount()).isEqualTo(1);
        assertThat(enrollments.complete(enrollment, course.lesson(0)).getProgressPercentage())
                .isEqualTo(100);
    }
}
