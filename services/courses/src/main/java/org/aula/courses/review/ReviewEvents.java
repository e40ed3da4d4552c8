package org.aula.courses.review;

import org.aula.api.courses.v1.ReviewChanged;

/// Events that tell of reviews.
final class ReviewEvents {

    private ReviewEvents() {}

    static ReviewChanged changed(Review review) {
        return ReviewChanged.newBuilder()
                .setCourseId(review.courseId().toString())
                .setReviewId(review.id().toString())
                .build();
    }
}
