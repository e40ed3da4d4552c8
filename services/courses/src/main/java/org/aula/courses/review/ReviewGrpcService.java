package org.aula.courses.review;

import com.github.f4b6a3.uuid.UuidCreator;
import io.grpc.stub.StreamObserver;
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
import org.aula.api.courses.v1.ReviewServiceGrpc;
import org.aula.api.courses.v1.UpdateReviewRequest;
import org.aula.api.courses.v1.UpdateReviewResponse;
import org.aula.api.courses.v1.VoteReviewRequest;
import org.aula.api.courses.v1.VoteReviewResponse;
import org.aula.courses.course.CourseAccess;
import org.aula.courses.course.CourseRepository;
import org.aula.courses.course.Viewer;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.aula.kernel.time.Times;

/// `aula.courses.v1.ReviewService`.
@Singleton
final class ReviewGrpcService extends ReviewServiceGrpc.ReviewServiceImplBase {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;
    private static final String RESOURCE = "review";

    private final ReviewRepository reviews;
    private final ReviewChange changes;
    private final CourseRepository courses;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Audit audit;
    private final PageTokens tokens;
    private final Clock clock;

    ReviewGrpcService(
            ReviewRepository reviews,
            ReviewChange changes,
            CourseRepository courses,
            Transactions transactions,
            Idempotency idempotency,
            Audit audit,
            PageTokens tokens,
            Clock clock) {
        this.reviews = reviews;
        this.changes = changes;
        this.courses = courses;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.audit = audit;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public void createReview(CreateReviewRequest request, StreamObserver<CreateReviewResponse> observer) {
        var userId = CallScope.current().requireUser();
        var verified = changes.requireEnrolled(userId, UUID.fromString(request.getCourseId()));
        var response = idempotency.run(request, CreateReviewResponse.parser(), handle -> {
            var review =
                    ReviewMapper.create(request, UuidCreator.getTimeOrderedEpoch(), userId, verified, Times.now(clock));
            changes.insert(handle, review);
            var message = ReviewMapper.toProto(review);
            audit.record(handle, RESOURCE, review.id(), null, message);
            return CreateReviewResponse.newBuilder().setReview(message).build();
        });
        Replies.send(observer, response);
    }

    /// A change that leads nowhere new is not refused for its etag: most likely the first answer got lost.
    @Override
    public void updateReview(UpdateReviewRequest request, StreamObserver<UpdateReviewResponse> observer) {
        var review = transactions.write(handle -> {
            var before = changes.lock(handle, UUID.fromString(request.getReviewId()));
            CallScope.current().requireOwner(before.userId());
            var next = ReviewMapper.update(request, before, Times.now(clock));
            if (next.equals(before)) {
                audit.nothing();
                return before;
            }
            if (!request.getEtag().isEmpty() && !request.getEtag().equals(Long.toString(before.version()))) {
                throw Errors.etagMismatch();
            }
            changes.update(handle, before, next);
            audit.record(handle, RESOURCE, next.id(), ReviewMapper.toProto(before), ReviewMapper.toProto(next));
            return next;
        });
        Replies.send(
                observer,
                UpdateReviewResponse.newBuilder()
                        .setReview(ReviewMapper.toProto(review))
                        .build());
    }

    @Override
    public void deleteReview(DeleteReviewRequest request, StreamObserver<DeleteReviewResponse> observer) {
        transactions.writeVoid(handle -> {
            var review = changes.lock(handle, UUID.fromString(request.getReviewId()));
            CallScope.current().requireOwner(review.userId());
            changes.delete(handle, review);
            audit.record(handle, RESOURCE, review.id(), ReviewMapper.toProto(review), null);
        });
        Replies.send(observer, DeleteReviewResponse.getDefaultInstance());
    }

    @Override
    public void listReviews(ListReviewsRequest request, StreamObserver<ListReviewsResponse> observer) {
        var courseId = UUID.fromString(request.getCourseId());
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var query = new ReviewQuery(
                courseId,
                request.getRating(),
                ReviewMapper.fromProto(request.getOrderBy()),
                tokens.open(request, request.getPageToken()).orElse(List.of()),
                ReviewViewer.current(),
                size + 1);
        var rows = transactions.read(handle -> {
            var course = courses.find(handle, courseId);
            if (course.filter(found -> found.isVisibleTo(Viewer.current())).isEmpty()) {
                throw CourseAccess.notFound();
            }
            return reviews.list(handle, query);
        });
        var page = Page.of(rows, size, tokens, request, query.order()::sortKey, request.getWithItemTokens());
        Replies.send(
                observer,
                ListReviewsResponse.newBuilder()
                        .addAllReviews(
                                page.items().stream().map(ReviewMapper::toProto).toList())
                        .setNextPageToken(page.nextPageToken())
                        .addAllItemTokens(page.itemTokens())
                        .build());
    }

    @Override
    public void batchGetMyReviews(
            BatchGetMyReviewsRequest request, StreamObserver<BatchGetMyReviewsResponse> observer) {
        CallScope.current().requireUser();
        var courseIds =
                request.getCourseIdsList().stream().map(UUID::fromString).toList();
        var found = transactions.read(handle -> reviews.findOwn(handle, courseIds, ReviewViewer.current())).stream()
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
        Replies.send(observer, response.build());
    }

    @Override
    public void voteReview(VoteReviewRequest request, StreamObserver<VoteReviewResponse> observer) {
        var userId = CallScope.current().requireUser();
        var review = transactions.write(handle -> {
            var before = changes.lock(handle, UUID.fromString(request.getReviewId()));
            if (before.userId().equals(userId)) {
                throw Errors.failedPrecondition(
                        ErrorReason.ERROR_REASON_REVIEW_OWN, "others say whether your review is helpful", Map.of());
            }
            if (before.helpfulToMe() == request.getHelpful()) {
                return before;
            }
            var voted = before.voted(request.getHelpful());
            reviews.vote(handle, voted, userId);
            return voted;
        });
        Replies.send(
                observer,
                VoteReviewResponse.newBuilder()
                        .setReview(ReviewMapper.toProto(review))
                        .build());
    }

    @Override
    public void moderateReview(ModerateReviewRequest request, StreamObserver<ModerateReviewResponse> observer) {
        var review = transactions.write(handle -> {
            var before = changes.lock(handle, UUID.fromString(request.getReviewId()));
            var next = before.moderated(request.getVisible(), Times.now(clock));
            if (next.equals(before)) {
                audit.nothing();
                return before;
            }
            changes.update(handle, before, next);
            audit.record(handle, RESOURCE, next.id(), ReviewMapper.before(request, before), request);
            return next;
        });
        Replies.send(
                observer,
                ModerateReviewResponse.newBuilder()
                        .setReview(ReviewMapper.toProto(review))
                        .build());
    }
}
