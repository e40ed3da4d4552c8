package org.aula.courses.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import org.aula.api.common.v1.ErrorReason;
import org.aula.courses.Campus;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EnrollmentsAwayTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private final Campus campus = new Campus(platform);
    private final Critics critics = new Critics(platform, campus);

    @Test
    void nothingIsWrittenAndEverythingIsRead() throws Exception {
        var course = campus.published(campus.author(), "Lonely");
        var refusal = Refusal.expect(
                Code.UNAVAILABLE,
                ErrorReason.ERROR_REASON_SERVICE_UNAVAILABLE,
                () -> critics.review(campus.learner(), course, 5));
        assertThat(refusal.metadata()).containsEntry("service", "enrollments");
        assertThat(refusal.hasRetryInfo()).isTrue();
        assertThat(critics.reviewsAnonymously()
                        .listReviews(Critics.listOf(course).build())
                        .getReviewsList())
                .isEmpty();
    }
}
