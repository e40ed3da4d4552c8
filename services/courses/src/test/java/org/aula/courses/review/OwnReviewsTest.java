package org.aula.courses.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.util.List;
import java.util.stream.IntStream;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.courses.v1.BatchGetMyReviewsRequest;
import org.aula.api.courses.v1.Review;
import org.aula.courses.Campus;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OwnReviewsTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses", "enrollments");

    private final Campus campus = new Campus(platform);
    private final Critics critics = new Critics(platform, campus);

    private static BatchGetMyReviewsRequest of(String... courseIds) {
        return BatchGetMyReviewsRequest.newBuilder()
                .addAllCourseIds(List.of(courseIds))
                .build();
    }

    @Test
    void areGivenInTheCoursesOrderHiddenOnesTooAndNobodyElses() throws Exception {
        var author = campus.author();
        var first = campus.published(author, "First");
        var second = campus.published(author, "Second");
        var third = campus.published(author, "Third");
        var learner = critics.learner(first);
        var one = critics.review(learner, first, 4);
        critics.review(first, 5);
        critics.review(third, 1);
        var two = critics.review(critics.learner(second), second, 2);
        critics.moderate(one, false);

        var asked = of(second.getId(), third.getId(), first.getId());
        var answer = critics.reviews(learner).batchGetMyReviews(asked);

        assertThat(answer.getReviewsList()).extracting(Review::getId).containsExactly(one.getId());
        assertThat(answer.getReviews(0).getVisible()).isFalse();
        assertThat(answer.getMissingCourseIdsList()).containsExactly(second.getId(), third.getId());
        assertThat(two.getVisible()).isTrue();
        var few = platform.statements("courses", () -> critics.reviews(learner).batchGetMyReviews(of(first.getId())));
        assertThat(platform.statements("courses", () -> critics.reviews(learner).batchGetMyReviews(asked)))
                .isEqualTo(few);
    }

    @Test
    void areForWhoeverIsSignedInAndWithinTheirBounds() throws Exception {
        var learner = critics.reviews(campus.learner());
        Refusal.expect(
                Code.UNAUTHENTICATED,
                ErrorReason.ERROR_REASON_TOKEN_MISSING,
                () -> critics.reviewsAnonymously().batchGetMyReviews(of(Campus.newId())));
        var same = Campus.newId();
        var many = IntStream.range(0, 201).mapToObj(number -> Campus.newId()).toArray(String[]::new);
        for (var wrong : List.of(of(), of("x"), of(same, same), of(many))) {
            Refusal.expect(
                    Code.INVALID_ARGUMENT,
                    ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                    () -> learner.batchGetMyReviews(wrong));
        }
    }
}
