package org.aula.bff.enrollments;

import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.aula.api.courses.v1.Course;
import org.aula.api.enrollments.v1.BulkEnrollmentServiceGrpc;
import org.aula.api.enrollments.v1.CompleteLessonRequest;
import org.aula.api.enrollments.v1.CompleteLessonResponse;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.EnrollmentList;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.api.enrollments.v1.GetEnrollmentRequest;
import org.aula.api.enrollments.v1.GetEnrollmentResponse;
import org.aula.api.enrollments.v1.LessonProgress;
import org.aula.api.enrollments.v1.ProgressServiceGrpc;
import org.aula.api.enrollments.v1.RecordProgressRequest;
import org.aula.bff.backend.Loader;
import org.aula.bff.backend.MyEnrollment;
import org.aula.bff.engine.Wiring;
import org.aula.bff.lessons.LessonFields;
import org.jspecify.annotations.Nullable;

/// Enrollments, progress, and the viewer's part of courses and lessons.
public final class EnrollmentFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.show(Enrollment.class, EnrollmentView::withoutLessons);
        wiring.show(GetEnrollmentResponse.class, answer -> EnrollmentView.withLessons(answer.getEnrollment()));
        wiring.type("Enrollment", EnrollmentView.class)
                .of(Enrollment.class, EnrollmentView::enrollment)
                .load("course", Loader.COURSES, view -> view.enrollment().getCourseId())
                .load(
                        "learner",
                        Loader.USER_SUMMARIES,
                        view -> view.enrollment().getUserId())
                .fetch("lessonProgress", EnrollmentFields::lessonProgress);
        wiring.node("Enrollment", EnrollmentServiceGrpc.getGetEnrollmentMethod(), "enrollment_id");
        wiring.type("Course", Course.class)
                .page(
                        "enrollments",
                        EnrollmentServiceGrpc.getListCourseEnrollmentsMethod(),
                        "course_id",
                        Course::getId);
        wiring.type("LessonProgress", LessonProgress.class)
                .id(LessonProgress::getEnrollmentId, LessonProgress::getLessonId);
        wiring.node("EnrollmentList", BulkEnrollmentServiceGrpc.getGetEnrollmentListMethod(), "enrollment_list_id");
        wiring.type("EnrollmentList", EnrollmentList.class).load("course", Loader.COURSES, EnrollmentList::getCourseId);
        wiring.watch(
                "courseProgress",
                ProgressServiceGrpc.getWatchCourseProgressMethod(),
                event -> EnrollmentView.withLessons(event.getEnrollment()));
        wiring.mutation("enroll", EnrollmentServiceGrpc.getCreateEnrollmentMethod());
        wiring.mutation("completeLesson", EnrollmentServiceGrpc.getCompleteLessonMethod())
                .payload("enrollment", answer -> EnrollmentView.withLessons(answer.getEnrollment()))
                .payload("progress", EnrollmentFields::completed);
        wiring.ofPayload(
                "CompleteLessonPayload",
                "lesson",
                CompleteLessonRequest.class,
                (request, environment) -> LessonFields.lesson(request.getLessonId(), environment));
        wiring.ofPayload(
                "RecordProgressPayload",
                "lesson",
                RecordProgressRequest.class,
                (request, environment) -> LessonFields.lesson(request.getLessonId(), environment));
        wiring.ofPayload(
                "RecordProgressPayload",
                "enrollment",
                RecordProgressRequest.class,
                (request, environment) -> enrollment(request.getEnrollmentId(), environment));
    }

    /// An enrollment by its id, with its progress by lesson.
    static CompletableFuture<EnrollmentView> enrollment(String id, DataFetchingEnvironment environment) {
        return Wiring.request(environment)
                .call(
                        EnrollmentServiceGrpc.getGetEnrollmentMethod(),
                        GetEnrollmentRequest.newBuilder().setEnrollmentId(id).build())
                .thenApply(answer -> EnrollmentView.withLessons(answer.getEnrollment()));
    }

    private static @Nullable LessonProgress completed(CompleteLessonRequest request, CompleteLessonResponse answer) {
        return answer.getEnrollment().getLessonsList().stream()
                .filter(progress -> progress.getLessonId().equals(request.getLessonId()))
                .findFirst()
                .orElse(null);
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
}
