package org.aula.courses.review;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.api.courses.v1.BatchGetMyReviewsRequest;
import org.aula.api.courses.v1.BatchGetMyReviewsResponse;
import org.aula.api.courses.v1.CreateReviewRequest;
import org.aula.api.courses.v1.CreateReviewResponse;
import org.aula.api.courses.v1.DeleteReviewRequest;
import org.aula.api.courses.v1.DeleteReviewResponse;
import org.aula.api.courses.v1.GetReviewRequest;
import org.aula.api.courses.v1.GetReviewResponse;
import org.aula.api.courses.v1.ListReviewsRequest;
import org.aula.api.courses.v1.ListReviewsResponse;
import org.aula.api.courses.v1.ModerateReviewRequest;
import org.aula.api.courses.v1.ModerateReviewResponse;
import org.aula.api.courses.v1.ReviewServiceHandler;
import org.aula.api.courses.v1.UpdateReviewRequest;
import org.aula.api.courses.v1.UpdateReviewResponse;
import org.aula.api.courses.v1.VoteReviewRequest;
import org.aula.api.courses.v1.VoteReviewResponse;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.time.Times;

/// `aula.courses.v1.ReviewService`.
@Singleton
final class ReviewGrpcService extends ReviewServiceHandler {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;

    private final ReviewService reviews;
    private final Idempotency idempotency;
    private final PageTokens tokens;
    private final Clock clock;

    ReviewGrpcService(ReviewService reviews, Idempotency idempotency, PageTokens tokens, Clock clock) {
        this.reviews = reviews;
        this.idempotency = idempotency;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    protected CreateReviewResponse createReview(CreateReviewRequest request) {
        var userId = CallScope.current().requireUser();
        var verified = reviews.requireEnrolled(userId, UUID.fromString(request.getCourseId()));
        return idempotency.run(request, CreateReviewResponse.parser(), () -> {
            var review = reviews.create(ReviewMapper.create(request, userId, verified, Times.now(clock)));
            return CreateReviewResponse.newBuilder()
                    .setReview(ReviewMapper.toProto(review))
                    .build();
        });
    }

    @Override
    protected UpdateReviewResponse updateReview(UpdateReviewRequest request) {
        var review = reviews.update(
                UUID.fromString(request.getReviewId()),
                request.getEtag(),
                before -> ReviewMapper.update(before, request));
        return UpdateReviewResponse.newBuilder()
                .setReview(ReviewMapper.toProto(review))
                .build();
    }

    @Override
    protected DeleteReviewResponse deleteReview(DeleteReviewRequest request) {
        reviews.delete(UUID.fromString(request.getReviewId()));
        return DeleteReviewResponse.getDefaultInstance();
    }

    @Override
    protected ListReviewsResponse listReviews(ListReviewsRequest request) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var query = new ReviewQuery(
                UUID.fromString(request.getCourseId()),
                request.getRating(),
                ReviewMapper.fromProto(request.getOrderBy()),
                tokens.open(request, request.getPageToken()).orElse(List.of()),
                ReviewViewer.current(),
                size + 1);
        var rows = reviews.list(query);
        var page = Page.of(rows, size, tokens, request, query.order()::sortKey, request.getWithItemTokens());
        return ListReviewsResponse.newBuilder()
                .addAllReviews(page.items().stream().map(ReviewMapper::toProto).toList())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }

    @Override
    protected GetReviewResponse getReview(GetReviewRequest request) {
        var review = reviews.find(UUID.fromString(request.getReviewId()));
        return GetReviewResponse.newBuilder()
                .setReview(ReviewMapper.toProto(review))
                .build();
    }

    @Override
    protected BatchGetMyReviewsResponse batchGetMyReviews(BatchGetMyReviewsRequest request) {
        var courseIds =
                request.getCourseIdsList().stream().map(UUID::fromString).toList();
        var found =
                reviews.findOwn(courseIds).stream().collect(Collectors.toMap(Review::courseId, Function.identity()));
        var response = BatchGetMyReviewsResponse.newBuilder();
        for (var courseId : courseIds) {
            var review = found.get(courseId);
            if (review == null) {
                response.addMissingCourseIds(courseId.toString());
            } else {
                response.addReviews(ReviewMapper.toProto(review));
            }
        }
        return response.build();
    }

    @Override
    protected VoteReviewResponse voteReview(VoteReviewRequest request) {
        var review = reviews.vote(UUID.fromString(request.getReviewId()), request.getHelpful());
        return VoteReviewResponse.newBuilder()
                .setReview(ReviewMapper.toProto(review))
                .build();
    }

    @Override
    protected ModerateReviewResponse moderateReview(ModerateReviewRequest request) {
        var review =
                reviews.moderate(UUID.fromString(request.getReviewId()), request.getVisible(), request.getReason());
        return ModerateReviewResponse.newBuilder()
                .setReview(ReviewMapper.toProto(review))
                .build();
    }
}
