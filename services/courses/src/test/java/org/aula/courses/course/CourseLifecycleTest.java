package org.aula.courses.course;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import io.grpc.Status.Code;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.aula.api.common.v1.Money;
import org.aula.api.courses.v1.ArchiveCourseRequest;
import org.aula.api.courses.v1.BatchGetCoursesRequest;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.CourseChanges;
import org.aula.api.courses.v1.CourseStatus;
import org.aula.api.courses.v1.DeleteCourseRequest;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.api.courses.v1.FeatureCourseRequest;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.courses.v1.ReturnCourseRequest;
import org.aula.api.courses.v1.ReviseCourseRequest;
import org.aula.api.courses.v1.SetCoursePrerequisitesRequest;
import org.aula.api.courses.v1.SetCourseTagsRequest;
import org.aula.api.courses.v1.SubmitCourseRequest;
import org.aula.api.courses.v1.UpdateCourseRequest;
import org.aula.courses.Campus;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A course after its first publication, and what else is said of it.
class CourseLifecycleTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private final Campus campus = new Campus(platform);
    private final TestUser author = campus.author();

    @Test
    void leavesTheCatalogAndComesBack() throws Exception {
        var course = campus.published(author, "Round");
        Refusal.expect(
                Code.ABORTED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                () -> archive(author, course, "99"));
        var archived = archive(author, course, course.getEtag());
        assertThat(archived.getStatus()).isEqualTo(CourseStatus.COURSE_STATUS_ARCHIVED);
        assertThat(archive(author, course, course.getEtag()))
                .as("the same again")
                .isEqualTo(archived);
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_COURSE_NOT_FOUND,
                () -> campus.coursesAnonymously().getCourse(byId(course)));

        var revised = revise(author, course);
        assertThat(revised.getStatus()).isEqualTo(CourseStatus.COURSE_STATUS_DRAFT);
        assertThat(revised.hasPublishTime()).isTrue();
        campus.courses(author)
                .submitCourse(SubmitCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .build());
        assertThat(campus.publish(course).getStatus()).isEqualTo(CourseStatus.COURSE_STATUS_PUBLISHED);
        assertThat(events(course)).containsExactly("CoursePublished", "CourseArchived", "CoursePublished");
    }

    @Test
    void refusesEveryStepThatItsStatusForbids() throws Exception {
        var draft = campus.draft(author, "Draft");
        var review = campus.inReview(author, "Review");
        var published = campus.published(author, "Published");
        var archived = archive(author, campus.published(author, "Archived"), "");
        forbids(() -> archive(author, draft, ""), "DRAFT", "ARCHIVED");
        forbids(() -> archive(author, review, ""), "REVIEW", "ARCHIVED");
        forbids(() -> revise(author, review), "REVIEW", "DRAFT");
        forbids(() -> revise(author, published), "PUBLISHED", "DRAFT");
        forbids(() -> submit(published), "PUBLISHED", "REVIEW");
        forbids(() -> submit(archived), "ARCHIVED", "REVIEW");
        forbids(() -> campus.publish(draft), "DRAFT", "PUBLISHED");
        forbids(() -> campus.publish(archived), "ARCHIVED", "PUBLISHED");
        forbids(() -> giveBack(draft), "DRAFT", "DRAFT");
        forbids(() -> giveBack(published), "PUBLISHED", "DRAFT");
        forbids(() -> giveBack(archived), "ARCHIVED", "DRAFT");
        forbids(() -> delete(author, review, ""), "REVIEW", "DELETED");
        forbids(() -> delete(author, published, ""), "PUBLISHED", "DELETED");
        forbids(() -> delete(author, archived, ""), "ARCHIVED", "DELETED");
    }

    @Test
    void isDeletedAsADraftWithAllBelowIt() throws Exception {
        var course = campus.draft(author, "Gone");
        var lesson = campus.lesson(author, campus.section(author, course, "Section"), "Lesson");
        Refusal.expect(
                Code.ABORTED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                () -> delete(author, course, "99"));
        delete(author, course, course.getEtag());
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, () -> delete(author, course, ""));
        assertThat(count("SELECT count(*) FROM courses.lessons WHERE id = CAST(? AS uuid)", lesson.getId()))
                .isZero();
        assertThat(count(
                        "SELECT count(*) FROM courses.lesson_content_removals WHERE lesson_id = CAST(? AS uuid)",
                        lesson.getId()))
                .isEqualTo(1);
        assertThat(events(course)).containsExactly("CourseDeleted");
    }

    @Test
    void staysWhenSomebodyWasEverEnrolled() throws Exception {
        var course = campus.published(author, "Used");
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("""
                                WITH enrollment AS (
                                    INSERT INTO enrollments.enrollments (id, user_id, course_id, status, source)
                                    VALUES (uuidv7(), :user, CAST(:course AS uuid), 'DROPPED', 'FREE')
                                    RETURNING id, user_id, course_id)
                                INSERT INTO enrollments.enrollment_keys (enrollment_id, user_id, course_id)
                                SELECT id, user_id, course_id FROM enrollment
                                """)
                        .bind("user", campus.learner().id())
                        .bind("course", course.getId())
                        .execute());
        archive(author, course, "");
        revise(author, course);
        Refusal.expect(
                Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_COURSE_IN_USE, () -> delete(author, course, ""));
        assertThat(read(author, course).getTitle()).isEqualTo("Used");
    }

    @Test
    void isFeaturedByReviewers() throws Exception {
        var course = campus.published(author, "First");
        var featured = feature(campus.administrator(), course, true);
        assertThat(featured.getFeatured()).isTrue();
        assertThat(feature(campus.administrator(), course, true)).isEqualTo(featured);
        assertThat(feature(campus.administrator(), course, false).getFeatured()).isFalse();
        assertThat(events(course)).containsExactly("CoursePublished", "CourseUpdated", "CourseUpdated");
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> feature(author, course, true));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_COURSE_NOT_FOUND,
                () -> feature(campus.administrator(), unknown(), true));
    }

    @Test
    void saysWhatItCostBeforeAndHowManyItTakes() throws Exception {
        var course = campus.draft(author, "Reduced");
        var changed = update(
                course,
                CourseChanges.newBuilder()
                        .setPrice(euros(1_000))
                        .setOriginalPrice(euros(2_000))
                        .setMaxStudents(30),
                "price",
                "original_price",
                "max_students");
        assertThat(changed.getOriginalPrice()).isEqualTo(euros(2_000));
        assertThat(changed.getMaxStudents()).isEqualTo(30);
        assertThat(read(author, course)).isEqualTo(changed);

        expectField("course.original_price", course, changes().setOriginalPrice(euros(999)), "original_price");
        expectField("course.price", course, changes().setPrice(euros(2_001)), "price");
        var dollars = Money.newBuilder().setAmountMinor(5_000).setCurrencyCode("USD");
        expectField("course.original_price", course, changes().setOriginalPrice(dollars), "original_price");
        expectField("course.max_students", course, changes().setMaxStudents(-1), "max_students");

        var without = update(course, changes(), "original_price", "max_students");
        assertThat(without.hasOriginalPrice()).isFalse();
        assertThat(without.getMaxStudents()).isZero();
    }

    @Test
    void showsItsOwnerWhyItWasGivenBack() {
        var course = campus.inReview(author, "Nearly");
        giveBack(course);
        assertThat(read(author, course).getReturnReason()).isEqualTo("more examples");
        submit(course);
        assertThat(campus.publish(course).getReturnReason()).isEmpty();
    }

    @Test
    void neverComesBeforeItself() throws Exception {
        var a = campus.published(author, "A");
        var b = campus.published(author, "B");
        var c = campus.draft(author, "C");
        assertThat(require(author, b, a).getPrerequisiteCourseIdsList()).containsExactly(a.getId());
        var ofC = require(author, c, b);
        assertThat(require(author, c, b)).as("the same again").isEqualTo(ofC);
        for (var cause : List.of(a, b, c)) {
            var refusal = Refusal.expect(
                    Code.INVALID_ARGUMENT,
                    ErrorReason.ERROR_REASON_PREREQUISITE_CYCLE,
                    () -> require(author, a, cause));
            assertThat(refusal.fields()).containsExactly("prerequisite_course_ids");
        }
        var hidden = campus.draft(campus.author(), "Hidden");
        for (var cause : List.of(hidden, unknown())) {
            Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, () -> require(author, a, cause));
        }
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> require(campus.author(), a));
        assertThat(count(
                        "SELECT count(*) FROM courses_api.course_prerequisites WHERE course_id = CAST(? AS uuid)",
                        b.getId()))
                .isEqualTo(1);
        assertThat(require(author, c).getPrerequisiteCourseIdsList()).isEmpty();
    }

    @Test
    void makesNoCircleAtOnce() throws Exception {
        for (var round = 0; round < 10; round++) {
            var a = campus.draft(author, "A");
            var b = campus.draft(author, "B");
            var c = campus.draft(author, "C");
            var refused = Campus.refusedOfAtOnce(
                    List.of(() -> require(author, a, b), () -> require(author, b, c), () -> require(author, c, a)));
            assertThat(refused)
                    .singleElement()
                    .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo("PREREQUISITE_CYCLE"));
        }
    }

    @Test
    void isChangedByItsOwnerOnlyWhoeverSeesIt() throws Exception {
        var open = campus.published(author, "Open");
        var hidden = campus.draft(author, "Hidden");
        var stranger = campus.author();
        List<Function<Course, Object>> steps = List.of(
                course -> archive(stranger, course, ""),
                course -> revise(stranger, course),
                course -> delete(stranger, course, ""),
                course -> require(stranger, course),
                course -> campus.courses(stranger)
                        .setCourseTags(SetCourseTagsRequest.newBuilder()
                                .setCourseId(course.getId())
                                .build()));
        for (var step : steps) {
            Refusal.expect(
                    Code.PERMISSION_DENIED,
                    org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                    () -> step.apply(open));
            Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, () -> step.apply(hidden));
        }
        assertThat(archive(campus.administrator(), open, "").getStatus())
                .isEqualTo(CourseStatus.COURSE_STATUS_ARCHIVED);
    }

    @Test
    void isReadInOneStatementWithTagsAndPrerequisitesHoweverManyAreAsked() throws Exception {
        var before = campus.published(author, "Before");
        var tag = campus.tag("tag");
        var ids = IntStream.range(0, 20)
                .mapToObj(number -> {
                    var course = campus.published(author, "Course " + number);
                    require(author, course, before);
                    campus.courses(author)
                            .setCourseTags(SetCourseTagsRequest.newBuilder()
                                    .setCourseId(course.getId())
                                    .addTagIds(tag)
                                    .build());
                    return course.getId();
                })
                .toList();
        var statements = platform.statements("courses", () -> {
            var courses = campus.coursesAnonymously()
                    .batchGetCourses(BatchGetCoursesRequest.newBuilder()
                            .addAllCourseIds(ids)
                            .build())
                    .getCoursesList();
            assertThat(courses).hasSize(20).allSatisfy(course -> {
                assertThat(course.getTagsCount()).isEqualTo(1);
                assertThat(course.getPrerequisiteCourseIdsList()).containsExactly(before.getId());
            });
            return courses;
        });
        assertThat(statements).isEqualTo(1);
        assertThat(platform.statements(
                        "courses", () -> campus.coursesAnonymously().getCourse(byId(before))))
                .isEqualTo(1);
    }

    private static void forbids(Refusal.Call call, String status, String wanted) throws Exception {
        var refusal = Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_COURSE_STATUS_FORBIDS, call);
        assertThat(refusal.metadata()).containsEntry("status", status).containsEntry("wanted", wanted);
    }

    private void expectField(String field, Course course, CourseChanges.Builder changes, String... mask)
            throws Exception {
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> update(course, changes, mask));
        assertThat(refusal.fields()).containsExactly(field);
    }

    private static CourseChanges.Builder changes() {
        return CourseChanges.newBuilder();
    }

    private static Money euros(long cents) {
        return Money.newBuilder().setAmountMinor(cents).setCurrencyCode("EUR").build();
    }

    private static Course unknown() {
        return Course.newBuilder().setId(Campus.newId()).build();
    }

    private static List<String> events(Course course) {
        return Campus.events(platform, course.getId());
    }

    private static long count(String sql, String id) {
        return platform.superuser()
                .withHandle(handle ->
                        handle.createQuery(sql).bind(0, id).mapTo(Long.class).one());
    }

    private Course update(Course course, CourseChanges.Builder changes, String... mask) {
        return campus.courses(author)
                .updateCourse(UpdateCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(mask)))
                        .setCourse(changes)
                        .build())
                .getCourse();
    }

    private Course archive(TestUser user, Course course, String etag) {
        return campus.courses(user)
                .archiveCourse(ArchiveCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .setEtag(etag)
                        .build())
                .getCourse();
    }

    private Course revise(TestUser user, Course course) {
        return campus.courses(user)
                .reviseCourse(ReviseCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .build())
                .getCourse();
    }

    private Course submit(Course course) {
        return campus.courses(author)
                .submitCourse(SubmitCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .build())
                .getCourse();
    }

    private Course giveBack(Course course) {
        return campus.courses(campus.administrator())
                .returnCourse(ReturnCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .setReason("more examples")
                        .build())
                .getCourse();
    }

    private Object delete(TestUser user, Course course, String etag) {
        return campus.courses(user)
                .deleteCourse(DeleteCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .setEtag(etag)
                        .build());
    }

    private Course feature(TestUser user, Course course, boolean featured) {
        return campus.courses(user)
                .featureCourse(FeatureCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .setFeatured(featured)
                        .build())
                .getCourse();
    }

    private Course require(TestUser user, Course course, Course... prerequisites) {
        return campus.courses(user)
                .setCoursePrerequisites(SetCoursePrerequisitesRequest.newBuilder()
                        .setCourseId(course.getId())
                        .addAllPrerequisiteCourseIds(List.of(prerequisites).stream()
                                .map(Course::getId)
                                .toList())
                        .build())
                .getCourse();
    }

    private Course read(TestUser user, Course course) {
        return campus.courses(user).getCourse(byId(course)).getCourse();
    }

    private static GetCourseRequest byId(Course course) {
        return GetCourseRequest.newBuilder().setCourseId(course.getId()).build();
    }
}
