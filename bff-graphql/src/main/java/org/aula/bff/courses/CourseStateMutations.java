package org.aula.bff.courses;

import java.util.Map;
import org.aula.api.courses.v1.ArchiveCourseRequest;
import org.aula.api.courses.v1.DeleteCourseRequest;
import org.aula.api.courses.v1.FeatureCourseRequest;
import org.aula.api.courses.v1.PublishCourseRequest;
import org.aula.api.courses.v1.ReturnCourseRequest;
import org.aula.api.courses.v1.ReviseCourseRequest;
import org.aula.api.courses.v1.SubmitCourseRequest;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;

/// The way of courses into the catalog and out of it.
final class CourseStateMutations {

    private CourseStateMutations() {}

    static void addTo(Wiring wiring) {
        addReview(wiring);
        addEnds(wiring);
    }

    private static void addReview(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "submitCourse",
                SubmitCourseRequest.getDefaultInstance(),
                input -> SubmitCourseRequest.newBuilder()
                        .setCourseId(input.id("courseId", "Course"))
                        .setEtag(input.text("etag"))
                        .build(),
                (request, message) -> request.courses().submitCourse(message),
                answer -> Map.of("course", answer.getCourse())));
        wiring.mutation(new Mutation<>(
                "publishCourse",
                PublishCourseRequest.getDefaultInstance(),
                input -> PublishCourseRequest.newBuilder()
                        .setCourseId(input.id("courseId", "Course"))
                        .setEtag(input.text("etag"))
                        .build(),
                (request, message) -> request.courses().publishCourse(message),
                answer -> Map.of("course", answer.getCourse())));
        wiring.mutation(new Mutation<>(
                "returnCourse",
                ReturnCourseRequest.getDefaultInstance(),
                input -> ReturnCourseRequest.newBuilder()
                        .setCourseId(input.id("courseId", "Course"))
                        .setEtag(input.text("etag"))
                        .setReason(input.text("reason"))
                        .build(),
                (request, message) -> request.courses().returnCourse(message),
                answer -> Map.of("course", answer.getCourse())));
    }

    private static void addEnds(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "archiveCourse",
                ArchiveCourseRequest.getDefaultInstance(),
                input -> ArchiveCourseRequest.newBuilder()
                        .setCourseId(input.id("courseId", "Course"))
                        .setEtag(input.text("etag"))
                        .build(),
                (request, message) -> request.courses().archiveCourse(message),
                answer -> Map.of("course", answer.getCourse())));
        wiring.mutation(new Mutation<>(
                "reviseCourse",
                ReviseCourseRequest.getDefaultInstance(),
                input -> ReviseCourseRequest.newBuilder()
                        .setCourseId(input.id("courseId", "Course"))
                        .setEtag(input.text("etag"))
                        .build(),
                (request, message) -> request.courses().reviseCourse(message),
                answer -> Map.of("course", answer.getCourse())));
        wiring.mutation(new Mutation<>(
                "deleteCourse",
                DeleteCourseRequest.getDefaultInstance(),
                input -> DeleteCourseRequest.newBuilder()
                        .setCourseId(input.id("courseId", "Course"))
                        .setEtag(input.text("etag"))
                        .build(),
                (request, message) -> request.courses().deleteCourse(message),
                answer -> Map.of()));
        wiring.mutation(new Mutation<>(
                "featureCourse",
                FeatureCourseRequest.getDefaultInstance(),
                input -> FeatureCourseRequest.newBuilder()
                        .setCourseId(input.id("courseId", "Course"))
                        .setFeatured(input.flag("featured"))
                        .build(),
                (request, message) -> request.courses().featureCourse(message),
                answer -> Map.of("course", answer.getCourse())));
    }
}
