package org.aula.enrollments.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.enrollments.enrollment.CourseBuilder.aCourse;

import com.google.protobuf.Message;
import io.grpc.Status.Code;
import java.util.UUID;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.EnrollmentStatus;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.api.enrollments.v1.LessonProgress;
import org.aula.api.enrollments.v1.LessonProgressStatus;
import org.aula.api.enrollments.v1.ProgressServiceGrpc;
import org.aula.api.enrollments.v1.WatchCourseProgressRequest;
import org.aula.api.enrollments.v1.WatchCourseProgressResponse;
import org.aula.api.grades.v1.AssignmentGraded;
import org.aula.api.grades.v1.QuizGraded;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Listening;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
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
    void a_quiz_that_was_passed_ticks_its_lesson_where_the_learner_watches() throws Exception {
        var course = aCourse(platform).lessons(2, 0).build();
        var learner = platform.user();
        var enrollment = EnrollmentCalls.as(platform, learner).enroll(course);
        var stream = watch(learner, course.id().toString());
        Await.until("what is there", () -> stream.heard().size() == 1);
        assertThat(stream.heard().getFirst().getEnrollment().getLessonsList()).isEmpty();

        publish(enrollment, quiz(enrollment, course.lesson(0), true));

        Await.untilHolds(() -> {
            var now = stream.heard().getLast().getEnrollment();
            assertThat(now.getProgressPercentage()).isEqualTo(50);
            assertThat(now.getLessonsList())
                    .filteredOn(lesson -> lesson.getStatus() == LessonProgressStatus.LESSON_PROGRESS_STATUS_COMPLETED)
                    .extracting(LessonProgress::getLessonId)
                    .containsExactly(course.lesson(0));
        });
        stream.cancel();
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_ENROLLMENT_NOT_FOUND,
                () -> watch(platform.user(), course.id().toString()).end());
    }

    private static Listening<WatchCourseProgressResponse> watch(TestUser learner, String courseId) {
        return Listening.to(
                platform.as(learner, "enrollments"),
                ProgressServiceGrpc.getWatchCourseProgressMethod(),
                WatchCourseProgressRequest.newBuilder().setCourseId(courseId).build());
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

    @Test
    void the_best_of_all_results_is_kept_with_the_lesson_also_when_none_passed() throws Exception {
        var course = aCourse(platform).lessons(2, 0).build();
        var calls = EnrollmentCalls.as(platform, platform.user());
        var enrollment = calls.enroll(course);

        publish(enrollment, quiz(enrollment, course.lesson(0), false, 1, 3));
        publish(enrollment, quiz(enrollment, course.lesson(0), false, 0, 3));
        publish(enrollment, quiz(enrollment, course.lesson(1), false, 0, 0));
        Await.until("the last is kept", () -> calls.get(enrollment.getId()).getLessonsCount() == 2);

        var failed = calls.get(enrollment.getId());
        assertThat(failed.getStatus()).isEqualTo(EnrollmentStatus.ENROLLMENT_STATUS_IN_PROGRESS);
        assertThat(failed.getProgressPercentage()).isZero();
        assertThat(lesson(failed, course.lesson(0)).getScore()).isEqualTo(33.33);
        assertThat(lesson(failed, course.lesson(0)).getStatus())
                .isEqualTo(LessonProgressStatus.LESSON_PROGRESS_STATUS_IN_PROGRESS);
        assertThat(lesson(failed, course.lesson(1)).hasScore()).isTrue();
        assertThat(lesson(failed, course.lesson(1)).getScore()).isZero();

        publish(enrollment, quiz(enrollment, course.lesson(0), true, 2.5, 3));
        publish(enrollment, quiz(enrollment, course.lesson(0), false, 1, 3));
        publish(enrollment, quiz(enrollment, course.lesson(1), true, 4, 3));
        Await.until("both are passed", () -> calls.get(enrollment.getId()).getProgressPercentage() == 100);

        var passed = calls.get(enrollment.getId());
        assertThat(lesson(passed, course.lesson(0)).getScore()).isEqualTo(83.33);
        assertThat(lesson(passed, course.lesson(1)).getScore())
                .as("no more than everything")
                .isEqualTo(100);
    }

    @Test
    void working_on_in_a_lesson_leaves_its_result_and_without_one_there_is_none() throws Exception {
        var course = aCourse(platform).lessons(2, 0).build();
        var calls = EnrollmentCalls.as(platform, platform.user());
        var enrollment = calls.enroll(course);
        publish(enrollment, quiz(enrollment, course.lesson(0), false));
        Await.until("it is kept", () -> calls.get(enrollment.getId()).getLessonsCount() == 1);

        var after = calls.beat(enrollment, course.lesson(0), 30, 15);
        calls.complete(enrollment, course.lesson(0));

        assertThat(after.getScore()).isEqualTo(20);
        assertThat(lesson(calls.get(enrollment.getId()), course.lesson(0)).getScore())
                .isEqualTo(20);
        assertThat(calls.beat(enrollment, course.lesson(1), 30, 15).hasScore()).isFalse();
    }

    private static LessonProgress lesson(Enrollment enrollment, String lessonId) {
        return enrollment.getLessonsList().stream()
                .filter(progress -> progress.getLessonId().equals(lessonId))
                .findFirst()
                .orElseThrow();
    }

    /// All under one key, so that they are taken in this order.
    private static void publish(Enrollment enrollment, Message event) {
        platform.publish("grades", enrollment.getId(), event);
    }

    private static QuizGraded quiz(Enrollment enrollment, String lessonId, boolean passed) {
        return quiz(enrollment, lessonId, passed, passed ? 8 : 2, 10);
    }

    private static QuizGraded quiz(Enrollment enrollment, String lessonId, boolean passed, double score, double most) {
        return QuizGraded.newBuilder()
                .setAttemptId(UUID.randomUUID().toString())
                .setLessonId(lessonId)
                .setEnrollmentId(enrollment.getId())
                .setPassed(passed)
                .setScore(score)
                .setMaxScore(most)
                .build();
    }
}
