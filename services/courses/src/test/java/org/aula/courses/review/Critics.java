package org.aula.courses.review;

import java.util.UUID;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.CreateReviewRequest;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.courses.v1.ListReviewsRequest;
import org.aula.api.courses.v1.ModerateReviewRequest;
import org.aula.api.courses.v1.Review;
import org.aula.api.courses.v1.ReviewServiceGrpc;
import org.aula.api.courses.v1.ReviewServiceGrpc.ReviewServiceBlockingStub;
import org.aula.api.courses.v1.VoteReviewRequest;
import org.aula.api.enrollments.v1.CreateEnrollmentRequest;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.courses.Campus;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;

/// What tests of reviews share.
record Critics(TestPlatform platform, Campus campus) {

    TestUser moderator() {
        return platform.user("reviews:moderate");
    }

    ReviewServiceBlockingStub reviews(TestUser user) {
        return ReviewServiceGrpc.newBlockingStub(platform.as(user, "courses"));
    }

    ReviewServiceBlockingStub reviewsAnonymously() {
        return ReviewServiceGrpc.newBlockingStub(platform.anonymous("courses"));
    }

    /// A new learner of a course.
    TestUser learner(Course course) {
        var learner = campus.learner();
        EnrollmentServiceGrpc.newBlockingStub(platform.as(learner, "enrollments"))
                .createEnrollment(CreateEnrollmentRequest.newBuilder()
                        .setRequestId(Campus.newId())
                        .setCourseId(course.getId())
                        .build());
        return learner;
    }

    static CreateReviewRequest.Builder aReview(Course course, int rating) {
        return CreateReviewRequest.newBuilder()
                .setRequestId(Campus.newId())
                .setCourseId(course.getId())
                .setRating(rating)
                .setTitle("Title")
                .setText("Text");
    }

    Review review(TestUser learner, Course course, int rating) {
        return reviews(learner).createReview(aReview(course, rating).build()).getReview();
    }

    /// A review of a new learner.
    Review review(Course course, int rating) {
        return review(learner(course), course, rating);
    }

    Review moderate(Review review, boolean visible) {
        return reviews(moderator())
                .moderateReview(ModerateReviewRequest.newBuilder()
                        .setReviewId(review.getId())
                        .setVisible(visible)
                        .setReason("spam")
                        .build())
                .getReview();
    }

    Review vote(TestUser user, Review review, boolean helpful) {
        return reviews(user)
                .voteReview(VoteReviewRequest.newBuilder()
                        .setReviewId(review.getId())
                        .setHelpful(helpful)
                        .build())
                .getReview();
    }

    static ListReviewsRequest.Builder listOf(Course course) {
        return ListReviewsRequest.newBuilder().setCourseId(course.getId());
    }

    /// The course as visitors see it.
    Course read(Course course) {
        return campus.coursesAnonymously()
                .getCourse(GetCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .build())
                .getCourse();
    }

    /// The counts of a course are what its reviews come to.
    boolean isExact(Course course) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                                SELECT (stats.rating_sum, stats.review_count) = (
                                    SELECT coalesce(sum(rating), 0), count(*) FROM courses.course_reviews
                                    WHERE course_id = stats.course_id AND visible)
                                FROM courses.course_stats stats WHERE course_id = :course
                                """)
                        .bind("course", UUID.fromString(course.getId()))
                        .mapTo(Boolean.class)
                        .one());
    }
}
