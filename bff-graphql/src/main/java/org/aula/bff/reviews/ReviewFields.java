package org.aula.bff.reviews;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.ListReviewsRequest;
import org.aula.api.courses.v1.Review;
import org.aula.api.courses.v1.ReviewOrder;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Connections;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.jspecify.annotations.Nullable;

/// Reviews of courses.
public final class ReviewFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("Course", Course.class)
                .fetch("reviews", (course, environment) -> reviews(course.getId(), environment))
                .fetch("myReview", (course, environment) -> mine(course.getId(), environment));
        wiring.type("Review", Review.class)
                .value("id", review -> GlobalId.of("Review", review.getId()))
                .fetch("course", (review, environment) -> Loader.COURSES.load(environment, review.getCourseId()))
                .fetch("author", (review, environment) -> Loader.USER_SUMMARIES.load(environment, review.getUserId()))
                .value("rating", Review::getRating)
                .value("title", Review::getTitle)
                .value("text", Review::getText)
                .value("visible", Review::getVisible)
                .value("verified", Review::getVerified)
                .value("helpfulCount", Review::getHelpfulCount)
                .value("helpfulToMe", Review::getHelpfulToMe)
                .value("createTime", review -> Values.time(review.getCreateTime()))
                .value("updateTime", review -> Values.time(review.getUpdateTime()))
                .value("etag", Review::getEtag);
        ReviewMutations.addTo(wiring);
    }

    private static CompletableFuture<@Nullable Review> mine(String courseId, DataFetchingEnvironment environment) {
        return Wiring.request(environment).isSignedIn()
                ? Loader.MY_REVIEWS.load(environment, courseId)
                : CompletableFuture.completedFuture(null);
    }

    private static CompletableFuture<Map<String, Object>> reviews(
            String courseId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var after = Wiring.<String>argument(environment, "after");
        var list = ListReviewsRequest.newBuilder()
                .setCourseId(courseId)
                .setOrderBy(Values.constant(ReviewOrder.class, Wiring.<String>required(environment, "orderBy")))
                .setRating(Objects.requireNonNullElse(Wiring.<Integer>argument(environment, "rating"), 0))
                .setPageSize(Wiring.<Integer>required(environment, "first"))
                .setPageToken(after == null ? "" : after)
                .setWithItemTokens(true)
                .build();
        return request.answer(request.reviews().listReviews(list))
                .thenApply(page -> Connections.of(
                        page.getReviewsList(), page.getItemTokensList(), page.getNextPageToken(), after));
    }
}
