package org.aula.courses.review;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.UUID;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.courses.v1.CreateReviewRequest;
import org.aula.api.courses.v1.ModerateReviewRequest;
import org.aula.api.courses.v1.ReviewOrder;
import org.aula.api.courses.v1.UpdateReviewRequest;
import org.aula.kernel.change.Updates;
import org.aula.kernel.error.Errors;
import org.aula.kernel.time.Times;

/// Reviews to and from messages.
final class ReviewMapper {

    private ReviewMapper() {}

    /// A new review as asked for.
    ///
    /// @param verified whether the course is open to its writer
    static Review create(CreateReviewRequest request, UUID userId, boolean verified, Instant now) {
        return Review.written(
                UuidCreator.getTimeOrderedEpoch(),
                UUID.fromString(request.getCourseId()),
                userId,
                request.getRating(),
                request.getTitle(),
                request.getText(),
                verified,
                now);
    }

    /// A review after what the mask names was changed, still of the version before.
    ///
    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT with VALIDATION_FAILED
    static Review update(Review before, UpdateReviewRequest request) {
        var mask = request.getUpdateMask();
        if (mask.getPathsList().contains("rating") && request.getRating() == 0) {
            throw Errors.invalid(ErrorReason.ERROR_REASON_VALIDATION_FAILED, "rating", "must be 1 to 5");
        }
        var now = UpdateReviewRequest.newBuilder()
                .setRating(before.rating())
                .setTitle(before.title())
                .setText(before.text())
                .build();
        var wanted = Updates.merge(now, request, mask);
        return before.rewritten(wanted.getRating(), wanted.getTitle(), wanted.getText());
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

    /// The request that leads to how a review stands: so the audit log has the reason beside what was done.
    ///
    /// @param reason empty for how it stood before
    static ModerateReviewRequest moderation(Review review, String reason) {
        return ModerateReviewRequest.newBuilder()
                .setReviewId(review.id().toString())
                .setVisible(review.visible())
                .setReason(reason)
                .build();
    }
}
