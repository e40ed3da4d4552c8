package org.aula.courses.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import io.grpc.Status.Code;
import java.util.List;
import java.util.stream.IntStream;
import org.aula.api.courses.v1.BatchListLessonsRequest;
import org.aula.api.courses.v1.BatchListSectionsRequest;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.CreateLessonRequest;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.api.courses.v1.GetLessonRequest;
import org.aula.api.courses.v1.Lesson;
import org.aula.api.courses.v1.LessonList;
import org.aula.api.courses.v1.LessonType;
import org.aula.api.courses.v1.Section;
import org.aula.courses.Campus;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LessonServiceTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private final Campus campus = new Campus(platform);

    @Test
    void createsALessonAtTheEndOfItsSection() {
        var author = campus.author();
        var course = campus.draft(author, "Course");
        var section = campus.section(author, course, "Section");
        campus.lesson(author, section, "First");
        var lesson = campus.lessons(author)
                .createLesson(CreateLessonRequest.newBuilder()
                        .setRequestId(Campus.newId())
                        .setSectionId(section.getId())
                        .setTitle("Second")
                        .setType(LessonType.LESSON_TYPE_VIDEO)
                        .setDuration(Duration.newBuilder().setSeconds(90))
                        .setOptional(true)
                        .build())
                .getLesson();
        assertThat(lesson.getSortOrder()).isEqualTo(1);
        assertThat(lesson.getCourseId()).isEqualTo(course.getId());
        assertThat(lesson.getMandatory()).isFalse();
        assertThat(campus.lessons(author).getLesson(byId(lesson)).getLesson()).isEqualTo(lesson);
    }

    @Test
    void existsAsLongAsItsCourseDoesForTheCaller() throws Exception {
        var author = campus.author();
        var section = campus.section(author, campus.draft(author, "Hidden"), "Section");
        var lesson = campus.lesson(author, section, "Lesson");
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_LESSON_NOT_FOUND,
                () -> campus.lessonsAnonymously().getLesson(byId(lesson)));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_SECTION_NOT_FOUND,
                () -> campus.lesson(campus.author(), section, "Mine"));
    }

    @Test
    void isAddedByTheOwnerOnly() throws Exception {
        var author = campus.author();
        var section = sectionOf(campus.published(author, "Open"));
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> campus.lesson(campus.author(), section, "Mine"));
    }

    @Test
    void listsInTheOrderAskedForWithTotals() {
        var author = campus.author();
        var hidden = campus.section(author, campus.draft(author, "Hidden"), "Hidden");
        campus.lesson(author, hidden, "Hidden");
        var open = sectionOf(campus.published(author, "Open"));
        campus.lesson(author, open, "Second");
        campus.lesson(author, open, "Third");

        var request = BatchListLessonsRequest.newBuilder()
                .addAllSectionIds(List.of(Campus.newId(), hidden.getId(), open.getId()))
                .setFirst(2)
                .build();
        var lists = campus.lessonsAnonymously().batchListLessons(request).getListsList();

        assertThat(lists).extracting(LessonList::getSectionId).containsExactlyElementsOf(request.getSectionIdsList());
        assertThat(lists).extracting(LessonList::getTotal).containsExactly(0, 0, 3);
        assertThat(lists.getLast().getLessonsList())
                .extracting(Lesson::getTitle)
                .containsExactly("Lesson", "Second");
    }

    @Test
    void sendsOneStatementForAWholeCourse() throws Exception {
        var author = campus.author();
        var course = campus.published(author, "Large");
        insertOutline(course, 50, 20);
        var statements = platform.statements("courses", () -> {
            var sections = sectionsOf(course);
            assertThat(sections).hasSize(51);
            var lists = campus.lessonsAnonymously()
                    .batchListLessons(BatchListLessonsRequest.newBuilder()
                            .addAllSectionIds(
                                    sections.stream().map(Section::getId).toList())
                            .build())
                    .getListsList();
            assertThat(lists.stream().mapToInt(LessonList::getLessonsCount).sum())
                    .isEqualTo(1_001);
            return lists;
        });
        assertThat(statements).isEqualTo(2);
    }

    private static void insertOutline(Course course, int sections, int lessonsOfEach) {
        platform.superuser()
                .useHandle(handle -> IntStream.rangeClosed(1, sections)
                        .forEach(place -> handle.createUpdate("""
                                WITH section AS (
                                    INSERT INTO courses.course_sections (id, course_id, title, sort_order)
                                    VALUES (uuidv7(), CAST(:course AS uuid), 'Section', :place) RETURNING id, course_id)
                                INSERT INTO courses.lessons (id, section_id, course_id, title, type, sort_order)
                                SELECT uuidv7(), id, course_id, 'Lesson', 'ARTICLE', number
                                FROM section CROSS JOIN generate_series(1, :lessons) number
                                """)
                                .bind("course", course.getId())
                                .bind("place", place)
                                .bind("lessons", lessonsOfEach)
                                .execute()));
    }

    private Section sectionOf(Course course) {
        return sectionsOf(course).getFirst();
    }

    private List<Section> sectionsOf(Course course) {
        return campus.sections(campus.learner())
                .batchListSections(BatchListSectionsRequest.newBuilder()
                        .addCourseIds(course.getId())
                        .build())
                .getLists(0)
                .getSectionsList();
    }

    private static GetLessonRequest byId(Lesson lesson) {
        return GetLessonRequest.newBuilder().setLessonId(lesson.getId()).build();
    }
}
