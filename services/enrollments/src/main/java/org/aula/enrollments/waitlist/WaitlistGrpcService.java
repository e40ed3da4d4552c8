package org.aula.enrollments.waitlist;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.aula.api.enrollments.v1.AcceptWaitlistOfferRequest;
import org.aula.api.enrollments.v1.AcceptWaitlistOfferResponse;
import org.aula.api.enrollments.v1.BatchGetCourseSeatsRequest;
import org.aula.api.enrollments.v1.BatchGetCourseSeatsResponse;
import org.aula.api.enrollments.v1.DeclineWaitlistOfferRequest;
import org.aula.api.enrollments.v1.DeclineWaitlistOfferResponse;
import org.aula.api.enrollments.v1.GetWaitlistEntryRequest;
import org.aula.api.enrollments.v1.GetWaitlistEntryResponse;
import org.aula.api.enrollments.v1.JoinWaitlistRequest;
import org.aula.api.enrollments.v1.JoinWaitlistResponse;
import org.aula.api.enrollments.v1.LeaveWaitlistRequest;
import org.aula.api.enrollments.v1.LeaveWaitlistResponse;
import org.aula.api.enrollments.v1.ListCourseWaitlistRequest;
import org.aula.api.enrollments.v1.ListCourseWaitlistResponse;
import org.aula.api.enrollments.v1.ListMyWaitlistEntriesRequest;
import org.aula.api.enrollments.v1.ListMyWaitlistEntriesResponse;
import org.aula.api.enrollments.v1.WaitlistServiceGrpc;
import org.aula.enrollments.enrollment.CourseOwnership;
import org.aula.enrollments.enrollment.EnrollmentMapper;
import org.aula.enrollments.seat.Seats;
import org.aula.enrollments.seat.Waitlist;
import org.aula.enrollments.seat.WaitlistEntry;
import org.aula.enrollments.seat.WaitlistRepository;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;

/// The contract's WaitlistService.
@Singleton
final class WaitlistGrpcService extends WaitlistServiceGrpc.WaitlistServiceImplBase {

    private static final int PAGE = 20;
    private static final int MAX_PAGE = 100;

    private final Seats seats;
    private final Waitlist waitlist;
    private final WaitlistChange change;
    private final WaitlistRepository entries;
    private final CourseOwnership ownership;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final PageTokens tokens;
    private final Clock clock;

    WaitlistGrpcService(
            Seats seats,
            Waitlist waitlist,
            WaitlistChange change,
            WaitlistRepository entries,
            CourseOwnership ownership,
            Transactions transactions,
            Idempotency idempotency,
            PageTokens tokens,
            Clock clock) {
        this.seats = seats;
        this.waitlist = waitlist;
        this.change = change;
        this.entries = entries;
        this.ownership = ownership;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public void batchGetCourseSeats(
            BatchGetCourseSeatsRequest request, StreamObserver<BatchGetCourseSeatsResponse> observer) {
        var courseIds =
                request.getCourseIdsList().stream().map(UUID::fromString).toList();
        var found = transactions.read(handle -> seats.inCatalog(handle, courseIds));
        var answer = BatchGetCourseSeatsResponse.newBuilder();
        for (var courseId : courseIds) {
            var count = found.get(courseId);
            if (count == null) {
                answer.addMissingCourseIds(courseId.toString());
            } else {
                answer.addSeats(WaitlistMapper.toProto(count));
            }
        }
        Replies.send(observer, answer.build());
    }

    @Override
    public void joinWaitlist(JoinWaitlistRequest request, StreamObserver<JoinWaitlistResponse> observer) {
        var userId = CallScope.current().requireUser();
        var courseId = UUID.fromString(request.getCourseId());
        var answer = idempotency.run(
                request,
                JoinWaitlistResponse.parser(),
                handle -> JoinWaitlistResponse.newBuilder()
                        .setEntry(message(change.join(handle, courseId, userId)))
                        .build());
        Replies.send(observer, answer);
    }

    @Override
    public void getWaitlistEntry(GetWaitlistEntryRequest request, StreamObserver<GetWaitlistEntryResponse> observer) {
        var id = UUID.fromString(request.getWaitlistEntryId());
        var entry = transactions.read(handle -> waitlist.require(handle, id));
        Replies.send(
                observer,
                GetWaitlistEntryResponse.newBuilder().setEntry(message(entry)).build());
    }

    @Override
    public void listMyWaitlistEntries(
            ListMyWaitlistEntriesRequest request, StreamObserver<ListMyWaitlistEntriesResponse> observer) {
        var userId = CallScope.current().requireUser();
        var size = Page.size(request.getPageSize(), PAGE, MAX_PAGE);
        var before = tokens.open(request, request.getPageToken())
                .map(key -> UUID.fromString(key.getFirst()))
                .orElse(null);
        var rows = transactions.read(handle -> entries.listOfUser(handle, userId, before, size + 1));
        var page = Page.of(
                rows, size, tokens, request, entry -> List.of(entry.id().toString()), request.getWithItemTokens());
        var answer = ListMyWaitlistEntriesResponse.newBuilder()
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens());
        page.items().forEach(entry -> answer.addEntries(message(entry)));
        Replies.send(observer, answer.build());
    }

