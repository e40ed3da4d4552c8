package org.aula.bff.enrollments;

import graphql.schema.DataFetchingEnvironment;
import java.util.concurrent.CompletableFuture;
import org.aula.api.courses.v1.Course;
import org.aula.api.enrollments.v1.CourseSeats;
import org.aula.api.enrollments.v1.WaitlistEntry;
import org.aula.api.enrollments.v1.WaitlistServiceGrpc;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Wiring;
import org.aula.bff.users.Viewer;
import org.jspecify.annotations.Nullable;

/// Seats, and waiting for one.
public final class WaitlistFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("WaitlistEntry", WaitlistEntry.class)
                .load("course", Loader.COURSES, WaitlistEntry::getCourseId)
                .load("learner", Loader.USER_SUMMARIES, WaitlistEntry::getUserId);
        wiring.node("WaitlistEntry", WaitlistServiceGrpc.getGetWaitlistEntryMethod(), "waitlist_entry_id");
        wiring.type("CourseSeats", CourseSeats.class).id(CourseSeats::getCourseId);
        wiring.node("CourseSeats", Loader.COURSE_SEATS);
        wiring.type("Viewer", Viewer.class)
                .page("waitlistEntries", WaitlistServiceGrpc.getListMyWaitlistEntriesMethod());
        wiring.type("Course", Course.class)
                .load("seats", Loader.COURSE_SEATS, Course::getId)
                .fetch("myWaitlistEntry", (course, environment) -> mine(course.getId(), environment))
                .page("waitlist", WaitlistServiceGrpc.getListCourseWaitlistMethod(), "course_id", Course::getId);
    }

    private static CompletableFuture<@Nullable WaitlistEntry> mine(
            String courseId, DataFetchingEnvironment environment) {
        return Wiring.request(environment).isSignedIn()
                ? Loader.MY_WAITLIST_ENTRIES.load(environment, courseId)
                : CompletableFuture.completedFuture(null);
    }
}
