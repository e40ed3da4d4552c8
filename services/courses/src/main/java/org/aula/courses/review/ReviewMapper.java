package org.aula.courses.review;

import java.time.Instant;
import java.util.UUID;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.courses.v1.CreateReviewRequest;
import org.aula.api.courses.v1.ModerateReviewRequest;
import org.aula.api.courses.v1.ReviewOrder;
import org.aula.api.courses.v1.UpdateReviewRequest;
import org.aula.kernel.error.Errors;
import org.aula.kernel.time.Times;

/// Reviews to and from messages.
final class ReviewMapper {

    private ReviewMapper() {}

    static Review create(CreateReviewRequest request, UUID id, UUID userId, boolean verified, Instant now) {
        return Review.written(
                id,
                UUID.fromString(request.getCourseId()),
                userId,
                request.getRating(),
                request.getTitle(),
                request.getText(),
                verified,
                now);
    }

    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT with VALIDATION_FAILED
    static Review update(UpdateReviewRequest request, Review before, Instant now) {
        var mask = request.getUpdateMask().getPathsList();
        if (mask.contains("rating") && request.getRating() == 0) {
            throw Errors.invalid(ErrorReason.ERROR_REASON_VALIDATION_FAILED, "rating", "must be 1 to 5");
        }
        return before.rewritten(
                mask.contains("rating") ? request.getRating() : before.rating(),
                mask.contains("title") ? request.getTitle() : before.title(),
                mask.contains("text") ? request.getText() : before.text(),
                now);
    }

    static ReviewQuery.Order fromProto(ReviewOrder order) {
        return switch (order) {
            case REVIEW_ORDER_UNSPECIFIED, REVIEW_ORDER_NEWEST, UNRECOGNIZED -> ReviewQuery.Order.NEWEST;
            case REVIEW_ORDER_HELPFUL -> ReviewQuery.Order.HELPFUL;
            case REVIEW_ORDER_RATING -> ReviewQuery.Order.RATING;
            case REVIEW_ORDER_RATING_ASCENDING -> ReviewQuery.Order.RATING_ASCENDING;
        };
    }

    static org.aula.api.courses.v1.Review toProto(Review review) {
        return org.aula.api.courses.v1.Review.newBuilder()
                .setId(review.id().toString())
                .setCourseId(review.courseId().toString())
                .setUserId(review.userId().toString())
                .setRating(review.rating())
                .setTitle(review.title())
                .setText(review.text())
                .setVisible(review.visible())
                .setVerified(review.verified())
                .setHelpfulCount(review.helpfulCount())
                .setHelpfulToMe(review.helpfulToMe())
                .setCreateTime(Times.timestamp(review.createdAt()))
                .setUpdateTime(Times.timestamp(review.updatedAt()))
                .setEtag(Long.toString(review.version()))
                .build();
    }

    /// How a review stood before it was moderated, as the request that would lead there: so the audit log
    /// has the reason beside what was done.
    static ModerateReviewRequest before(ModerateReviewRequest request, Review before) {
        return request.toBuilder().setVisible(before.visible()).clearReason().build();
    }
}
