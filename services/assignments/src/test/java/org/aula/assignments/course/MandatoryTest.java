package org.aula.assignments.course;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import io.grpc.Status.Code;
import org.aula.api.assignments.v1.FileAssignmentSettings;
import org.aula.api.assignments.v1.PublishFileAssignmentRequest;
import org.aula.api.assignments.v1.Quiz;
import org.aula.api.assignments.v1.QuizSettings;
import org.aula.api.assignments.v1.UpdateFileAssignmentRequest;
import org.aula.api.assignments.v1.UpdateQuizRequest;
import org.aula.api.assignments.v1.WithdrawQuizRequest;
import org.aula.api.enrollments.v1.BatchGetMyEnrollmentsRequest;
import org.aula.api.enrollments.v1.CompleteLessonRequest;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc.EnrollmentServiceBlockingStub;
import org.aula.api.enrollments.v1.EnrollmentStatus;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.api.grades.v1.AssignmentGraded;
import org.aula.api.grades.v1.QuizGraded;
import org.aula.assignments.Classroom;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What has to be passed completes its lesson, and nothing else does.
class MandatoryTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses", "enrollments", "assignments");

    private final Classroom room = new Classroom(platform);

    @Test
    void completesItsLessonByBeingPassedAlone() throws Exception {
        publishQuiz(true);
        publishWork();
        room.published();
        var learner = room.enrolled();
        var enrollment = enrollment(learner);
        refusesByHand(learner, enrollment, room.quizLessonId());
        refusesByHand(learner, enrollment, room.assignmentLessonId());

        pass(
                enrollment,
                QuizGraded.newBuilder()
                        .setAttemptId(Classroom.newId())
                        .setEnrollmentId(enrollment.getId())
                        .setLessonId(room.quizLessonId())
                        .setPassed(true)
                        .build());
        Await.until("the quiz counts", () -> enrollment(learner).getProgressPercentage() == 50);
        assertThat(complete(learner, enrollment, room.quizLessonId()).getProgressPercentage())
                .as("what is completed stays so")
                .isEqualTo(50);
        pass(
                enrollment,
                AssignmentGraded.newBuilder()
                        .setSubmissionId(Classroom.newId())
                        .setEnrollmentId(enrollment.getId())
                        .setLessonId(room.assignmentLessonId())
                        .setPassed(true)
                        .build());
        Await.until("the work counts", () -> enrollment(learner).getProgressPercentage() == 100);
        assertThat(enrollment(learner).getStatus()).isEqualTo(EnrollmentStatus.ENROLLMENT_STATUS_COMPLETED);
    }

    @Test
    void leavesTheLessonToTheLearnerWhereItIsNotMandatoryOrNotYetOrNoMore() throws Exception {
        var optional = publishQuiz(false);
        room.published();
        var learner = room.enrolled();
        var enrollment = enrollment(learner);
        settle(optional, true);
        assertThat(complete(learner, enrollment, room.quizLessonId()).getProgressPercentage())
                .as("the published version is not mandatory")
                .isEqualTo(50);

        room.publish(optional);
        var second = room.enrolled();
        refusesByHand(second, enrollment(second), room.quizLessonId());
        room.quizzes()
                .withdrawQuiz(WithdrawQuizRequest.newBuilder()
                        .setQuizId(optional.getId())
                        .build());
        assertThat(complete(second, enrollment(second), room.quizLessonId()).getProgressPercentage())
                .as("what was withdrawn cannot be passed")
                .isEqualTo(50);
    }

    private static void refusesByHand(TestUser learner, Enrollment enrollment, String lessonId) throws Exception {
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_LESSON_NOT_PASSED,
                () -> complete(learner, enrollment, lessonId));
    }

    private Quiz publishQuiz(boolean mandatory) {
        var quiz = room.quiz("Quiz");
        room.question(quiz, "True?", Classroom.trueFalse(true));
        settle(quiz, mandatory);
        return room.publish(quiz);
    }

    private void settle(Quiz quiz, boolean mandatory) {
        room.quizzes()
                .updateQuiz(UpdateQuizRequest.newBuilder()
                        .setQuizId(quiz.getId())
                        .setLessonId(room.quizLessonId())
                        .setSettings(QuizSettings.newBuilder().setMandatory(mandatory))
                        .setUpdateMask(mask())
                        .build());
    }

    private void publishWork() {
        var work = room.file("Work");
        room.files()
                .updateFileAssignment(UpdateFileAssignmentRequest.newBuilder()
                        .setFileAssignmentId(work.getId())
                        .setLessonId(room.assignmentLessonId())
                        .setSettings(FileAssignmentSettings.newBuilder().setMandatory(true))
                        .setUpdateMask(mask())
                        .build());
        room.files()
                .publishFileAssignment(PublishFileAssignmentRequest.newBuilder()
                        .setFileAssignmentId(work.getId())
                        .build());
    }

    private static FieldMask mask() {
        return FieldMask.newBuilder()
                .addPaths("lesson_id")
                .addPaths("settings.mandatory")
                .build();
    }

    private static void pass(Enrollment enrollment, com.google.protobuf.Message event) {
        platform.publish("grades", enrollment.getId(), event);
    }

    private Enrollment enrollment(TestUser learner) {
        return enrollments(learner)
                .batchGetMyEnrollments(BatchGetMyEnrollmentsRequest.newBuilder()
                        .addCourseIds(room.courseId())
                        .build())
                .getEnrollments(0);
    }

    private static Enrollment complete(TestUser learner, Enrollment enrollment, String lessonId) {
        return enrollments(learner)
                .completeLesson(CompleteLessonRequest.newBuilder()
                        .setEnrollmentId(enrollment.getId())
                        .setLessonId(lessonId)
                        .build())
                .getEnrollment();
    }

    private static EnrollmentServiceBlockingStub enrollments(TestUser learner) {
        return EnrollmentServiceGrpc.newBlockingStub(platform.as(learner, "enrollments"));
    }
}
