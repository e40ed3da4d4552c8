package org.aula.local.access;

import io.grpc.Channel;
import java.util.List;
import java.util.UUID;
import org.aula.api.analytics.v1.AnalyticsServiceGrpc;
import org.aula.api.analytics.v1.GetCourseActivityRequest;
import org.aula.api.assignments.v1.CreateQuestionBankRequest;
import org.aula.api.assignments.v1.FileAssignmentServiceGrpc;
import org.aula.api.assignments.v1.ListLearnerFileAssignmentsRequest;
import org.aula.api.assignments.v1.ListLearnerQuizzesRequest;
import org.aula.api.assignments.v1.QuestionBankServiceGrpc;
import org.aula.api.assignments.v1.QuizServiceGrpc;
import org.aula.api.content.v1.ContentServiceGrpc;
import org.aula.api.content.v1.GetAssetRequest;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.api.courses.v1.CreateSectionRequest;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.courses.v1.GetLessonContentRequest;
import org.aula.api.courses.v1.LessonServiceGrpc;
import org.aula.api.courses.v1.ListReviewsRequest;
import org.aula.api.courses.v1.ReviewServiceGrpc;
import org.aula.api.courses.v1.SectionServiceGrpc;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.api.enrollments.v1.ListCourseEnrollmentsRequest;
import org.aula.api.grades.v1.GetGradebookSettingsRequest;
import org.aula.api.grades.v1.GetMyGradeRequest;
import org.aula.api.grades.v1.GradebookServiceGrpc;
import org.aula.local.access.CourseCast.Course;

/// A question about a course, asked of one service.
///
/// @param ofUsers whether visitors and services are not asked
/// @param answers what somebody is answered, by their standing: [#YES] or a reason
record CourseQuestion(String name, String service, boolean ofUsers, List<String> answers, Ask ask) {

    static final String YES = "yes";

    /// How somebody stands to a course.
    enum Standing {
        /// It does not exist for them.
        NOTHING,
        /// They may know of it.
        KNOWS,
        /// Its lessons are open to them as a learner.
        LEARNS,
        /// They see all of it.
        SEES,
        /// They teach it, or may do so in every course.
        TEACHES
    }

    /// What somebody asks one service about a course.
    interface Ask {
        Object about(Course course, Channel service) throws Exception;
    }

    private static final List<String> MAY_KNOW = List.of("COURSE_NOT_FOUND", YES, YES, YES, YES);
    private static final List<String> MAY_TEACH =
            List.of("COURSE_NOT_FOUND", "NOT_OWNER", "NOT_OWNER", "NOT_OWNER", YES);
    private static final List<String> MAY_READ = List.of("COURSE_NOT_FOUND", "ENROLLMENT_REQUIRED", YES, YES, YES);
    private static final List<String> MAY_LEARN =
            List.of("COURSE_NOT_FOUND", "ENROLLMENT_REQUIRED", YES, "ENROLLMENT_REQUIRED", "ENROLLMENT_REQUIRED");
    private static final List<String> MAY_READ_THE_LESSON =
            List.of("LESSON_NOT_FOUND", "ENROLLMENT_REQUIRED", YES, YES, YES);
    private static final List<String> MAY_READ_THE_FILE = List.of("ASSET_NOT_FOUND", "ASSET_NOT_FOUND", YES, YES, YES);

    String expected(Standing standing) {
        return answers.get(standing.ordinal());
    }

