package org.aula.enrollments.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.enrollments.enrollment.CourseBuilder.aCourse;

import com.google.protobuf.Message;
import java.util.UUID;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.grades.v1.AssignmentGraded;
import org.aula.api.grades.v1.QuizGraded;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What grades tell of is completed, once, and only for those who passed.
final class GradeConsumerTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("enrollments");

    @Test
    void who_passes_a_quiz_and_an_assignment_has_completed_their_lessons() throws Exception {
        var course = aCourse(platform).lessons(2, 0).build();
        var calls = EnrollmentCalls.as(platform, platform.user());
        var enrollment = calls.enroll(course);

        publish(enrollment, quiz(enrollment, course.lesson(0), true));
        publish(enrollment, quiz(enrollment, course.lesson(0), true));
        Await.until("the quiz counts", () -> calls.get(enrollment.getId()).getProgressPercentage() == 50);
        publish(
                enrollment,
                AssignmentGraded.newBuilder()
                        .setSubmissionId(UUID.randomUUID().toString())
                        .setCourseId(course.name())
                        .setLessonId(course.lesson(1))
                        .setEnrollmentId(enrollment.getId())
                        .setPassed(true)
                        .build());

        Await.until("the assignment counts", () -> calls.get(enrollment.getId()).getProgressPercentage() == 100);
        assertThat(calls.get(enrollment.getId()).hasCompleteTime()).isTrue();
    }

    @Test
    void who_fails_or_gave_up_or_answers_a_quiz_of_no_lesson_has_not() throws Exception {
        var course = aCourse(platform).lessons(2, 0).build();
        var calls = EnrollmentCalls.as(platform, platform.user());
        var enrollment = calls.enroll(course);
        var givenUp = EnrollmentCalls.as(platform, platform.user());
        var dropped = givenUp.enroll(course);
        givenUp.drop(dropped);

        publish(enrollment, quiz(enrollment, course.lesson(0), false));
        publish(enrollment, quiz(enrollment, "", true));
        publish(enrollment, quiz(enrollment, UUID.randomUUID().toString(), true));
        publish(enrollment, quiz(dropped, course.lesson(0), true));
        publish(enrollment, quiz(enrollment, course.lesson(1), true));

        Await.until(
                "the last of them counts", () -> calls.get(enrollment.getId()).getProgressPercentage() == 50);
        assertThat(givenUp.get(dropped.getId()).getProgressPercentage()).isZero();
    }

    /// All under one key, so that they are taken in this order.
    private static void publish(Enrollment enrollment, Message event) {
        platform.publish("grades", enrollment.getId(), event);
    }

    private static QuizGraded quiz(Enrollment enrollment, String lessonId, boolean passed) {
        return QuizGraded.newBuilder()
                .setAttemptId(UUID.randomUUID().toString())
                .setLessonId(lessonId)
                .setEnrollmentId(enrollment.getId())
                .setPassed(passed)
                .build();
    }
}
