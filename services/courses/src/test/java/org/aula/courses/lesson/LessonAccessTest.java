package org.aula.courses.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import io.grpc.Status.Code;
import java.time.Instant;
import java.util.List;
import org.aula.api.courses.v1.ArchiveCourseRequest;
import org.aula.api.courses.v1.BatchGetCoursesRequest;
import org.aula.api.courses.v1.BatchListLessonsRequest;
import org.aula.api.courses.v1.BatchListSectionsRequest;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.courses.v1.GetLessonContentRequest;
import org.aula.api.courses.v1.GetLessonRequest;
import org.aula.api.courses.v1.Lesson;
import org.aula.api.courses.v1.LessonServiceGrpc.LessonServiceBlockingStub;
import org.aula.api.courses.v1.ReviseCourseRequest;
import org.aula.api.courses.v1.Section;
import org.aula.api.courses.v1.SetLessonPrerequisitesRequest;
import org.aula.api.courses.v1.SubmitCourseRequest;
import org.aula.api.courses.v1.UpdateLessonRequest;
import org.aula.api.enrollments.v1.CompleteLessonRequest;
import org.aula.api.enrollments.v1.CreateEnrollmentRequest;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc.EnrollmentServiceBlockingStub;
import org.aula.courses.Campus;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// When learners may read a lesson: once it is released, after those that come first, and as long as they
/// are enrolled, also when the course left the catalog.
class LessonAccessTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses", "enrollments");

    private final Campus campus = new Campus(platform);
    private final TestUser author = campus.author();
    private final TestUser learner = campus.learner();
    private final Course course = campus.draft(author, "Course");
    private final Section section = campus.section(author, course, "Section");
    private final Lesson first = campus.lesson(author, section, "First");
    private final Lesson second = campus.lesson(author, section, "Second");
    private final Lesson preview = campus.lesson(author, section, "Preview", true);
    private String enrollmentId = "";

    @BeforeEach
    void enroll() {
        campus.courses(author)
                .submitCourse(SubmitCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .build());
        campus.publish(course);
        enrollmentId = enrollments(learner)
                .createEnrollment(CreateEnrollmentRequest.newBuilder()
                        .setRequestId(Campus.newId())
                        .setCourseId(course.getId())
                        .build())
                .getEnrollment()
                .getId();
    }

    @Test
    void waitsForTheReleaseUnlessOneIsItsAuthor() throws Exception {
        var tomorrow = Instant.now().plusSeconds(86_400).getEpochSecond();
        release(first, tomorrow);
        release(preview, tomorrow);
        for (var lesson : List.of(first, preview)) {
            var refusal = Refusal.expect(
                    Code.FAILED_PRECONDITION,
                    ErrorReason.ERROR_REASON_LESSON_NOT_RELEASED,
                    () -> read(campus.lessons(learner), lesson));
            assertThat(Instant.parse(refusal.metadata().get("release_time")).getEpochSecond())
                    .isEqualTo(tomorrow);
            read(campus.lessons(author), lesson);
            read(campus.lessons(campus.administrator()), lesson);
        }
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_LESSON_NOT_RELEASED,
                () -> read(campus.lessonsAnonymously(), preview));
        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_ENROLLMENT_REQUIRED,
                () -> read(campus.lessons(campus.learner()), first));
        release(first, 1);
        read(campus.lessons(learner), first);
    }

    @Test
    void comesAfterItsPrerequisites() throws Exception {
        requireBefore(second, first);
        requireBefore(preview, first);
        var refusal = Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_LESSON_PREREQUISITE_MISSING,
                () -> read(campus.lessons(learner), second));
        assertThat(refusal.metadata()).containsEntry("lesson_ids", first.getId());
        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_ENROLLMENT_REQUIRED,
                () -> read(campus.lessons(campus.learner()), second));
        read(campus.lessons(author), second);
        read(campus.lessonsAnonymously(), preview);
        complete(first);
        read(campus.lessons(learner), second);
    }

    @Test
    void showsWhereItIsToThoseWhoMayReadIt() throws Exception {
        elsewhere(first);
        elsewhere(second);
        requireBefore(second, first);
        assertThat(addresses(campus.lessons(author))).containsExactly("https://e.example/", "https://e.example/", "");
        assertThat(addresses(campus.lessons(learner))).containsExactly("https://e.example/", "", "");
        assertThat(addresses(campus.lessonsAnonymously())).containsExactly("", "", "");
        assertThat(addresses(campus.lessons(campus.learner()))).containsExactly("", "", "");
        assertThat(get(campus.lessonsAnonymously(), first).getExternalUrl()).isEmpty();
        assertThat(get(campus.lessons(learner), first).getExternalUrl()).isNotEmpty();
        complete(first);
        assertThat(addresses(campus.lessons(learner))).containsExactly("https://e.example/", "https://e.example/", "");

        assertThat(platform.statements("courses", () -> addresses(campus.lessons(learner))))
                .as("the lessons, and their courses for the addresses")
                .isEqualTo(2);
    }

    @Test
    void isKeptByLearnersWhenTheCourseLeavesTheCatalog() throws Exception {
        campus.courses(author)
                .archiveCourse(ArchiveCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .build());
        expectKept();
        campus.courses(author)
                .reviseCourse(ReviseCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .build());
        expectKept();
    }

    private void expectKept() throws Exception {
        var byId = GetCourseRequest.newBuilder().setCourseId(course.getId()).build();
        var batch =
                BatchGetCoursesRequest.newBuilder().addCourseIds(course.getId()).build();
        assertThat(campus.courses(learner).getCourse(byId).getCourse().getTitle())
                .isEqualTo("Course");
        assertThat(campus.courses(learner).batchGetCourses(batch).getCoursesCount())
                .isEqualTo(1);
        assertThat(sections(learner)).isEqualTo(1);
        assertThat(addresses(campus.lessons(learner))).hasSize(3);
        get(campus.lessons(learner), first);
        read(campus.lessons(learner), first);

        var stranger = campus.learner();
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_COURSE_NOT_FOUND,
                () -> campus.courses(stranger).getCourse(byId));
        assertThat(campus.courses(stranger).batchGetCourses(batch).getMissingIdsList())
                .containsExactly(course.getId());
        assertThat(sections(stranger)).isZero();
        assertThat(addresses(campus.lessons(stranger))).isEmpty();
        Refusal.expect(
                Code.NOT_FOUND, ErrorReason.ERROR_REASON_LESSON_NOT_FOUND, () -> get(campus.lessons(stranger), first));
        for (var closed : List.of(first, preview)) {
            Refusal.expect(
                    Code.NOT_FOUND,
                    ErrorReason.ERROR_REASON_LESSON_NOT_FOUND,
                    () -> read(campus.lessons(stranger), closed));
        }
    }

    private int sections(TestUser user) {
        return campus.sections(user)
                .batchListSections(BatchListSectionsRequest.newBuilder()
                        .addCourseIds(course.getId())
                        .build())
                .getLists(0)
                .getTotal();
    }

    private void release(Lesson lesson, long second) {
        campus.lessons(author)
                .updateLesson(UpdateLessonRequest.newBuilder()
                        .setLessonId(lesson.getId())
                        .setUpdateMask(FieldMask.newBuilder().addPaths("release_time"))
                        .setReleaseTime(Timestamp.newBuilder().setSeconds(second))
                        .build());
    }

    private void elsewhere(Lesson lesson) {
        campus.lessons(author)
                .updateLesson(UpdateLessonRequest.newBuilder()
                        .setLessonId(lesson.getId())
                        .setUpdateMask(FieldMask.newBuilder().addPaths("external_url"))
                        .setExternalUrl("https://e.example/")
                        .build());
    }

    private void requireBefore(Lesson lesson, Lesson before) {
        campus.lessons(author)
                .setLessonPrerequisites(SetLessonPrerequisitesRequest.newBuilder()
                        .setLessonId(lesson.getId())
                        .addPrerequisiteLessonIds(before.getId())
                        .build());
    }

    private void complete(Lesson lesson) {
        enrollments(learner)
                .completeLesson(CompleteLessonRequest.newBuilder()
                        .setEnrollmentId(enrollmentId)
                        .setLessonId(lesson.getId())
                        .build());
    }

    private List<String> addresses(LessonServiceBlockingStub stub) {
        return stub
                .batchListLessons(BatchListLessonsRequest.newBuilder()
                        .addSectionIds(section.getId())
                        .build())
                .getLists(0)
                .getLessonsList()
                .stream()
                .map(Lesson::getExternalUrl)
                .toList();
    }

    private static Lesson get(LessonServiceBlockingStub stub, Lesson lesson) {
        return stub.getLesson(GetLessonRequest.newBuilder()
                        .setLessonId(lesson.getId())
                        .build())
                .getLesson();
    }

    private static Object read(LessonServiceBlockingStub stub, Lesson lesson) {
        return stub.getLessonContent(
                GetLessonContentRequest.newBuilder().setLessonId(lesson.getId()).build());
    }

    private static EnrollmentServiceBlockingStub enrollments(TestUser user) {
        return EnrollmentServiceGrpc.newBlockingStub(platform.as(user, "enrollments"));
    }
}
