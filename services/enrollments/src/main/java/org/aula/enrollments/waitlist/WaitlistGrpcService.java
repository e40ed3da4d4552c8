package org.aula.enrollments.waitlist;

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
import org.aula.api.enrollments.v1.WaitlistServiceHandler;
import org.aula.enrollments.enrollment.EnrollmentMapper;
import org.aula.enrollments.seat.WaitlistEntry;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;

/// The contract's WaitlistService.
@Singleton
final class WaitlistGrpcService extends WaitlistServiceHandler {

    private static final int PAGE = 20;
    private static final int MAX_PAGE = 100;

    private final WaitlistService waitlist;
    private final Idempotency idempotency;
    private final PageTokens tokens;
    private final Clock clock;

    WaitlistGrpcService(WaitlistService waitlist, Idempotency idempotency, PageTokens tokens, Clock clock) {
        this.waitlist = waitlist;
        this.idempotency = idempotency;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    protected BatchGetCourseSeatsResponse batchGetCourseSeats(BatchGetCourseSeatsRequest request) {
        var courseIds =
                request.getCourseIdsList().stream().map(UUID::fromString).toList();
        var found = waitlist.seats(courseIds);
        var response = BatchGetCourseSeatsResponse.newBuilder();
        for (var courseId : courseIds) {
            var count = found.get(courseId);
            if (count == null) {
                response.addMissingCourseIds(courseId.toString());
            } else {
                response.addSeats(WaitlistMapper.toProto(count));
            }
        }
        return response.build();
    }

    @Override
    protected JoinWaitlistResponse joinWaitlist(JoinWaitlistRequest request) {
        var userId = CallScope.current().requireUser();
        var courseId = UUID.fromString(request.getCourseId());
        return idempotency.run(
                request,
                JoinWaitlistResponse.parser(),
                () -> JoinWaitlistResponse.newBuilder()
                        .setEntry(message(waitlist.join(courseId, userId)))
                        .build());
    }

    @Override
    protected GetWaitlistEntryResponse getWaitlistEntry(GetWaitlistEntryRequest request) {
        var id = UUID.fromString(request.getWaitlistEntryId());
        var entry = waitlist.get(id);
        return GetWaitlistEntryResponse.newBuilder().setEntry(message(entry)).build();
    }

    @Override
    protected ListMyWaitlistEntriesResponse listMyWaitlistEntries(ListMyWaitlistEntriesRequest request) {
        var userId = CallScope.current().requireUser();
        var size = Page.size(request.getPageSize(), PAGE, MAX_PAGE);
        var before = tokens.open(request, request.getPageToken())
                .map(key -> UUID.fromString(key.getFirst()))
                .orElse(null);
        var rows = waitlist.listOfUser(userId, before, size + 1);
        var page = Page.of(
                rows, size, tokens, request, entry -> List.of(entry.id().toString()), request.getWithItemTokens());
        var response = ListMyWaitlistEntriesResponse.newBuilder()
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens());
        page.items().forEach(entry -> response.addEntries(message(entry)));
        return response.build();
    }

    @Override
    protected ListCourseWaitlistResponse listCourseWaitlist(ListCourseWaitlistRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        var size = Page.size(request.getPageSize(), PAGE, MAX_PAGE);
        var after = tokens.open(request, request.getPageToken())
                .map(key -> Long.parseLong(key.getFirst()))
                .orElse(0L);
        var rows = waitlist.listOfCourse(courseId, after, size + 1);
        var page = Page.of(
                rows,
                size,
                tokens,
                request,
                entry -> List.of(Long.toString(entry.place())),
                request.getWithItemTokens());
        var response = ListCourseWaitlistResponse.newBuilder()
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens());
        page.items().forEach(entry -> response.addEntries(message(entry)));
        return response.build();
    }

    @Override
    protected LeaveWaitlistResponse leaveWaitlist(LeaveWaitlistRequest request) {
        var id = UUID.fromString(request.getWaitlistEntryId());
        var entry = waitlist.leave(id);
        return LeaveWaitlistResponse.newBuilder().setEntry(message(entry)).build();
    }

    @Override
    protected AcceptWaitlistOfferResponse acceptWaitlistOffer(AcceptWaitlistOfferRequest request) {
        var id = UUID.fromString(request.getWaitlistEntryId());
        var accepted = waitlist.accept(id);
        return AcceptWaitlistOfferResponse.newBuilder()
                .setEntry(message(accepted.entry()))
                .setEnrollment(EnrollmentMapper.toProto(accepted.enrollment()))
                .build();
    }

    @Override
    protected DeclineWaitlistOfferResponse declineWaitlistOffer(DeclineWaitlistOfferRequest request) {
        var id = UUID.fromString(request.getWaitlistEntryId());
        var entry = waitlist.decline(id);
        return DeclineWaitlistOfferResponse.newBuilder()
                .setEntry(message(entry))
                .build();
    }

    private org.aula.api.enrollments.v1.WaitlistEntry message(WaitlistEntry entry) {
        return WaitlistMapper.toProto(entry, clock.instant());
    }
}
