package org.aula.bff.enrollments;

import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.aula.api.enrollments.v1.CompleteLessonRequest;
import org.aula.api.enrollments.v1.CreateEnrollmentRequest;
import org.aula.api.enrollments.v1.GetEnrollmentRequest;
import org.aula.api.enrollments.v1.LessonProgress;
import org.aula.api.enrollments.v1.RecordProgressRequest;
import org.aula.bff.backend.Loader;
import org.aula.bff.backend.MyEnrollment;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.jspecify.annotations.Nullable;

/// Enrolments, progress, and the viewer's part of courses and lessons.
public final class EnrollmentFields implements Wiring.Part {

    private static final com.google.protobuf.Duration NO_TIME = com.google.protobuf.Duration.getDefaultInstance();

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("Enrollment", EnrollmentView.class)
                .value("id", view -> GlobalId.of("Enrollment", view.enrollment().getId()))
                .fetch(
                        "course",
                        (view, environment) -> Loader.COURSES.load(
                                environment, view.enrollment().getCourseId()))
                .value("status", view -> Values.name(view.enrollment().getStatus()))
                .value("source", view -> Values.name(view.enrollment().getSource()))
                .value("progressPercentage", view -> view.enrollment().getProgressPercentage())
                .value("createTime", view -> Values.time(view.enrollment().getCreateTime()))
                .value("startTime", view -> Values.time(view.enrollment().getStartTime()))
                .value("completeTime", view -> Values.time(view.enrollment().getCompleteTime()))
                .value("lastAccessTime", view -> Values.time(view.enrollment().getLastAccessTime()))
                .value("etag", view -> view.enrollment().getEtag())
                .fetch("lessonProgress", EnrollmentFields::lessonProgress);
        wiring.type("LessonProgress", LessonProgress.class)
                .value("lessonId", progress -> GlobalId.of("Lesson", progress.getLessonId()))
                .value("status", progress -> Values.name(progress.getStatus()))
                .value("timeSpent", progress -> Values.span(progress.getTimeSpent()))
                .value("position", progress -> Values.span(progress.getPosition()))
                .value("completeTime", progress -> Values.time(progress.getCompleteTime()))
                .value("lastAccessTime", progress -> Values.time(progress.getLastAccessTime()));
        wiring.node("Enrollment", EnrollmentFields::enrollment);
        addMutations(wiring);
    }

    /// The viewer's enrolment in a course; null for visitors.
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

    private static Object lessonProgress(EnrollmentView view, DataFetchingEnvironment environment) {
        return view.complete()
                ? view.enrollment().getLessonsList()
                : Loader.MY_ENROLLMENTS
                        .load(environment, view.enrollment().getCourseId())
                        .thenApply(found ->
                                found == null ? List.of() : found.enrollment().getLessonsList());
    }

    private static CompletableFuture<?> enrollment(String id, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return Wiring.orNull(request.answer(request.enrollments()
                        .getEnrollment(GetEnrollmentRequest.newBuilder()
                                .setEnrollmentId(id)
                                .build()))
                .thenApply(answer -> EnrollmentView.withLessons(answer.getEnrollment())));
    }

    private static void addMutations(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "enroll",
                CreateEnrollmentRequest.getDefaultInstance(),
                input -> CreateEnrollmentRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setCourseId(input.id("courseId", "Course"))
                        .build(),
                (request, message) -> request.enrollments().createEnrollment(message),
                answer -> Map.of("enrollment", EnrollmentView.withoutLessons(answer.getEnrollment()))));
        wiring.mutation(new Mutation<>(
                "recordProgress",
                RecordProgressRequest.getDefaultInstance(),
                input -> RecordProgressRequest.newBuilder()
                        .setEnrollmentId(input.id("enrollmentId", "Enrollment"))
                        .setLessonId(input.id("lessonId", "Lesson"))
                        .setPosition(Objects.requireNonNullElse(input.span("position"), NO_TIME))
                        .setTimeSpent(Objects.requireNonNullElse(input.span("timeSpent"), NO_TIME))
                        .build(),
                (request, message) -> request.enrollments().recordProgress(message),
                answer -> Map.of("progress", answer.getProgress())));
        wiring.mutation(new Mutation<>(
                "completeLesson",
                CompleteLessonRequest.getDefaultInstance(),
                input -> CompleteLessonRequest.newBuilder()
                        .setEnrollmentId(input.id("enrollmentId", "Enrollment"))
                        .setLessonId(input.id("lessonId", "Lesson"))
                        .build(),
                (request, message) -> request.enrollments().completeLesson(message),
                answer -> Map.of("enrollment", EnrollmentView.withLessons(answer.getEnrollment()))));
    }
}
