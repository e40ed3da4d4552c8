package org.aula.bff.enrollments;

import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.aula.api.courses.v1.Course;
import org.aula.api.enrollments.v1.EnrollmentSource;
import org.aula.api.enrollments.v1.EnrollmentStatus;
import org.aula.api.enrollments.v1.GetEnrollmentRequest;
import org.aula.api.enrollments.v1.LessonProgress;
import org.aula.api.enrollments.v1.ListCourseEnrollmentsRequest;
import org.aula.bff.backend.Loader;
import org.aula.bff.backend.MyEnrollment;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.PageAsked;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.jspecify.annotations.Nullable;

/// Enrollments, progress, and the viewer's part of courses and lessons.
public final class EnrollmentFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("Enrollment", EnrollmentView.class)
                .value("id", view -> GlobalId.of("Enrollment", view.enrollment().getId()))
                .fetch(
                        "course",
                        (view, environment) -> Loader.COURSES.load(
                                environment, view.enrollment().getCourseId()))
                .fetch(
                        "learner",
                        (view, environment) -> Loader.USER_SUMMARIES.load(
                                environment, view.enrollment().getUserId()))
                .value("status", view -> Values.name(view.enrollment().getStatus()))
                .value("source", view -> Values.name(view.enrollment().getSource()))
                .value("progressPercentage", view -> view.enrollment().getProgressPercentage())
                .value("createTime", view -> Values.time(view.enrollment().getCreateTime()))
                .value("startTime", view -> Values.time(view.enrollment().getStartTime()))
                .value("completeTime", view -> Values.time(view.enrollment().getCompleteTime()))
                .value("lastAccessTime", view -> Values.time(view.enrollment().getLastAccessTime()))
                .value("expireTime", view -> Values.time(view.enrollment().getExpireTime()))
                .value("etag", view -> view.enrollment().getEtag())
                .fetch("lessonProgress", EnrollmentFields::lessonProgress);
        wiring.type("LessonProgress", LessonProgress.class)
                .value("lessonId", progress -> GlobalId.of("Lesson", progress.getLessonId()))
                .value("status", progress -> Values.name(progress.getStatus()))
                .value("timeSpent", progress -> Values.span(progress.getTimeSpent()))
                .value("position", progress -> Values.span(progress.getPosition()))
                .value("completeTime", progress -> Values.time(progress.getCompleteTime()))
                .value("lastAccessTime", progress -> Values.time(progress.getLastAccessTime()))
                .value("score", progress -> progress.hasScore() ? progress.getScore() : null);
        wiring.node("Enrollment", EnrollmentFields::enrollment);
        wiring.type("Course", Course.class)
                .fetch("enrollments", (course, environment) -> ofCourse(course.getId(), environment));
        EnrollmentMutations.addTo(wiring);
    }

    /// The viewer's enrollment in a course; null for visitors.
    public static CompletableFuture<@Nullable EnrollmentView> mine(
            String courseId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return find(courseId, environment)
                .thenApply(found ->
                        found == null ? null : new EnrollmentView(found.enrollment(), request.lessonProgressWanted()));
    }

    /// The viewer's progress in a lesson; null for visitors and while it was not opened.
    public static CompletableFuture<@Nullable LessonProgress> mine(
            String courseId, String lessonId, DataFetchingEnvironment environment) {
        return find(courseId, environment).thenApply(found -> found == null ? null : found.in(lessonId));
    }

    private static CompletableFuture<@Nullable MyEnrollment> find(
            String courseId, DataFetchingEnvironment environment) {
        return Wiring.request(environment).isSignedIn()
                ? Loader.MY_ENROLLMENTS.load(environment, courseId)
                : CompletableFuture.completedFuture(null);
    }

    private static @Nullable Object lessonProgress(EnrollmentView view, DataFetchingEnvironment environment) {
        if (view.complete()) {
            return view.enrollment().getLessonsList();
        }
        return isViewers(view, environment)
                ? Loader.MY_ENROLLMENTS
                        .load(environment, view.enrollment().getCourseId())
                        .thenApply(found ->
                                found == null ? List.of() : found.enrollment().getLessonsList())
                : null;
    }

    /// Whether an enrollment is of who is signed in, as their token claims.
    static boolean isViewers(EnrollmentView view, DataFetchingEnvironment environment) {
        return view.enrollment().getUserId().equals(Wiring.request(environment).claimedUserId());
    }

    private static CompletableFuture<Map<String, Object>> ofCourse(
            String courseId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var page = PageAsked.of(environment);
        var list = ListCourseEnrollmentsRequest.newBuilder()
                .setCourseId(courseId)
                .addAllStatuses(Wiring.choices(environment, "statuses", EnrollmentStatus.class))
                .addAllSources(Wiring.choices(environment, "sources", EnrollmentSource.class))
                .setPageSize(page.first())
                .setPageToken(page.token())
                .setWithItemTokens(true)
                .build();
        return request.answer(request.enrollments().listCourseEnrollments(list))
                .thenApply(found -> page.connection(
                        found.getEnrollmentsList(),
                        EnrollmentView::withoutLessons,
                        found.getItemTokensList(),
                        found.getNextPageToken()));
    }

    private static CompletableFuture<?> enrollment(String id, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return Wiring.orNull(request.answer(request.enrollments()
                        .getEnrollment(GetEnrollmentRequest.newBuilder()
                                .setEnrollmentId(id)
                                .build()))
                .thenApply(answer -> EnrollmentView.withLessons(answer.getEnrollment())));
    }
}
