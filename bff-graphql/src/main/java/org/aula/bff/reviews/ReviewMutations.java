package org.aula.bff.reviews;

import java.util.Map;
import org.aula.api.courses.v1.CreateReviewRequest;
import org.aula.api.courses.v1.DeleteReviewRequest;
import org.aula.api.courses.v1.ModerateReviewRequest;
import org.aula.api.courses.v1.UpdateReviewRequest;
import org.aula.api.courses.v1.VoteReviewRequest;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;

/// Writing reviews, voting for them, hiding them.
final class ReviewMutations {

    private ReviewMutations() {}

    static void addTo(Wiring wiring) {
        addWriting(wiring);
        wiring.mutation(new Mutation<>(
                "voteReview",
                VoteReviewRequest.getDefaultInstance(),
                input -> VoteReviewRequest.newBuilder()
                        .setReviewId(input.id("reviewId", "Review"))
                        .setHelpful(input.flag("helpful"))
                        .build(),
                (request, message) -> request.reviews().voteReview(message),
                answer -> Map.of("review", answer.getReview())));
        wiring.mutation(new Mutation<>(
                "moderateReview",
                ModerateReviewRequest.getDefaultInstance(),
                input -> ModerateReviewRequest.newBuilder()
                        .setReviewId(input.id("reviewId", "Review"))
                        .setVisible(input.flag("visible"))
                        .setReason(input.text("reason"))
                        .build(),
                (request, message) -> request.reviews().moderateReview(message),
                answer -> Map.of("review", answer.getReview())));
    }

    private static void addWriting(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "createReview",
                CreateReviewRequest.getDefaultInstance(),
                input -> CreateReviewRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setCourseId(input.id("courseId", "Course"))
                        .setRating(input.number("rating"))
                        .setTitle(input.text("title"))
                        .setText(input.text("text"))
                        .build(),
                (request, message) -> request.reviews().createReview(message),
                answer -> Map.of("review", answer.getReview())));
        wiring.mutation(new Mutation<>(
                "updateReview",
                UpdateReviewRequest.getDefaultInstance(),
                input -> UpdateReviewRequest.newBuilder()
                        .setReviewId(input.id("reviewId", "Review"))
                        .setEtag(input.text("etag"))
                        .setUpdateMask(input.mask("reviewId", "etag"))
                        .setRating(input.number("rating"))
                        .setTitle(input.text("title"))
                        .setText(input.text("text"))
                        .build(),
                (request, message) -> request.reviews().updateReview(message),
                answer -> Map.of("review", answer.getReview())));
        wiring.mutation(new Mutation<>(
                "deleteReview",
                DeleteReviewRequest.getDefaultInstance(),
                input -> DeleteReviewRequest.newBuilder()
                        .setReviewId(input.id("reviewId", "Review"))
                        .build(),
                (request, message) -> request.reviews().deleteReview(message),
                answer -> Map.of()));
    }
}
