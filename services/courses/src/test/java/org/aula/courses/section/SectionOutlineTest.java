package org.aula.courses.section;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.aula.api.courses.v1.BatchListSectionsRequest;
import org.aula.api.courses.v1.ContentBlock;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.DeleteSectionRequest;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.api.courses.v1.GetLessonRequest;
import org.aula.api.courses.v1.HtmlBlock;
import org.aula.api.courses.v1.LessonPage;
import org.aula.api.courses.v1.ReorderSectionsRequest;
import org.aula.api.courses.v1.Section;
import org.aula.api.courses.v1.UpdateLessonContentRequest;
import org.aula.api.courses.v1.UpdateSectionRequest;
import org.aula.courses.Campus;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Changes of a course's sections.
class SectionOutlineTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private final Campus campus = new Campus(platform);
    private final TestUser author = campus.author();

    @Test
    void changesWhatTheMaskNames() throws Exception {
        var section = campus.section(author, campus.draft(author, "Course"), "Before");
        var request = UpdateSectionRequest.newBuilder()
                .setSectionId(section.getId())
                .setEtag(section.getEtag())
                .setUpdateMask(mask("title"))
                .setTitle("After")
                .setDescription("ignored")
                .build();
        var changed = update(author, request);
        assertThat(changed.getTitle()).isEqualTo("After");
        assertThat(changed.getDescription()).isEmpty();
        assertThat(changed.getEtag()).isNotEqualTo(section.getEtag());
        assertThat(update(author, request)).as("the same again").isEqualTo(changed);
        Refusal.expect(
                Code.ABORTED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                () -> update(author, request.toBuilder().setTitle("Third").build()));
        var empty = Refusal.of(() ->
                update(author, request.toBuilder().clearEtag().setTitle(" ").build()));
        assertThat(empty.fields()).containsExactly("title");
    }

    @Test
    void isChangedByTheOwnerOnlyAndExistsForThoseWhoSeeTheCourse() throws Exception {
        var open = campus.section(author, campus.published(author, "Open"), "Section");
        var hidden = campus.section(author, campus.draft(author, "Hidden"), "Section");
        var stranger = campus.author();
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> delete(stranger, open.getId(), ""));
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> update(stranger, titled(open)));
        for (var id : List.of(hidden.getId(), Campus.newId())) {
            Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_SECTION_NOT_FOUND, () -> delete(stranger, id, ""));
        }
        Refusal.expect(
                Code.NOT_FOUND, ErrorReason.ERROR_REASON_SECTION_NOT_FOUND, () -> update(stranger, titled(hidden)));
        assertThat(update(campus.administrator(), titled(open)).getTitle()).isEqualTo("Titled");
    }

    @Test
    void takesItsLessonsAndTheirContentWithIt() throws Exception {
        var course = campus.draft(author, "Course");
        var section = campus.section(author, course, "Section");
        var lesson = campus.lesson(author, section, "Lesson");
        campus.lessons(author)
                .updateLessonContent(UpdateLessonContentRequest.newBuilder()
                        .setLessonId(lesson.getId())
                        .addPages(LessonPage.newBuilder()
                                .setId("p")
                                .addBlocks(ContentBlock.newBuilder()
                                        .setHtml(HtmlBlock.newBuilder().setHtml("<p>Text</p>"))))
                        .build());
        Refusal.expect(
                Code.ABORTED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                () -> delete(author, section.getId(), "99"));
        delete(author, section.getId(), section.getEtag());

        assertThat(list(course)).isEmpty();
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_LESSON_NOT_FOUND,
                () -> campus.lessons(author)
                        .getLesson(GetLessonRequest.newBuilder()
                                .setLessonId(lesson.getId())
                                .build()));
        campus.sweepContents();
        assertThat(documents(lesson.getId()))
                .as("too early: somebody may be writing")
                .isEqualTo(1);
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE courses.lesson_content_removals SET requested_at = now() - interval '1 minute'"));
        campus.sweepContents();
        assertThat(documents(lesson.getId())).isZero();
    }

    @Test
    void putsAllSectionsIntoTheOrderGivenInConstantStatements() throws Exception {
        var course = campus.draft(author, "Course");
        var one = campus.section(author, course, "One").getId();
        var two = campus.section(author, course, "Two").getId();
        var three = campus.section(author, course, "Three").getId();
        assertThat(reorder(author, course, List.of(three, one, two)))
                .extracting(Section::getId)
                .containsExactly(three, one, two);
        assertThat(list(course)).extracting(Section::getSortOrder).containsExactly(0, 1, 2);

        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_ORDER_INCOMPLETE,
                () -> reorder(author, course, List.of(one, Campus.newId(), Campus.newId())));
        assertThat(refusal.metadata()).containsEntry("missing", "2").containsEntry("unknown", "2");
        assertThat(refusal.fields()).containsExactly("section_ids");

        var ofThree = platform.statements("courses", () -> reorder(author, course, List.of(one, two, three)));
        insertSections(course, 497);
        var all = new ArrayList<>(list(course).stream().map(Section::getId).toList());
        Collections.reverse(all);
        assertThat(platform.statements("courses", () -> reorder(author, course, all)))
                .isEqualTo(ofThree);
        assertThat(list(course)).extracting(Section::getId).containsExactlyElementsOf(all);
    }

    @Test
    void staysOneOfTheOrdersThatWereAskedForAtOnce() throws Exception {
        var course = campus.draft(author, "Course");
        var ids = IntStream.range(0, 6)
                .mapToObj(number ->
                        campus.section(author, course, "Section " + number).getId())
                .toList();
        var orders = IntStream.range(0, 8)
                .mapToObj(number -> {
                    var order = new ArrayList<>(ids);
                    Collections.shuffle(order, new java.util.Random(number));
                    return List.copyOf(order);
                })
                .toList();
        var refused = Campus.refusedOfAtOnce(orders.stream()
                .<Refusal.Call>map(order -> () -> reorder(author, course, order))
                .toList());
        assertThat(refused).isEmpty();
        assertThat(orders).contains(list(course).stream().map(Section::getId).toList());
        assertThat(list(course)).extracting(Section::getSortOrder).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void isFiveHundredOfACourseAtMostHoweverManyAreAddedAtOnce() throws Exception {
        var course = campus.draft(author, "Course");
        insertSections(course, 498);
        var refused = Campus.refusedOfAtOnce(IntStream.range(0, 6)
                .<Refusal.Call>mapToObj(number -> () -> campus.section(author, course, "Section"))
                .toList());
        assertThat(refused).hasSize(4).allSatisfy(refusal -> {
            assertThat(refusal.reason()).isEqualTo("TOO_MANY");
            assertThat(refusal.metadata()).containsEntry("limit", "500");
        });
        assertThat(list(course)).hasSize(500);
    }

    @Test
    void isReorderedByTheOwnerOfACourseThatExists() throws Exception {
        var course = campus.published(author, "Open");
        var ids = list(course).stream().map(Section::getId).toList();
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> reorder(campus.author(), course, ids));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_COURSE_NOT_FOUND,
                () -> reorder(author, course.toBuilder().setId(Campus.newId()).build(), ids));
    }

    private static void insertSections(Course course, int count) {
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("""
                                INSERT INTO courses.course_sections (id, course_id, title, sort_order)
                                SELECT uuidv7(), CAST(:course AS uuid), 'Section', 1000 + number
                                FROM generate_series(1, :count) number
                                """)
                        .bind("course", course.getId())
                        .bind("count", count)
                        .execute());
    }

    private static long documents(String lessonId) {
        var database = platform.bean("courses", MongoDatabase.class);
        return database.getCollection("lesson_contents").countDocuments(Filters.eq("lessonId", lessonId));
    }

    private List<Section> list(Course course) {
        return campus.sections(author)
                .batchListSections(BatchListSectionsRequest.newBuilder()
                        .addCourseIds(course.getId())
                        .setFirst(500)
                        .build())
                .getLists(0)
                .getSectionsList();
    }

    private static UpdateSectionRequest titled(Section section) {
        return UpdateSectionRequest.newBuilder()
                .setSectionId(section.getId())
                .setUpdateMask(mask("title"))
                .setTitle("Titled")
                .build();
    }

    private Section update(TestUser user, UpdateSectionRequest request) {
        return campus.sections(user).updateSection(request).getSection();
    }

    private Object delete(TestUser user, String id, String etag) {
        return campus.sections(user)
                .deleteSection(DeleteSectionRequest.newBuilder()
                        .setSectionId(id)
                        .setEtag(etag)
                        .build());
    }

    private List<Section> reorder(TestUser user, Course course, List<String> ids) {
        return campus.sections(user)
                .reorderSections(ReorderSectionsRequest.newBuilder()
                        .setCourseId(course.getId())
                        .addAllSectionIds(ids)
                        .build())
                .getSectionsList();
    }

    private static FieldMask mask(String... fields) {
        return FieldMask.newBuilder().addAllPaths(List.of(fields)).build();
    }
}
