package org.aula.bff.enrollments;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.aula.api.courses.v1.Course;
import org.aula.api.enrollments.v1.AcceptWaitlistOfferRequest;
import org.aula.api.enrollments.v1.CourseSeats;
import org.aula.api.enrollments.v1.DeclineWaitlistOfferRequest;
import org.aula.api.enrollments.v1.GetWaitlistEntryRequest;
import org.aula.api.enrollments.v1.GetWaitlistEntryResponse;
import org.aula.api.enrollments.v1.JoinWaitlistRequest;
import org.aula.api.enrollments.v1.LeaveWaitlistRequest;
import org.aula.api.enrollments.v1.ListCourseWaitlistRequest;
import org.aula.api.enrollments.v1.ListMyWaitlistEntriesRequest;
import org.aula.api.enrollments.v1.WaitlistEntry;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.PageAsked;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.aula.bff.users.Viewer;
import org.jspecify.annotations.Nullable;

/// Seats, and waiting for one.
public final class WaitlistFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("WaitlistEntry", WaitlistEntry.class)
                .value("id", entry -> GlobalId.of("WaitlistEntry", entry.getId()))
                .fetch("course", (entry, environment) -> Loader.COURSES.load(environment, entry.getCourseId()))
                .fetch("learner", (entry, environment) -> Loader.USER_SUMMARIES.load(environment, entry.getUserId()))
                .value("state", entry -> Values.name(entry.getState()))
                .value("position", entry -> entry.getPosition() == 0 ? null : entry.getPosition())
                .value("createTime", entry -> Values.time(entry.getCreateTime()))
                .value("offerTime", entry -> Values.time(entry.getOfferTime()))
                .value("offerExpireTime", entry -> Values.time(entry.getOfferExpireTime()));
        wiring.type("Viewer", Viewer.class).fetch("waitlistEntries", (viewer, environment) -> ofViewer(environment));
        wiring.type("CourseSeats", CourseSeats.class)
                .value("limit", seats -> seats.hasLimit() ? seats.getLimit() : null)
                .value("taken", CourseSeats::getTaken)
                .value("free", seats -> seats.hasFree() ? seats.getFree() : null)
                .value("waiting", CourseSeats::getWaiting);
        wiring.type("Course", Course.class)
                .fetch("seats", (course, environment) -> Loader.COURSE_SEATS.load(environment, course.getId()))
                .fetch("myWaitlistEntry", (course, environment) -> mine(course.getId(), environment))
                .fetch("waitlist", (course, environment) -> ofCourse(course.getId(), environment));
        wiring.node("WaitlistEntry", WaitlistFields::entry);
        addMutations(wiring);
    }

    private static CompletableFuture<@Nullable WaitlistEntry> mine(
            String courseId, DataFetchingEnvironment environment) {
        return Wiring.request(environment).isSignedIn()
                ? Loader.MY_WAITLIST_ENTRIES.load(environment, courseId)
                : CompletableFuture.completedFuture(null);
    }

    private static CompletableFuture<?> entry(String id, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return Wiring.orNull(request.answer(request.waitlists()
                        .getWaitlistEntry(GetWaitlistEntryRequest.newBuilder()
                                .setWaitlistEntryId(id)
                                .build()))
                .thenApply(GetWaitlistEntryResponse::getEntry));
    }

    private static CompletableFuture<Map<String, Object>> ofViewer(DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var page = PageAsked.of(environment);
        var list = ListMyWaitlistEntriesRequest.newBuilder()
                .setPageSize(page.first())
                .setPageToken(page.token())
                .setWithItemTokens(true)
                .build();
        return request.answer(request.waitlists().listMyWaitlistEntries(list))
                .thenApply(found ->
                        page.connection(found.getEntriesList(), found.getItemTokensList(), found.getNextPageToken()));
    }

    private static CompletableFuture<Map<String, Object>> ofCourse(
            String courseId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var page = PageAsked.of(environment);
        var list = ListCourseWaitlistRequest.newBuilder()
                .setCourseId(courseId)
                .setPageSize(page.first())
                .setPageToken(page.token())
                .setWithItemTokens(true)
                .build();
        return request.answer(request.waitlists().listCourseWaitlist(list))
                .thenApply(found ->
                        page.connection(found.getEntriesList(), found.getItemTokensList(), found.getNextPageToken()));
    }

    private static void addMutations(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "joinWaitlist",
                JoinWaitlistRequest.getDefaultInstance(),
                input -> JoinWaitlistRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setCourseId(input.id("courseId", "Course"))
                        .build(),
                (request, message) -> request.waitlists().joinWaitlist(message),
                answer -> Map.of("entry", answer.getEntry())));
        wiring.mutation(new Mutation<>(
                "leaveWaitlist",
                LeaveWaitlistRequest.getDefaultInstance(),
                input -> LeaveWaitlistRequest.newBuilder()
                        .setWaitlistEntryId(input.id("waitlistEntryId", "WaitlistEntry"))
                        .build(),
                (request, message) -> request.waitlists().leaveWaitlist(message),
                answer -> Map.of("entry", answer.getEntry())));
        wiring.mutation(new Mutation<>(
                "acceptWaitlistOffer",
                AcceptWaitlistOfferRequest.getDefaultInstance(),
                input -> AcceptWaitlistOfferRequest.newBuilder()
                        .setWaitlistEntryId(input.id("waitlistEntryId", "WaitlistEntry"))
                        .build(),
                (request, message) -> request.waitlists().acceptWaitlistOffer(message),
                answer -> Map.of(
                        "entry",
                        answer.getEntry(),
                        "enrollment",
                        EnrollmentView.withoutLessons(answer.getEnrollment()))));
        wiring.mutation(new Mutation<>(
                "declineWaitlistOffer",
                DeclineWaitlistOfferRequest.getDefaultInstance(),
                input -> DeclineWaitlistOfferRequest.newBuilder()
                        .setWaitlistEntryId(input.id("waitlistEntryId", "WaitlistEntry"))
                        .build(),
                (request, message) -> request.waitlists().declineWaitlistOffer(message),
                answer -> Map.of("entry", answer.getEntry())));
    }
}