    static final List<CourseQuestion> ALL = List.of(
            new CourseQuestion(
                    "GetCourse",
                    "courses",
                    false,
                    MAY_KNOW,
                    (course, channel) -> CourseServiceGrpc.newBlockingStub(channel)
                            .getCourse(GetCourseRequest.newBuilder()
                                    .setCourseId(course.id().toString())
                                    .build())),
            new CourseQuestion(
                    "ListReviews",
                    "courses",
                    false,
                    MAY_KNOW,
                    (course, channel) -> ReviewServiceGrpc.newBlockingStub(channel)
                            .listReviews(ListReviewsRequest.newBuilder()
                                    .setCourseId(course.id().toString())
                                    .build())),
            new CourseQuestion(
                    "CreateSection",
                    "courses",
                    true,
                    MAY_TEACH,
                    (course, channel) -> SectionServiceGrpc.newBlockingStub(channel)
                            .createSection(CreateSectionRequest.newBuilder()
                                    .setRequestId(UUID.randomUUID().toString())
                                    .setCourseId(course.id().toString())
                                    .setTitle("Section")
                                    .build())),
            new CourseQuestion(
                    "CreateQuestionBank",
                    "assignments",
                    true,
                    MAY_TEACH,
                    (course, channel) -> QuestionBankServiceGrpc.newBlockingStub(channel)
                            .createQuestionBank(CreateQuestionBankRequest.newBuilder()
                                    .setRequestId(UUID.randomUUID().toString())
                                    .setCourseId(course.id().toString())
                                    .setTitle("Bank")
                                    .build())),
            new CourseQuestion(
                    "GetGradebookSettings",
                    "grades",
                    true,
                    MAY_TEACH,
                    (course, channel) -> GradebookServiceGrpc.newBlockingStub(channel)
                            .getGradebookSettings(GetGradebookSettingsRequest.newBuilder()
                                    .setCourseId(course.id().toString())
                                    .build())),
            new CourseQuestion(
                    "ListCourseEnrollments",
                    "enrollments",
                    true,
                    MAY_TEACH,
                    (course, channel) -> EnrollmentServiceGrpc.newBlockingStub(channel)
                            .listCourseEnrollments(ListCourseEnrollmentsRequest.newBuilder()
                                    .setCourseId(course.id().toString())
                                    .build())),
            new CourseQuestion(
                    "GetCourseActivity",
                    "analytics",
                    true,
                    MAY_TEACH,
                    (course, channel) -> AnalyticsServiceGrpc.newBlockingStub(channel)
                            .getCourseActivity(GetCourseActivityRequest.newBuilder()
                                    .setCourseId(course.id().toString())
                                    .build())),
            new CourseQuestion(
                    "ListLearnerQuizzes",
                    "assignments",
                    true,
                    MAY_READ,
                    (course, channel) -> QuizServiceGrpc.newBlockingStub(channel)
                            .listLearnerQuizzes(ListLearnerQuizzesRequest.newBuilder()
                                    .setCourseId(course.id().toString())
                                    .build())),
            new CourseQuestion(
                    "ListLearnerFileAssignments",
                    "assignments",
                    true,
                    MAY_READ,
                    (course, channel) -> FileAssignmentServiceGrpc.newBlockingStub(channel)
                            .listLearnerFileAssignments(ListLearnerFileAssignmentsRequest.newBuilder()
                                    .setCourseId(course.id().toString())
                                    .build())),
            new CourseQuestion(
                    "GetMyGrade",
                    "grades",
                    true,
                    MAY_LEARN,
                    (course, channel) -> GradebookServiceGrpc.newBlockingStub(channel)
                            .getMyGrade(GetMyGradeRequest.newBuilder()
                                    .setCourseId(course.id().toString())
                                    .build())),
            new CourseQuestion(
                    "GetLessonContent",
                    "courses",
                    false,
                    MAY_READ_THE_LESSON,
                    (course, channel) -> content(channel, course.lesson())),
            // Services read every file, whatever course it is of: of them this question says nothing.
            new CourseQuestion(
                    "GetAsset of the course",
                    "content",
                    true,
                    MAY_READ_THE_FILE,
                    (course, channel) -> asset(channel, course.file())),
            new CourseQuestion(
                    "GetAsset of the lesson",
                    "content",
                    true,
                    MAY_READ_THE_FILE,
                    (course, channel) -> asset(channel, course.lessonFile())));

    static Object content(Channel channel, UUID lesson) {
        return LessonServiceGrpc.newBlockingStub(channel)
                .getLessonContent(GetLessonContentRequest.newBuilder()
                        .setLessonId(lesson.toString())
                        .build());
    }

    static Object asset(Channel channel, UUID asset) {
        return ContentServiceGrpc.newBlockingStub(channel)
                .getAsset(GetAssetRequest.newBuilder()
                        .setAssetId(asset.toString())
                        .build());
    }
}
