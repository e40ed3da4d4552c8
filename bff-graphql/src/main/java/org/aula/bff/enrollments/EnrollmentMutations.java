package org.aula.bff.enrollments;

import com.google.protobuf.Duration;
import java.util.Map;
import java.util.Objects;
import org.aula.api.enrollments.v1.CompleteLessonRequest;
import org.aula.api.enrollments.v1.CreateEnrollmentRequest;
import org.aula.api.enrollments.v1.DropEnrollmentRequest;
import org.aula.api.enrollments.v1.EnrollmentSource;
import org.aula.api.enrollments.v1.GrantEnrollmentRequest;
import org.aula.api.enrollments.v1.PauseEnrollmentRequest;
import org.aula.api.enrollments.v1.RecordProgressRequest;
import org.aula.api.enrollments.v1.ResumeEnrollmentRequest;
import org.aula.bff.engine.Input;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;

/// Enrolling, getting on, and the states of an enrollment.
final class EnrollmentMutations {

    private static final Duration NO_TIME = Duration.getDefaultInstance();

    private EnrollmentMutations() {}

    static void addTo(Wiring wiring) {
        addLearning(wiring);
        addStates(wiring);
    }

    private static void addLearning(Wiring wiring) {
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

    private static void addStates(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "grantEnrollment",
                GrantEnrollmentRequest.getDefaultInstance(),
                EnrollmentMutations::grant,
                (request, message) -> request.enrollments().grantEnrollment(message),
                answer -> Map.of("enrollment", EnrollmentView.withoutLessons(answer.getEnrollment()))));
        wiring.mutation(new Mutation<>(
                "pauseEnrollment",
                PauseEnrollmentRequest.getDefaultInstance(),
                input -> PauseEnrollmentRequest.newBuilder()
                        .setEnrollmentId(input.id("enrollmentId", "Enrollment"))
                        .build(),
                (request, message) -> request.enrollments().pauseEnrollment(message),
                answer -> Map.of("enrollment", EnrollmentView.withoutLessons(answer.getEnrollment()))));
        wiring.mutation(new Mutation<>(
                "resumeEnrollment",
                ResumeEnrollmentRequest.getDefaultInstance(),
                input -> ResumeEnrollmentRequest.newBuilder()
                        .setEnrollmentId(input.id("enrollmentId", "Enrollment"))
                        .build(),
                (request, message) -> request.enrollments().resumeEnrollment(message),
                answer -> Map.of("enrollment", EnrollmentView.withoutLessons(answer.getEnrollment()))));
        wiring.mutation(new Mutation<>(
                "dropEnrollment",
                DropEnrollmentRequest.getDefaultInstance(),
                input -> DropEnrollmentRequest.newBuilder()
                        .setEnrollmentId(input.id("enrollmentId", "Enrollment"))
                        .build(),
                (request, message) -> request.enrollments().dropEnrollment(message),
                answer -> Map.of("enrollment", EnrollmentView.withoutLessons(answer.getEnrollment()))));
    }

    private static GrantEnrollmentRequest grant(Input input) {
        var request = GrantEnrollmentRequest.newBuilder()
                .setRequestId(input.requestId())
                .setUserId(input.person("userId"))
                .setCourseId(input.id("courseId", "Course"))
                .setSource(input.choice("source", EnrollmentSource.class))
                .setWaivePrerequisites(input.flag("waivePrerequisites"));
        var expireTime = input.time("expireTime");
        if (expireTime != null) {
            request.setExpireTime(expireTime);
        }
        return request.build();
    }
}
