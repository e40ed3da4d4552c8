package org.aula.bff;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.aula.api.assignments.v1.GetQuizRequest;
import org.aula.api.assignments.v1.GetQuizResponse;
import org.aula.api.assignments.v1.Question;
import org.aula.api.assignments.v1.QuestionForm;
import org.aula.api.assignments.v1.QuestionOption;
import org.aula.api.assignments.v1.Quiz;
import org.aula.api.assignments.v1.SingleChoiceForm;
import org.aula.api.courses.v1.BatchGetCoursesRequest;
import org.aula.api.courses.v1.BatchGetCoursesResponse;
import org.aula.api.courses.v1.Course;
import org.aula.api.enrollments.v1.BatchGetMyEnrollmentsRequest;
import org.aula.api.enrollments.v1.BatchGetMyEnrollmentsResponse;
import org.aula.api.enrollments.v1.CompleteLessonRequest;
import org.aula.api.enrollments.v1.CompleteLessonResponse;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.LessonProgress;
import org.aula.api.enrollments.v1.LessonProgressStatus;
import org.aula.api.users.v1.GetUserRequest;
import org.aula.api.users.v1.GetUserResponse;
import org.aula.api.users.v1.UpdateUserRequest;
import org.aula.api.users.v1.UpdateUserResponse;
import org.aula.api.users.v1.User;
import org.aula.bff.testing.TestGateway;

/// What `cache-normalised.test.js` finds behind the gateway: a quiz whose questions call their options alike,
/// lessons that call their pages alike, a course of the viewer's, and a lesson that they can complete.
final class NormalisedScreens {

    private NormalisedScreens() {}

    /// What the test has to know.
    static Map<String, String> environment() {
        return Map.of("GRAPHQL_TOKEN", TestGateway.token(), "GRAPHQL_IDS", """
                {"quiz": "%s", "lesson": "%s", "otherLesson": "%s", "course": "%s", "enrollment": "%s"}
                """.formatted(
                        TestGateway.uuid("quiz"),
                        TestGateway.uuid("lesson"),
                        TestGateway.uuid("other lesson"),
                        TestGateway.uuid("course"),
                        TestGateway.uuid("mine")));
    }

    static void fill(TestGateway gateway) {
        gateway.answer(
                GetQuizRequest.class,
                request -> GetQuizResponse.newBuilder()
                        .setQuiz(Quiz.newBuilder().setId(request.getQuizId()))
                        .addQuestions(question("first", "Paris", "Rome"))
                        .addQuestions(question("second", "Three", "Four"))
                        .build());
        gateway.answer(
                BatchGetCoursesRequest.class,
                request -> BatchGetCoursesResponse.newBuilder()
                        .addCourses(Course.newBuilder()
                                .setId(request.getCourseIds(0))
                                .setInstructorId(TestGateway.uuid("me")))
                        .build());
        gateway.answer(
                GetUserRequest.class,
                request -> GetUserResponse.newBuilder()
                        .setUser(user(request.getUserId(), "Ada", "Lovelace"))
                        .build());
        gateway.answer(
                UpdateUserRequest.class,
                request -> UpdateUserResponse.newBuilder()
                        .setUser(user(request.getUserId(), request.getFirstName(), request.getLastName()))
                        .build());
        fillLearning(gateway, ConcurrentHashMap.newKeySet());
    }

    /// Each of the two clients finds the lesson not opened at first.
    private static void fillLearning(TestGateway gateway, Set<String> completed) {
        gateway.answer(CompleteLessonRequest.class, request -> {
            completed.add(request.getLessonId());
            return CompleteLessonResponse.newBuilder()
                    .setEnrollment(enrollment(TestGateway.uuid("course"), completed))
                    .build();
        });
        gateway.answer(BatchGetMyEnrollmentsRequest.class, request -> {
            var answer = BatchGetMyEnrollmentsResponse.newBuilder()
                    .addEnrollments(enrollment(request.getCourseIds(0), completed))
                    .build();
            completed.clear();
            return answer;
        });
    }

    private static Enrollment enrollment(String courseId, Set<String> completed) {
        var enrollment = Enrollment.newBuilder().setId(TestGateway.uuid("mine")).setCourseId(courseId);
        completed.forEach(lesson -> enrollment.addLessons(LessonProgress.newBuilder()
                .setEnrollmentId(enrollment.getId())
                .setLessonId(lesson)
                .setStatus(LessonProgressStatus.LESSON_PROGRESS_STATUS_COMPLETED)));
        return enrollment.build();
    }

    private static User user(String id, String firstName, String lastName) {
        return User.newBuilder()
                .setId(id)
                .setFirstName(firstName)
                .setLastName(lastName)
                .build();
    }

    private static Question question(String name, String first, String second) {
        return Question.newBuilder()
                .setId(TestGateway.uuid(name))
                .setForm(QuestionForm.newBuilder()
                        .setSingleChoice(SingleChoiceForm.newBuilder()
                                .addOptions(
                                        QuestionOption.newBuilder().setId("a").setText(first))
                                .addOptions(
                                        QuestionOption.newBuilder().setId("b").setText(second))
                                .setCorrectOptionId("a")))
                .build();
    }
}
