package org.aula.enrollments.enrollment;

import com.google.protobuf.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.aula.api.enrollments.v1.BatchGetMyEnrollmentsRequest;
import org.aula.api.enrollments.v1.BatchGetMyEnrollmentsResponse;
import org.aula.api.enrollments.v1.CompleteLessonRequest;
import org.aula.api.enrollments.v1.CreateEnrollmentRequest;
import org.aula.api.enrollments.v1.DropEnrollmentRequest;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc.EnrollmentServiceBlockingStub;
import org.aula.api.enrollments.v1.EnrollmentSource;
import org.aula.api.enrollments.v1.GetEnrollmentRequest;
import org.aula.api.enrollments.v1.GrantEnrollmentRequest;
import org.aula.api.enrollments.v1.LessonProgress;
import org.aula.api.enrollments.v1.ListMyEnrollmentsRequest;
import org.aula.api.enrollments.v1.ListMyEnrollmentsResponse;
import org.aula.api.enrollments.v1.PauseEnrollmentRequest;
import org.aula.api.enrollments.v1.RecordProgressRequest;
import org.aula.api.enrollments.v1.ResumeEnrollmentRequest;
import org.aula.enrollments.enrollment.CourseBuilder.Course;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;

/// The service in a test's words, as one caller.
public record EnrollmentCalls(EnrollmentServiceBlockingStub stub) {

    public static EnrollmentCalls as(TestPlatform platform, TestUser user) {
        return new EnrollmentCalls(EnrollmentServiceGrpc.newBlockingStub(platform.as(user, "enrollments")));
    }

    public static EnrollmentCalls asService(TestPlatform platform, String service) {
        return new EnrollmentCalls(EnrollmentServiceGrpc.newBlockingStub(platform.asService(service, "enrollments")));
    }

    public static EnrollmentCalls asVisitor(TestPlatform platform) {
        return new EnrollmentCalls(EnrollmentServiceGrpc.newBlockingStub(platform.anonymous("enrollments")));
    }

    public Enrollment enroll(Course course) {
        return enroll(course, UUID.randomUUID().toString());
    }

    public Enrollment enroll(Course course, String requestId) {
        return stub.createEnrollment(CreateEnrollmentRequest.newBuilder()
                        .setRequestId(requestId)
                        .setCourseId(course.name())
                        .build())
                .getEnrollment();
    }

    public Enrollment grant(TestUser learner, Course course, EnrollmentSource source) {
        return stub.grantEnrollment(grantOf(learner, course, source).build()).getEnrollment();
    }

    public static GrantEnrollmentRequest.Builder grantOf(TestUser learner, Course course, EnrollmentSource source) {
        return GrantEnrollmentRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setUserId(learner.id().toString())
                .setCourseId(course.name())
                .setSource(source);
    }

    public Enrollment pause(Enrollment enrollment) {
        return stub.pauseEnrollment(PauseEnrollmentRequest.newBuilder()
                        .setEnrollmentId(enrollment.getId())
                        .build())
                .getEnrollment();
    }

    public Enrollment resume(Enrollment enrollment) {
        return stub.resumeEnrollment(ResumeEnrollmentRequest.newBuilder()
                        .setEnrollmentId(enrollment.getId())
                        .build())
                .getEnrollment();
    }

    public Enrollment drop(Enrollment enrollment) {
        return stub.dropEnrollment(DropEnrollmentRequest.newBuilder()
                        .setEnrollmentId(enrollment.getId())
                        .build())
                .getEnrollment();
    }

    public Enrollment get(String id) {
        return stub.getEnrollment(
                        GetEnrollmentRequest.newBuilder().setEnrollmentId(id).build())
                .getEnrollment();
    }

    public BatchGetMyEnrollmentsResponse batchGet(boolean withLessons, String... courseIds) {
        return stub.batchGetMyEnrollments(BatchGetMyEnrollmentsRequest.newBuilder()
                .addAllCourseIds(Arrays.asList(courseIds))
                .setWithLessons(withLessons)
                .build());
    }

    ListMyEnrollmentsResponse list(ListMyEnrollmentsRequest request) {
        return stub.listMyEnrollments(request);
    }

    LessonProgress beat(Enrollment enrollment, String lessonId, long position, long spent) {
        return stub.recordProgress(RecordProgressRequest.newBuilder()
                        .setEnrollmentId(enrollment.getId())
                        .setLessonId(lessonId)
                        .setPosition(Duration.newBuilder().setSeconds(position))
                        .setTimeSpent(Duration.newBuilder().setSeconds(spent))
                        .build())
                .getProgress();
    }

    public Enrollment complete(Enrollment enrollment, String lessonId) {
        return stub.completeLesson(CompleteLessonRequest.newBuilder()
                        .setEnrollmentId(enrollment.getId())
                        .setLessonId(lessonId)
                        .build())
                .getEnrollment();
    }
}
