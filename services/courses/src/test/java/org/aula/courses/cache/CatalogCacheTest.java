package org.aula.courses.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.Any;
import com.google.protobuf.FieldMask;
import io.grpc.Status.Code;
import io.lettuce.core.ScanArgs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.api.courses.v1.BatchGetCoursesRequest;
import org.aula.api.courses.v1.CountCoursesRequest;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.CourseChanges;
import org.aula.api.courses.v1.CourseFilter;
import org.aula.api.courses.v1.CourseUpdated;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.courses.v1.ListCoursesRequest;
import org.aula.api.courses.v1.UpdateCourseRequest;
import org.aula.courses.Campus;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.redis.Redis;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CatalogCacheTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private final Campus campus = new Campus(platform);
    private final TestUser author = campus.author();

    private static Redis redis() {
        return platform.bean("courses", Redis.class);
    }

    private static String key(Course course) {
        return "cache:course:" + course.getId();
    }

    private Course published(String title) throws Exception {
        var course = campus.published(author, title);
        settle();
        return course;
    }

    /// Waits until the stream has told of every change, so that nothing is dropped while a test counts.
    private static void settle() throws Exception {
        Await.until("every change was heard of", CatalogCacheTest::isEverythingHeard);
    }

    private static boolean isEverythingHeard() {
        var newest = platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                                SELECT max(position) FROM courses.outbox HAVING count(*) = count(position)
                                """).mapTo(Long.class).findOne());
        return newest.isPresent()
                && redis().commands().xinfoGroups("events:{courses}").stream()
                        .map(group -> fields((List<?>) group))
                        .anyMatch(group -> "courses.cache".equals(group.get("name"))
                                && "0".equals(group.get("pending"))
                                && (newest.get() + "-0").equals(group.get("last-delivered-id")));
    }

    /// Names and values, which Redis lists in turn.
    private static Map<String, String> fields(List<?> answer) {
        var fields = new HashMap<String, String>();
        for (int i = 0; i + 1 < answer.size(); i += 2) {
            fields.put(text(answer.get(i)), text(answer.get(i + 1)));
        }
        return fields;
    }

    private static String text(@Nullable Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
    }

    private static boolean isKept(Course course) {
        return redis().commands().exists(key(course)) == 1;
    }

    private Course read(Course course) {
        return campus.coursesAnonymously()
                .getCourse(GetCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .build())
                .getCourse();
    }

    private Course readBySlug(Course course) {
        return campus.coursesAnonymously()
                .getCourse(
                        GetCourseRequest.newBuilder().setSlug(course.getSlug()).build())
                .getCourse();
    }

    private CourseFilter ofAuthor() {
        return CourseFilter.newBuilder().setInstructorId(author.id().toString()).build();
    }

    private List<Course> list() {
        return campus.coursesAnonymously()
                .listCourses(
                        ListCoursesRequest.newBuilder().setFilter(ofAuthor()).build())
                .getCoursesList();
    }

    private long count() {
        return campus.coursesAnonymously()
                .countCourses(
                        CountCoursesRequest.newBuilder().setFilter(ofAuthor()).build())
                .getTotal();
    }

    private Course rename(Course course, String title) {
        return campus.courses(author)
                .updateCourse(UpdateCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .setUpdateMask(FieldMask.newBuilder().addPaths("title"))
                        .setCourse(CourseChanges.newBuilder().setTitle(title))
                        .build())
                .getCourse();
    }

    /// Changes the row behind the service's back.
    private static void renameSecretly(Course course, String title) {
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE courses.courses SET title = ? WHERE id = ?", title, UUID.fromString(course.getId())));
    }

    /// The first who asks only has Redis looked after.
    @BeforeEach
    void redisIsKnownToBeThere() throws Exception {
        var course = published("Warm");
        Await.until("Redis is used", () -> {
            read(course);
            return isKept(course);
        });
    }

    @Test
    void aPublishedCourseIsKeptForAnHourAndReadWithoutAStatement() throws Exception {
        var course = published("Kept");
        assertThat(read(course)).isEqualTo(course);
        assertThat(readBySlug(course)).isEqualTo(course);
        assertThat(platform.statements("courses", () -> {
                    assertThat(readBySlug(course)).isEqualTo(course);
                    return read(course);
                }))
                .isZero();
        assertThat(redis().commands().ttl(key(course))).isBetween(3_500L, 3_600L);
    }

    @Test
    void manyAreReadInOneStatementAndThenInNone() throws Exception {
        var courses = new ArrayList<Course>();
        for (int number = 0; number < 5; number++) {
            courses.add(published("Many " + number));
        }
        var draft = campus.draft(author, "Draft");
        var request = BatchGetCoursesRequest.newBuilder()
                .addCourseIds(draft.getId())
                .addAllCourseIds(courses.stream().map(Course::getId).toList())
                .build();
        var first = campus.coursesAnonymously();
        assertThat(platform.statements("courses", () -> first.batchGetCourses(request)))
                .isEqualTo(1);
        var answer = campus.coursesAnonymously().batchGetCourses(request);
        assertThat(answer.getCoursesList()).isEqualTo(courses);
        assertThat(answer.getMissingIdsList()).containsExactly(draft.getId());
        assertThat(isKept(draft)).isFalse();
    }

    @Test
    void whatIsNotPublishedIsNeitherKeptNorShown() throws Exception {
        var draft = campus.draft(author, "Secret");
        campus.courses(author)
                .getCourse(
                        GetCourseRequest.newBuilder().setCourseId(draft.getId()).build());
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, () -> read(draft));
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, () -> readBySlug(draft));
        assertThat(isKept(draft)).isFalse();
        var published = published("Published");
        assertThat(read(published).getReturnReason()).isEmpty();
    }

    @Test
    void listsAndCountsAreKeptAndChangesAreSeenAtOnce() throws Exception {
        var first = published("First");
        assertThat(list()).contains(first);
        var before = count();
        assertThat(platform.statements("courses", () -> {
                    list();
                    return count();
                }))
                .isZero();

        var second = published("Second");
        assertThat(list()).contains(first, second);
        assertThat(count()).isEqualTo(before + 1);
        for (int number = 0; number < 20; number++) {
            var changed = rename(first, "First " + number);
            assertThat(read(first)).isEqualTo(changed);
            assertThat(list()).contains(changed, second).doesNotContain(first);
        }
        var pages = redis().commands()
                .scan(ScanArgs.Builder.matches("cache:catalog:page:*").limit(100_000))
                .getKeys();
        assertThat(pages)
                .filteredOn(key -> !key.endsWith(":generation"))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(redis().commands().ttl(key)).isBetween(1L, 600L));
    }

    @Test
    void pagesAreKeptWhateverTheirTokensLookLike() throws Exception {
        for (int number = 0; number < 4; number++) {
            published("Page " + number);
        }
        var request = ListCoursesRequest.newBuilder().setFilter(ofAuthor()).setPageSize(2);
        var one = campus.coursesAnonymously().listCourses(request.build());
        var two = campus.coursesAnonymously().listCourses(request.build());
        assertThat(one.getNextPageToken()).isNotEqualTo(two.getNextPageToken());
        var next = campus.coursesAnonymously()
                .listCourses(
                        request.clone().setPageToken(one.getNextPageToken()).build());
        assertThat(platform.statements("courses", () -> {
                    var same = campus.coursesAnonymously()
                            .listCourses(request.clone()
                                    .setPageToken(two.getNextPageToken())
                                    .build());
                    assertThat(same.getCoursesList()).isEqualTo(next.getCoursesList());
                    return same;
                }))
                .isZero();
        assertThat(next.getCoursesList()).doesNotContainAnyElementsOf(one.getCoursesList());
    }

    @Test
    void whatAStrangerMayAskInEndlessWaysIsNotKept() throws Exception {
        published("Endless");
        for (var filter : List.of(
                ofAuthor().toBuilder().setText("endless").build(),
                ofAuthor().toBuilder().setPriceFromMinor(17).build())) {
            var list = ListCoursesRequest.newBuilder().setFilter(filter).build();
            var count = CountCoursesRequest.newBuilder().setFilter(filter).build();
            var visitor = campus.coursesAnonymously();
            visitor.listCourses(list);
            visitor.countCourses(count);
            assertThat(platform.statements("courses", () -> visitor.listCourses(list)))
                    .isEqualTo(1);
            assertThat(platform.statements("courses", () -> visitor.countCourses(count)))
                    .isEqualTo(1);
        }
    }

    @Test
    void whoIsSignedInReadsTheRows() throws Exception {
        var course = published("Row");
        read(course);
        renameSecretly(course, "Behind the back");
        assertThat(read(course).getTitle()).isEqualTo("Row");
        assertThat(campus.courses(author)
                        .getCourse(GetCourseRequest.newBuilder()
                                .setCourseId(course.getId())
                                .build())
                        .getCourse()
                        .getTitle())
                .isEqualTo("Behind the back");
    }

    @Test
    void anEventOfAChangeThatNobodyDroppedIsEnough() throws Exception {
        var course = published("Old");
        read(course);
        renameSecretly(course, "New");
        assertThat(read(course).getTitle()).isEqualTo("Old");
        tellSecretly(course);
        Await.untilHolds(() -> assertThat(read(course).getTitle()).isEqualTo("New"));
    }

    /// Writes an event as a process would that died right after its commit.
    private static void tellSecretly(Course course) {
        var event = CourseUpdated.newBuilder().setCourseId(course.getId()).build();
        var eventId = UuidCreator.getTimeOrderedEpoch();
        var type = CourseUpdated.getDescriptor().getFullName();
        var envelope = EventEnvelope.newBuilder()
                .setEventId(eventId.toString())
                .setType(type)
                .setKey(course.getId())
                .setPayload(Any.pack(event))
                .build();
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "INSERT INTO courses.outbox (event_id, type, key, envelope) VALUES (?, ?, ?, ?)",
                        eventId,
                        type,
                        course.getId(),
                        envelope.toByteArray()));
    }

    @Test
    void aChangeThatIsTakenBackDropsNothing() throws Exception {
        var course = published("Kept on");
        read(course);
        var database = platform.bean("courses", Database.class);
        var outbox = platform.bean("courses", Outbox.class);
        assertThatThrownBy(() -> platform.inside(
                        "courses",
                        () -> database.transact(() -> {
                            outbox.append(CourseUpdated.newBuilder()
                                    .setCourseId(course.getId())
                                    .build());
                            throw new IllegalStateException("taken back");
                        })))
                .hasMessage("taken back");
        assertThat(isKept(course)).isTrue();
    }

    @Test
    void aStampedeOfTwoHundredIsOneLoad() throws Exception {
        var course = published("Trampled");
        for (Callable<Object> question : List.<Callable<Object>>of(() -> read(course), this::list, this::count)) {
            assertThat(platform.statements("courses", () -> stampede(question))).isEqualTo(1);
        }
    }

    private static Object stampede(Callable<Object> question) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<java.util.concurrent.Future<Object>>();
            for (int number = 0; number < 200; number++) {
                answers.add(threads.submit(question));
            }
            var first = answers.getFirst().get();
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(first);
            }
            return first;
        }
    }
}
