package org.aula.courses.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import io.grpc.Status.Code;
import java.util.List;
import org.aula.api.common.v1.Money;
import org.aula.api.courses.v1.BatchListLessonsRequest;
import org.aula.api.courses.v1.BatchListSectionsRequest;
import org.aula.api.courses.v1.CancelOperationRequest;
import org.aula.api.courses.v1.ContentBlock;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.CourseChanges;
import org.aula.api.courses.v1.CourseStatus;
import org.aula.api.courses.v1.DeleteCourseRequest;
import org.aula.api.courses.v1.DuplicateCourseRequest;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.courses.v1.GetLessonContentRequest;
import org.aula.api.courses.v1.GetOperationRequest;
import org.aula.api.courses.v1.HtmlBlock;
import org.aula.api.courses.v1.Lesson;
import org.aula.api.courses.v1.LessonContent;
import org.aula.api.courses.v1.LessonPage;
import org.aula.api.courses.v1.Section;
import org.aula.api.courses.v1.SetCoursePrerequisitesRequest;
import org.aula.api.courses.v1.SetCourseTagsRequest;
import org.aula.api.courses.v1.SetLessonPrerequisitesRequest;
import org.aula.api.courses.v1.UpdateCourseRequest;
import org.aula.api.courses.v1.UpdateLessonContentRequest;
import org.aula.api.courses.v1.UpdateLessonRequest;
import org.aula.api.operations.v1.Operation;
import org.aula.api.operations.v1.OperationState;
import org.aula.courses.Campus;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CourseDuplicationTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private final Campus campus = new Campus(platform);
    private final TestUser author = campus.author();

    @Test
    void makesADraftWithEverythingThatTheCourseHas() throws Exception {
        var original = aFullCourse();
        var copy = copied(ended(duplicating(author, original, "A copy")));

        assertThat(copy.getTitle()).isEqualTo("A copy");
        assertThat(copy.getStatus()).isEqualTo(CourseStatus.COURSE_STATUS_DRAFT);
        assertThat(copy.getInstructorId()).isEqualTo(author.id().toString());
        assertThat(withoutItsOwn(copy)).isEqualTo(withoutItsOwn(original));

        assertThat(sections(copy)).extracting(Section::getTitle).containsExactly("One", "Two");
        assertThat(sections(copy))
                .extracting(Section::getId)
                .doesNotContainAnyElementsOf(
                        sections(original).stream().map(Section::getId).toList());
        var lessons = lessons(copy);
        assertThat(lessons).extracting(Lesson::getTitle).containsExactly("First", "Second", "Third");
        assertThat(lessons.getFirst().getExternalUrl()).isEqualTo("https://example.org/");
        assertThat(lessons.getFirst().getPreview()).isTrue();
        assertThat(lessons.get(1).getPrerequisiteLessonIdsList())
                .containsExactly(lessons.getFirst().getId());
        assertThat(content(lessons.get(1)).getPages(0).getBlocks(0).getHtml().getHtml())
                .contains("aula-lesson:" + lessons.getFirst().getId() + "/p")
                .contains("Look");
        assertThat(content(lessons.get(2)).getPagesList()).isEmpty();
    }

    @Test
    void keepsTheTitleUnlessAnotherIsGivenAndLeavesTheOriginalAlone() throws Exception {
        var original = aFullCourse();
        var lessons = lessons(original);
        var copy = copied(ended(duplicating(author, original, "")));
        assertThat(copy.getTitle()).isEqualTo(original.getTitle());
        assertThat(copy.getSlug()).isNotEqualTo(original.getSlug());
        assertThat(read(original.getId())).isEqualTo(original);
        assertThat(lessons(original)).isEqualTo(lessons);
    }

    @Test
    void belongsToWhoAskedAlsoIfTheyMayWriteEveryCourse() throws Exception {
        var published = campus.published(author, "Open");
        var administrator = campus.administrator();
        var operation = ended(administrator, duplicating(administrator, published, ""));
        var copy = campus.courses(administrator)
                .getCourse(GetCourseRequest.newBuilder()
                        .setCourseId(operation.getResourceId())
                        .build())
                .getCourse();
        assertThat(copy.getInstructorId()).isEqualTo(administrator.id().toString());
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> duplicating(campus.author(), published, ""));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_COURSE_NOT_FOUND,
                () -> duplicating(campus.author(), campus.draft(author, "Hidden"), ""));
    }

    @Test
    void answersTheSameRequestWithTheSameOperation() throws Exception {
        var request = request(campus.draft(author, "Once"), "");
        var first = campus.courses(author).duplicateCourse(request).getOperation();
        assertThat(campus.courses(author).duplicateCourse(request).getOperation())
                .isEqualTo(first);
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_IDEMPOTENCY_KEY_REUSED,
                () -> campus.courses(author)
                        .duplicateCourse(request.toBuilder().setTitle("Another").build()));
        ended(first);
    }

    @Test
    void beginsAgainWithoutLeavingsWhenItsProcessDied() throws Exception {
        var first = ended(duplicating(author, aFullCourse(), "Copy"));
        var lessonIds = lessons(copied(first)).stream().map(Lesson::getId).toList();
        Campus.dieBeforeTheEndIsWritten(platform, first.getId());
        Await.until(
                "it begins again",
                () -> !operation(author, first).getResourceId().equals(first.getResourceId()));
        var second = ended(first);
        assertThat(second.getState()).isEqualTo(OperationState.OPERATION_STATE_SUCCEEDED);
        assertThat(lessons(copied(second))).hasSize(3);
        assertNothingIsLeft(first.getResourceId(), lessonIds);
    }

    @Test
    void takesBackWhatItMadeWhenItIsCancelled() throws Exception {
        var large = campus.draft(author, "Large");
        var section = campus.section(author, large, "Section");
        insertLessons(section, 900);
        var longText = "<p>" + "Text ".repeat(4_000) + "</p>";
        lessons(large).forEach(lesson -> write(lesson, longText));
        var begun = duplicating(author, large, "");
        Await.until("some lessons are copied", () -> operation(author, begun).getDone() > 2);
        campus.courses(author)
                .cancelOperation(CancelOperationRequest.newBuilder()
                        .setOperationId(begun.getId())
                        .build());
        var operation = ended(begun);
        assertThat(operation.getState()).isEqualTo(OperationState.OPERATION_STATE_CANCELLED);
        assertNothingIsLeft(operation.getResourceId(), List.of());
    }

    @Test
    void needsACourseThatIsThere() throws Exception {
        var course = campus.draft(author, "Short-lived");
        var request = request(course, "");
        campus.courses(author)
                .deleteCourse(DeleteCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .build());
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_COURSE_NOT_FOUND,
                () -> campus.courses(author).duplicateCourse(request));
    }

    private Course aFullCourse() {
        var course = campus.draft(author, "Full");
        var one = campus.section(author, course, "One");
        var two = campus.section(author, course, "Two");
        var first = campus.lesson(author, one, "First", true);
        var second = campus.lesson(author, one, "Second");
        campus.lesson(author, two, "Third");
        campus.lessons(author)
                .updateLesson(UpdateLessonRequest.newBuilder()
                        .setLessonId(first.getId())
                        .setUpdateMask(FieldMask.newBuilder().addPaths("external_url"))
                        .setExternalUrl("https://example.org/")
                        .build());
        campus.lessons(author)
                .setLessonPrerequisites(SetLessonPrerequisitesRequest.newBuilder()
                        .setLessonId(second.getId())
                        .addPrerequisiteLessonIds(first.getId())
                        .build());
        write(second, "<p>Look <a href=\"aula-lesson:" + first.getId() + "/p\">back</a></p>");
        campus.courses(author)
                .setCourseTags(SetCourseTagsRequest.newBuilder()
                        .setCourseId(course.getId())
                        .addTagIds(campus.tag("kept"))
                        .build());
        campus.courses(author)
                .setCoursePrerequisites(SetCoursePrerequisitesRequest.newBuilder()
                        .setCourseId(course.getId())
                        .addPrerequisiteCourseIds(
                                campus.published(author, "Before").getId())
                        .build());
        return campus.courses(author)
                .updateCourse(UpdateCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .setUpdateMask(FieldMask.newBuilder()
                                .addPaths("price")
                                .addPaths("original_price")
                                .addPaths("max_students")
                                .addPaths("requirements"))
                        .setCourse(CourseChanges.newBuilder()
                                .setPrice(dollars(500))
                                .setOriginalPrice(dollars(900))
                                .setMaxStudents(12)
                                .addRequirements("Patience"))
                        .build())
                .getCourse();
    }

    private static Course withoutItsOwn(Course course) {
        return course.toBuilder()
                .clearId()
                .clearTitle()
                .clearSlug()
                .clearEtag()
                .clearCreateTime()
                .clearUpdateTime()
                .build();
    }

    private static Money dollars(long cents) {
        return Money.newBuilder().setAmountMinor(cents).setCurrencyCode("USD").build();
    }

    private void write(Lesson lesson, String html) {
        campus.lessons(author)
                .updateLessonContent(UpdateLessonContentRequest.newBuilder()
                        .setLessonId(lesson.getId())
                        .addPages(LessonPage.newBuilder()
                                .setId("p")
                                .addBlocks(ContentBlock.newBuilder()
                                        .setHtml(HtmlBlock.newBuilder().setHtml(html))))
                        .build());
    }

    private static DuplicateCourseRequest request(Course course, String title) {
        return DuplicateCourseRequest.newBuilder()
                .setRequestId(Campus.newId())
                .setCourseId(course.getId())
                .setTitle(title)
                .build();
    }

    private Operation duplicating(TestUser user, Course course, String title) {
        return campus.courses(user).duplicateCourse(request(course, title)).getOperation();
    }

    private Operation operation(TestUser user, Operation operation) {
        return campus.courses(user)
                .getOperation(GetOperationRequest.newBuilder()
                        .setOperationId(operation.getId())
                        .build())
                .getOperation();
    }

    private Operation ended(Operation operation) throws Exception {
        return ended(author, operation);
    }

    private Operation ended(TestUser user, Operation operation) throws Exception {
        Await.until("the duplication ends", () -> operation(user, operation).hasEndTime());
        return operation(user, operation);
    }

    private Course copied(Operation operation) {
        assertThat(operation.getState()).as(operation.getFailure()).isEqualTo(OperationState.OPERATION_STATE_SUCCEEDED);
        return read(operation.getResourceId());
    }

    private Course read(String id) {
        return campus.courses(author)
                .getCourse(GetCourseRequest.newBuilder().setCourseId(id).build())
                .getCourse();
    }

    private List<Section> sections(Course course) {
        return campus.sections(author)
                .batchListSections(BatchListSectionsRequest.newBuilder()
                        .addCourseIds(course.getId())
                        .build())
                .getLists(0)
                .getSectionsList();
    }

    private List<Lesson> lessons(Course course) {
        return campus
                .lessons(author)
                .batchListLessons(BatchListLessonsRequest.newBuilder()
                        .addAllSectionIds(
                                sections(course).stream().map(Section::getId).toList())
                        .setFirst(1_000)
                        .build())
                .getListsList()
                .stream()
                .flatMap(list -> list.getLessonsList().stream())
                .toList();
    }

    private LessonContent content(Lesson lesson) {
        return campus.lessons(author)
                .getLessonContent(GetLessonContentRequest.newBuilder()
                        .setLessonId(lesson.getId())
                        .build())
                .getContent();
    }

    private static void insertLessons(Section section, int count) {
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("""
                                INSERT INTO courses.lessons (id, section_id, course_id, title, type, sort_order)
                                SELECT uuidv7(), CAST(:section AS uuid), CAST(:course AS uuid), 'Lesson', 'ARTICLE', number
                                FROM generate_series(1, :count) number
                                """)
                        .bind("section", section.getId())
                        .bind("course", section.getCourseId())
                        .bind("count", count)
                        .execute());
    }

    private static void assertNothingIsLeft(String courseId, List<String> lessonIds) {
        var rows = platform.superuser()
                .withHandle(handle -> handle.createQuery(
                                "SELECT count(*) FROM courses.courses WHERE id = CAST(:id AS uuid)")
                        .bind("id", courseId)
                        .mapTo(Integer.class)
                        .one());
        assertThat(rows).isZero();
        var documents = platform.bean("courses", MongoDatabase.class)
                .getCollection("lesson_contents")
                .countDocuments(Filters.in("lessonId", lessonIds));
        assertThat(documents).isZero();
    }
}
