package org.aula.bff.reviews;

import graphql.schema.DataFetchingEnvironment;
import java.util.concurrent.CompletableFuture;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.Review;
import org.aula.api.courses.v1.ReviewServiceGrpc;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Wiring;
import org.jspecify.annotations.Nullable;

/// Reviews of courses.
public final class ReviewFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("Course", Course.class)
                .page("reviews", ReviewServiceGrpc.getListReviewsMethod(), "course_id", Course::getId)
                .fetch("myReview", (course, environment) -> mine(course.getId(), environment));
        wiring.node("Review", ReviewServiceGrpc.getGetReviewMethod(), "review_id");
        wiring.type("Review", Review.class)
                .load("course", Loader.COURSES, Review::getCourseId)
                .load("author", Loader.USER_SUMMARIES, Review::getUserId);
    }

    private static CompletableFuture<@Nullable Review> mine(String courseId, DataFetchingEnvironment environment) {
        return Wiring.request(environment).isSignedIn()
                ? Loader.MY_REVIEWS.load(environment, courseId)
                : CompletableFuture.completedFuture(null);
    }
}
