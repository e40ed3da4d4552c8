package org.aula.courses.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.aula.api.courses.v1.BatchListLessonsRequest;
import org.aula.api.courses.v1.BatchListSectionsRequest;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.DeleteLessonRequest;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.api.courses.v1.GetLessonRequest;
import org.aula.api.courses.v1.Lesson;
import org.aula.api.courses.v1.LessonType;
import org.aula.api.courses.v1.ReorderLessonsRequest;
import org.aula.api.courses.v1.Section;
import org.aula.api.courses.v1.SectionLessons;
import org.aula.api.courses.v1.SetLessonPrerequisitesRequest;
import org.aula.api.courses.v1.UpdateLessonRequest;
import org.aula.courses.Campus;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Changes of a course's lessons.
class LessonOutlineTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private final Campus campus = new Campus(platform);
    private final TestUser author = campus.author();
    private final Course course = campus.draft(author, "Course");
    private final Section section = campus.section(author, course, "Section");

    @Test
    void changesWhatTheMaskNames() throws Exception {
        var lesson = campus.lesson(author, section, "Before");
        var request = UpdateLessonRequest.newBuilder()
                .setLessonId(lesson.getId())
                .setEtag(lesson.getEtag())
                .setUpdateMask(
                        mask("type", "duration", "preview", "mandatory", "external_url", "live_time", "release_time"))
                .setTitle("ignored")
                .setType(LessonType.LESSON_TYPE_LIVE_SESSION)
                .setDuration(Duration.newBuilder().setSeconds(60).setNanos(7))
                .setPreview(true)
                .setExternalUrl("https://meet.example.org/1")
                .setLiveTime(Timestamp.newBuilder().setSeconds(2_000_000_000).setNanos(123_456_789))
                .setReleaseTime(Timestamp.newBuilder().setSeconds(1_000_000_000))
                .build();
        var changed = update(author, request);
        assertThat(changed.getTitle()).isEqualTo("Before");
        assertThat(changed.getDuration().getSeconds()).isEqualTo(60);
        assertThat(changed.getMandatory()).isFalse();
        assertThat(changed.getLiveTime().getNanos()).isEqualTo(123_456_000);
        assertThat(get(author, lesson)).isEqualTo(changed);
        assertThat(update(author, request)).as("the same again").isEqualTo(changed);
        Refusal.expect(
                Code.ABORTED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                () -> update(author, request.toBuilder().setPreview(false).build()));

        var article = update(
                author,
                UpdateLessonRequest.newBuilder()
                        .setLessonId(lesson.getId())
                        .setUpdateMask(mask("type", "release_time"))
                        .build());
        assertThat(article.getType()).isEqualTo(LessonType.LESSON_TYPE_ARTICLE);
        assertThat(article.hasLiveTime()).as("goes with the type").isFalse();
        assertThat(article.hasReleaseTime()).isFalse();
    }

    @Test
    void namesTheFieldThatCannotBeSo() throws Exception {
        var lesson = campus.lesson(author, section, "Lesson");
        var request = UpdateLessonRequest.newBuilder().setLessonId(lesson.getId());
        var noSession = request.clone()
                .setUpdateMask(mask("live_time"))
                .setLiveTime(Timestamp.newBuilder().setSeconds(1))
                .build();
        assertThat(Refusal.of(() -> update(author, noSession)).fields()).containsExactly("live_time");
        var untitled =
                request.clone().setUpdateMask(mask("title")).setTitle(" ").build();
        assertThat(Refusal.of(() -> update(author, untitled)).fields()).containsExactly("title");
        var never = request.clone()
                .setUpdateMask(mask("release_time"))
                .setReleaseTime(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))
                .build();
        assertThat(Refusal.of(() -> update(author, never)).fields()).containsExactly("release_time");
    }

    @Test
    void isChangedByTheOwnerOnlyAndExistsForThoseWhoSeeTheCourse() throws Exception {
        var hidden = campus.lesson(author, section, "Hidden");
        var published = campus.published(author, "Open");
        var open = list(published).getFirst();
        var stranger = campus.author();
        for (var call : changesBy(stranger, open)) {
            Refusal.expect(Code.PERMISSION_DENIED, org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER, call);
        }
        for (var call : changesBy(stranger, hidden)) {
            Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_LESSON_NOT_FOUND, call);
        }
        for (var call :
                changesBy(author, hidden.toBuilder().setId(Campus.newId()).build())) {
            Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_LESSON_NOT_FOUND, call);
        }
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> reorder(stranger, published, order(open.getSectionId(), open.getId())));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_COURSE_NOT_FOUND,
                () -> reorder(stranger, course, order(section.getId(), hidden.getId())));
    }

    @Test
    void isGoneOnceDeletedAlsoAsAPrerequisite() throws Exception {
        var first = campus.lesson(author, section, "First");
        var second = campus.lesson(author, section, "Second");
        require(author, second, first);
        Refusal.expect(
                Code.ABORTED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                () -> delete(author, first, "99"));
        delete(author, first, first.getEtag());
        assertThat(list(course)).extracting(Lesson::getId).containsExactly(second.getId());
        assertThat(get(author, second).getPrerequisiteLessonIdsList()).isEmpty();
        for (var call : changesBy(author, first)) {
            Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_LESSON_NOT_FOUND, call);
        }
        assertThat(view("SELECT count(*) FROM courses_api.lessons WHERE id = CAST(? AS uuid)", first.getId()))
                .isZero();
    }

    @Test
    void movesManyFromSectionToSectionInConstantStatements() throws Exception {
        var other = campus.section(author, course, "Other");
        var a = campus.lesson(author, section, "A").getId();
        var b = campus.lesson(author, section, "B").getId();
        var c = campus.lesson(author, other, "C").getId();
        var ordered = reorder(author, course, order(section.getId(), c, b), order(other.getId(), a));
        assertThat(ordered).extracting(Lesson::getId).containsExactly(c, b, a);
        assertThat(ordered)
                .extracting(Lesson::getSectionId)
                .containsExactly(section.getId(), section.getId(), other.getId());
        assertThat(ordered).extracting(Lesson::getSortOrder).containsExactly(0, 1, 0);
        assertThat(list(course)).isEqualTo(ordered);
        assertThat(reorder(author, course, order(other.getId(), a, b, c))).hasSize(3);

        var ofThree = platform.statements(
                "courses", () -> reorder(author, course, order(section.getId(), a, b), order(other.getId(), c)));
        insertLessons(section, 997);
        var all = new ArrayList<>(list(course).stream().map(Lesson::getId).toList());
        assertThat(all).hasSize(1_000);
        Collections.reverse(all);
        var ofThousand = platform.statements(
                "courses", () -> reorder(author, course, order(other.getId(), all.toArray(String[]::new))));
        assertThat(ofThousand).isEqualTo(ofThree);
        assertThat(list(course)).extracting(Lesson::getId).containsExactlyElementsOf(all);
    }

    @Test
    void refusesAnOrderThatIsNotWholeAndChangesNothing() throws Exception {
        var other = campus.section(author, course, "Other");
        var a = campus.lesson(author, section, "A").getId();
        var b = campus.lesson(author, section, "B").getId();
        var before = list(course);
        var foreign = campus.section(author, campus.draft(author, "Foreign"), "Foreign")
                .getId();

        expectIncomplete(1, 0, order(section.getId(), b));
        expectIncomplete(1, 1, order(section.getId(), b, Campus.newId()));
        expectIncomplete(0, 1, order(section.getId(), b, a), order(other.getId(), a));
        expectIncomplete(0, 1, order(section.getId(), b), order(foreign, a));
        expectIncomplete(0, 1, order(section.getId(), b), order(section.getId(), a));
        assertThat(list(course)).isEqualTo(before);
    }

    @Test
    void staysOneOfTheOrdersThatWereAskedForAtOnce() throws Exception {
        var ids = IntStream.range(0, 6)
                .mapToObj(number ->
                        campus.lesson(author, section, "Lesson " + number).getId())
                .toList();
        var orders = IntStream.range(0, 8)
                .mapToObj(number -> {
                    var order = new ArrayList<>(ids);
                    Collections.shuffle(order, new Random(number));
                    return List.copyOf(order);
                })
                .toList();
        var refused = Campus.refusedOfAtOnce(orders.stream()
                .<Refusal.Call>map(order ->
                        () -> reorder(author, course, order(section.getId(), order.toArray(String[]::new))))
                .toList());
        assertThat(refused).isEmpty();
        assertThat(orders).contains(list(course).stream().map(Lesson::getId).toList());
        assertThat(list(course)).extracting(Lesson::getSortOrder).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void isAThousandOfACourseAtMostHoweverManyAreAddedAtOnce() throws Exception {
        insertLessons(section, 998);
        var refused = Campus.refusedOfAtOnce(IntStream.range(0, 6)
                .<Refusal.Call>mapToObj(number -> () -> campus.lesson(author, section, "Lesson"))
                .toList());
        assertThat(refused).hasSize(4).allSatisfy(refusal -> {
            assertThat(refusal.reason()).isEqualTo("TOO_MANY");
            assertThat(refusal.metadata()).containsEntry("limit", "1000");
        });
        delete(author, list(course).getFirst(), "");
        assertThat(campus.lesson(author, section, "In its place").getTitle()).isNotEmpty();
    }

    @Test
    void neverComesBeforeItself() throws Exception {
        var a = campus.lesson(author, section, "A");
        var b = campus.lesson(author, section, "B");
        var c = campus.lesson(author, section, "C");
        assertThat(require(author, b, a).getPrerequisiteLessonIdsList()).containsExactly(a.getId());
        var ofC = require(author, c, b);
        assertThat(require(author, c, b)).as("the same again").isEqualTo(ofC);
        for (var cause : List.of(a, b, c)) {
            var refusal = Refusal.expect(
                    Code.INVALID_ARGUMENT,
                    ErrorReason.ERROR_REASON_PREREQUISITE_CYCLE,
                    () -> require(author, a, cause));
            assertThat(refusal.fields()).containsExactly("prerequisite_lesson_ids");
        }
        var foreign =
                campus.lesson(author, campus.section(author, campus.draft(author, "Foreign"), "Foreign"), "Foreign");
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_LESSON_NOT_FOUND, () -> require(author, a, foreign));
        assertThat(require(author, c).getPrerequisiteLessonIdsList()).isEmpty();
        assertThat(require(author, a, c).getPrerequisiteLessonIdsList()).containsExactly(c.getId());
    }

    @Test
    void makesNoCircleAtOnce() throws Exception {
        for (var round = 0; round < 10; round++) {
            var a = campus.lesson(author, section, "A");
            var b = campus.lesson(author, section, "B");
            var refused = Campus.refusedOfAtOnce(List.of(() -> require(author, a, b), () -> require(author, b, a)));
            assertThat(refused)
                    .singleElement()
                    .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo("PREREQUISITE_CYCLE"));
        }
    }

    private void expectIncomplete(int missing, int unknown, SectionLessons... sections) throws Exception {
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_ORDER_INCOMPLETE,
                () -> reorder(author, course, sections));
        assertThat(refusal.metadata())
                .containsEntry("missing", Integer.toString(missing))
                .containsEntry("unknown", Integer.toString(unknown));
        assertThat(refusal.fields()).containsExactly("sections");
    }

    private List<Refusal.Call> changesBy(TestUser user, Lesson lesson) {
        var titled = UpdateLessonRequest.newBuilder()
                .setLessonId(lesson.getId())
                .setUpdateMask(mask("title"))
                .setTitle("Mine")
                .build();
        return List.of(() -> update(user, titled), () -> delete(user, lesson, ""), () -> require(user, lesson, lesson));
    }

    private static void insertLessons(Section section, int count) {
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("""
                                INSERT INTO courses.lessons (id, section_id, course_id, title, type, sort_order)
                                SELECT uuidv7(), CAST(:section AS uuid), CAST(:course AS uuid), 'Lesson', 'ARTICLE',
                                       1000 + number
                                FROM generate_series(1, :count) number
                                """)
                        .bind("section", section.getId())
                        .bind("course", section.getCourseId())
                        .bind("count", count)
                        .execute());
    }

    private static long view(String sql, String id) {
        return platform.superuser()
                .withHandle(handle ->
                        handle.createQuery(sql).bind(0, id).mapTo(Long.class).one());
    }

    private List<Lesson> list(Course of) {
        var sections = campus.sections(author)
                .batchListSections(BatchListSectionsRequest.newBuilder()
                        .addCourseIds(of.getId())
                        .build())
                .getLists(0)
                .getSectionsList();
        return campus
                .lessons(author)
                .batchListLessons(BatchListLessonsRequest.newBuilder()
                        .addAllSectionIds(sections.stream().map(Section::getId).toList())
                        .setFirst(1_000)
                        .build())
                .getListsList()
                .stream()
                .flatMap(lessons -> lessons.getLessonsList().stream())
                .toList();
    }

    private Lesson get(TestUser user, Lesson lesson) {
        return campus.lessons(user)
                .getLesson(GetLessonRequest.newBuilder()
                        .setLessonId(lesson.getId())
                        .build())
                .getLesson();
    }

    private Lesson update(TestUser user, UpdateLessonRequest request) {
        return campus.lessons(user).updateLesson(request).getLesson();
    }

    private Object delete(TestUser user, Lesson lesson, String etag) {
        return campus.lessons(user)
                .deleteLesson(DeleteLessonRequest.newBuilder()
                        .setLessonId(lesson.getId())
                        .setEtag(etag)
                        .build());
    }

    private Lesson require(TestUser user, Lesson lesson, Lesson... prerequisites) {
        return campus.lessons(user)
                .setLessonPrerequisites(SetLessonPrerequisitesRequest.newBuilder()
                        .setLessonId(lesson.getId())
                        .addAllPrerequisiteLessonIds(List.of(prerequisites).stream()
                                .map(Lesson::getId)
                                .toList())
                        .build())
                .getLesson();
    }

    private List<Lesson> reorder(TestUser user, Course of, SectionLessons... sections) {
        return campus.lessons(user)
                .reorderLessons(ReorderLessonsRequest.newBuilder()
                        .setCourseId(of.getId())
                        .addAllSections(List.of(sections))
                        .build())
                .getLessonsList();
    }

    private static SectionLessons order(String sectionId, String... lessonIds) {
        return SectionLessons.newBuilder()
                .setSectionId(sectionId)
                .addAllLessonIds(List.of(lessonIds))
                .build();
    }

    private static FieldMask mask(String... fields) {
        return FieldMask.newBuilder().addAllPaths(List.of(fields)).build();
    }
}