    @Override
    public void listCourseWaitlist(
            ListCourseWaitlistRequest request, StreamObserver<ListCourseWaitlistResponse> observer) {
        var courseId = UUID.fromString(request.getCourseId());
        var size = Page.size(request.getPageSize(), PAGE, MAX_PAGE);
        var after = tokens.open(request, request.getPageToken())
                .map(key -> Long.parseLong(key.getFirst()))
                .orElse(0L);
        var rows = transactions.read(handle -> {
            ownership.require(handle, courseId);
            return entries.listOfCourse(handle, courseId, after, size + 1);
        });
        var page = Page.of(
                rows,
                size,
                tokens,
                request,
                entry -> List.of(Long.toString(entry.place())),
                request.getWithItemTokens());
        var answer = ListCourseWaitlistResponse.newBuilder()
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens());
        page.items().forEach(entry -> answer.addEntries(message(entry)));
        Replies.send(observer, answer.build());
    }

    @Override
    public void leaveWaitlist(LeaveWaitlistRequest request, StreamObserver<LeaveWaitlistResponse> observer) {
        var id = UUID.fromString(request.getWaitlistEntryId());
        var entry = transactions.write(handle -> change.leave(handle, id));
        Replies.send(
                observer,
                LeaveWaitlistResponse.newBuilder().setEntry(message(entry)).build());
    }

    @Override
    public void acceptWaitlistOffer(
            AcceptWaitlistOfferRequest request, StreamObserver<AcceptWaitlistOfferResponse> observer) {
        var id = UUID.fromString(request.getWaitlistEntryId());
        var accepted = transactions.write(handle -> change.accept(handle, id));
        Replies.send(
                observer,
                AcceptWaitlistOfferResponse.newBuilder()
                        .setEntry(message(accepted.entry()))
                        .setEnrollment(EnrollmentMapper.toProto(accepted.enrollment()))
                        .build());
    }

    @Override
    public void declineWaitlistOffer(
            DeclineWaitlistOfferRequest request, StreamObserver<DeclineWaitlistOfferResponse> observer) {
        var id = UUID.fromString(request.getWaitlistEntryId());
        var entry = transactions.write(handle -> change.decline(handle, id));
        Replies.send(
                observer,
                DeclineWaitlistOfferResponse.newBuilder()
                        .setEntry(message(entry))
                        .build());
    }

    private org.aula.api.enrollments.v1.WaitlistEntry message(WaitlistEntry entry) {
        return WaitlistMapper.toProto(entry, clock.instant());
    }
}
