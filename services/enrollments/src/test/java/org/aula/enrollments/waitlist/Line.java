package org.aula.enrollments.waitlist;

import java.util.UUID;
import org.aula.api.enrollments.v1.AcceptWaitlistOfferRequest;
import org.aula.api.enrollments.v1.AcceptWaitlistOfferResponse;
import org.aula.api.enrollments.v1.DeclineWaitlistOfferRequest;
import org.aula.api.enrollments.v1.GetWaitlistEntryRequest;
import org.aula.api.enrollments.v1.JoinWaitlistRequest;
import org.aula.api.enrollments.v1.LeaveWaitlistRequest;
import org.aula.api.enrollments.v1.ListMyWaitlistEntriesRequest;
import org.aula.api.enrollments.v1.ListMyWaitlistEntriesResponse;
import org.aula.api.enrollments.v1.WaitlistEntry;
import org.aula.api.enrollments.v1.WaitlistServiceGrpc;
import org.aula.api.enrollments.v1.WaitlistServiceGrpc.WaitlistServiceBlockingStub;
import org.aula.enrollments.enrollment.CourseBuilder.Course;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;

/// The service in a test's words, as one caller.
record Line(TestUser user, WaitlistServiceBlockingStub stub) {

    static Line of(TestPlatform platform, String... permissions) {
        return as(platform, platform.user(permissions));
    }

    static Line as(TestPlatform platform, TestUser user) {
        return new Line(user, WaitlistServiceGrpc.newBlockingStub(platform.as(user, "enrollments")));
    }

    WaitlistEntry join(Course course) {
        return join(course, UUID.randomUUID().toString());
    }

    WaitlistEntry join(Course course, String requestId) {
        return stub.joinWaitlist(JoinWaitlistRequest.newBuilder()
                        .setRequestId(requestId)
                        .setCourseId(course.name())
                        .build())
                .getEntry();
    }

    WaitlistEntry get(WaitlistEntry entry) {
        return stub.getWaitlistEntry(GetWaitlistEntryRequest.newBuilder()
                        .setWaitlistEntryId(entry.getId())
                        .build())
                .getEntry();
    }

    ListMyWaitlistEntriesResponse list(ListMyWaitlistEntriesRequest request) {
        return stub.listMyWaitlistEntries(request);
    }

    WaitlistEntry leave(WaitlistEntry entry) {
        return stub.leaveWaitlist(LeaveWaitlistRequest.newBuilder()
                        .setWaitlistEntryId(entry.getId())
                        .build())
                .getEntry();
    }

    AcceptWaitlistOfferResponse accept(WaitlistEntry entry) {
        return stub.acceptWaitlistOffer(AcceptWaitlistOfferRequest.newBuilder()
                .setWaitlistEntryId(entry.getId())
                .build());
    }

    WaitlistEntry decline(WaitlistEntry entry) {
        return stub.declineWaitlistOffer(DeclineWaitlistOfferRequest.newBuilder()
                        .setWaitlistEntryId(entry.getId())
                        .build())
                .getEntry();
    }
}
