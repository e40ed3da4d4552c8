package org.aula.courses.review;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.api.courses.v1.BatchGetMyReviewsRequest;
import org.aula.api.courses.v1.BatchGetMyReviewsResponse;
import org.aula.api.courses.v1.CreateReviewRequest;
import org.aula.api.courses.v1.CreateReviewResponse;
import org.aula.api.courses.v1.DeleteReviewRequest;
import org.aula.api.courses.v1.DeleteReviewResponse;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.api.courses.v1.ListReviewsRequest;
import org.aula.api.courses.v1.ListReviewsResponse;
import org.aula.api.courses.v1.ModerateReviewRequest;
import org.aula.api.courses.v1.ModerateReviewResponse;
import org.aula.api.courses.v1.ReviewServiceHandler;
import org.aula.api.courses.v1.UpdateReviewRequest;
import org.aula.api.courses.v1.UpdateReviewResponse;
import org.aula.api.courses.v1.VoteReviewRequest;
import org.aula.api.courses.v1.VoteReviewResponse;
import org.aula.courses.course.CourseAccess;
import org.aula.courses.course.CourseRepository;
import org.aula.courses.course.Viewer;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.Errors;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// `aula.courses.v1.ReviewService`.
@Singleton
final class ReviewGrpcService extends ReviewServiceHandler {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;
    private static final String RESOURCE = "review";

    private final ReviewRepository reviews;
    private final ReviewChange changes;
    private final CourseRepository courses;
    private final Database database;
    private final Idempotency idempotency;
    private final Audit audit;
    private final PageTokens tokens;
    private final Clock clock;

    ReviewGrpcService(
            ReviewRepository reviews,
            ReviewChange changes,
            CourseRepository courses,
            Database database,
            Idempotency idempotency,
            Audit audit,
            PageTokens tokens,
            Clock clock) {
        this.reviews = reviews;
        this.changes = changes;
        this.courses = courses;
        this.database = database;
        this.idempotency = idempotency;
        this.audit = audit;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    protected CreateReviewResponse createReview(CreateReviewRequest request) {
        var userId = CallScope.current().requireUser();
        var verified = changes.requireEnrolled(userId, UUID.fromString(request.getCourseId()));
        return idempotency.run(request, CreateReviewResponse.parser(), () -> {
            var review =
                    ReviewMapper.create(request, UuidCreator.getTimeOrderedEpoch(), userId, verified, Times.now(clock));
            changes.insert(review);
            var message = ReviewMapper.toProto(review);
            audit.recordCreated(RESOURCE, review.id(), message);
            return CreateReviewResponse.newBuilder().setReview(message).build();
        });
    }

    /// A change that leads nowhere new is not refused for its etag: most likely the first answer got lost.
    @Override
    protected UpdateReviewResponse updateReview(UpdateReviewRequest request) {
        var review = database.transact(() -> {
            var before = changes.lock(UUID.fromString(request.getReviewId()));
            CallScope.current().requireOwner(before.userId());
            var next = ReviewMapper.update(request, before, Times.now(clock));
            if (next.equals(before)) {
                audit.nothing();
                return before;
            }
            Etags.require(request.getEtag(), before.version());
            changes.update(before, next);
            audit.record(RESOURCE, next.id(), ReviewMapper.toProto(before), ReviewMapper.toProto(next));
            return next;
        });
        return UpdateReviewResponse.newBuilder()
                .setReview(ReviewMapper.toProto(review))
                .build();
    }

    @Override
    protected DeleteReviewResponse deleteReview(DeleteReviewRequest request) {
        database.transact(() -> {
            var review = changes.lock(UUID.fromString(request.getReviewId()));
            CallScope.current().requireOwner(review.userId());
            changes.delete(review);
            audit.recordDeleted(RESOURCE, review.id(), ReviewMapper.toProto(review));
        });
        return DeleteReviewResponse.getDefaultInstance();
    }

    @Override
    protected ListReviewsResponse listReviews(ListReviewsRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var query = new ReviewQuery(
                courseId,
                request.getRating(),
                ReviewMapper.fromProto(request.getOrderBy()),
                tokens.open(request, request.getPageToken()).orElse(List.of()),
                ReviewViewer.current(),
                size + 1);
        var rows = database.query(() -> {
            var course = courses.find(courseId);
            if (course.filter(found -> found.isVisibleTo(Viewer.current())).isEmpty()) {
                throw CourseAccess.notFound();
            }
            return reviews.list(query);
        });
        var page = Page.of(rows, size, tokens, request, query.order()::sortKey, request.getWithItemTokens());
        return ListReviewsResponse.newBuilder()
                .addAllReviews(page.items().stream().map(ReviewMapper::toProto).toList())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }

    @Override
    protected BatchGetMyReviewsResponse batchGetMyReviews(BatchGetMyReviewsRequest request) {
        CallScope.current().requireUser();
        var courseIds =
                request.getCourseIdsList().stream().map(UUID::fromString).toList();
        var found = database.query(() -> reviews.findOwn(courseIds, ReviewViewer.current())).stream()
                .collect(Collectors.toMap(Review::courseId, Function.identity()));
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
        var userId = CallScope.current().requireUser();
        var review = database.transact(() -> {
            var before = changes.lock(UUID.fromString(request.getReviewId()));
            if (before.userId().equals(userId)) {
                throw Errors.failedPrecondition(
                        ErrorReason.ERROR_REASON_REVIEW_OWN, "authors cannot vote on their own review", Map.of());
            }
            if (before.helpfulToMe() == request.getHelpful()) {
                return before;
            }
            var voted = before.voted(request.getHelpful());
            reviews.vote(voted, userId);
            return voted;
        });
        return VoteReviewResponse.newBuilder()
                .setReview(ReviewMapper.toProto(review))
                .build();
    }

    @Override
    protected ModerateReviewResponse moderateReview(ModerateReviewRequest request) {
        var review = database.transact(() -> {
            var before = changes.lock(UUID.fromString(request.getReviewId()));
            var next = before.moderated(request.getVisible(), Times.now(clock));
            if (next.equals(before)) {
                audit.nothing();
                return before;
            }
            changes.update(before, next);
            audit.record(RESOURCE, next.id(), ReviewMapper.before(request, before), request);
            return next;
        });
        return ModerateReviewResponse.newBuilder()
                .setReview(ReviewMapper.toProto(review))
                .build();
    }
}
