package org.aula.courses.course;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.common.v1.Money;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.CourseFilter;
import org.aula.api.courses.v1.CourseLevel;
import org.aula.api.courses.v1.CourseOrder;
import org.aula.api.courses.v1.CourseServiceGrpc.CourseServiceBlockingStub;
import org.aula.api.courses.v1.CourseStatus;
import org.aula.api.courses.v1.CreateCourseRequest;
import org.aula.api.courses.v1.ListCoursesRequest;
import org.aula.courses.Campus;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CourseListTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private final Campus campus = new Campus(platform);

    @Test
    void showsTheCatalogToStrangersAndEverythingToTheOwner() {
        var author = campus.author();
        var draft = campus.draft(author, "Draft");
        var published = campus.published(author, "Published");
        var ofAuthor = CourseFilter.newBuilder().setInstructorId(author.id().toString());

        assertThat(list(campus.coursesAnonymously(), ofAuthor)).containsExactly(published);
        assertThat(list(campus.courses(author), ofAuthor)).containsExactly(published, draft);
        var drafts = ofAuthor.clone().setStatus(CourseStatus.COURSE_STATUS_DRAFT);
        assertThat(list(campus.courses(campus.learner()), drafts)).isEmpty();
        assertThat(list(campus.courses(campus.administrator()), drafts)).containsExactly(draft);
    }

    @Test
    void findsByCategoryWithWhatIsBelowIt() {
        var top = campus.category("Top " + Campus.newId(), "");
        var below = campus.category("Below", campus.category("Between", top));
        var author = campus.author();
        var course = publish(author, Campus.aCourse("Deep").setCategoryId(below));
        publish(author, Campus.aCourse("Elsewhere"));
        assertThat(list(CourseFilter.newBuilder().setCategoryId(top))).containsExactly(course);
        assertThat(list(CourseFilter.newBuilder().setCategoryId(below))).containsExactly(course);
    }

    @Test
    void findsByLevelLanguageAndPrice() {
        var author = campus.author();
        var wanted = publish(
                author,
                Campus.aCourse("Wanted")
                        .setLevel(CourseLevel.COURSE_LEVEL_ADVANCED)
                        .setLanguageCode("de"));
        publish(
                author,
                Campus.aCourse("Paid")
                        .setPrice(Money.newBuilder().setAmountMinor(1).setCurrencyCode("USD")));
        var ofAuthor = CourseFilter.newBuilder().setInstructorId(author.id().toString());
        assertThat(list(ofAuthor.clone().setLevel(CourseLevel.COURSE_LEVEL_ADVANCED)))
                .containsExactly(wanted);
        assertThat(list(ofAuthor.clone().setLanguageCode("de"))).containsExactly(wanted);
        assertThat(list(ofAuthor.clone().setFreeOnly(true))).containsExactly(wanted);
    }

    @Test
    void findsByWordsAndByPartsOfTheTitle() {
        var word = "zyx" + Campus.newId().substring(0, 8);
        var author = campus.author();
        var inTitle = publish(author, Campus.aCourse("On " + word + " 100% and more"));
        var inText = publish(author, Campus.aCourse("Other").setShortDescription("All about " + word + "."));
        assertThat(list(CourseFilter.newBuilder().setText(word))).containsExactly(inText, inTitle);
        assertThat(list(CourseFilter.newBuilder().setText(word.substring(0, 9))))
                .containsExactly(inTitle);
        assertThat(list(CourseFilter.newBuilder().setText(word + " 100%"))).containsExactly(inTitle);
        var wildcard = word.substring(0, 4) + "_" + word.substring(5, 9);
        assertThat(list(CourseFilter.newBuilder().setText(wildcard))).isEmpty();
    }

    @Test
    void pagesThroughEveryOrderWithoutGapOrRepetition() {
        var author = campus.author();
        var prices = List.of(300, 100, 100, 0, 200);
        IntStream.range(0, prices.size())
                .forEach(number -> publish(
                        author,
                        Campus.aCourse(number % 2 == 0 ? "same" : "Title " + number)
                                .setPrice(Money.newBuilder()
                                        .setAmountMinor(prices.get(number))
                                        .setCurrencyCode("USD"))));
        var filter = CourseFilter.newBuilder().setInstructorId(author.id().toString());

        assertThat(pages(filter, CourseOrder.COURSE_ORDER_NEWEST))
                .hasSize(5)
                .isSortedAccordingTo(Comparator.comparing(Course::getId).reversed());
        assertThat(pages(filter, CourseOrder.COURSE_ORDER_TITLE))
                .hasSize(5)
                .isSortedAccordingTo(Comparator.comparing(
                                (Course course) -> course.getTitle().toLowerCase(java.util.Locale.ROOT))
                        .thenComparing(Course::getId));
        assertThat(pages(filter, CourseOrder.COURSE_ORDER_PRICE))
                .hasSize(5)
                .isSortedAccordingTo(Comparator.comparing(
                                (Course course) -> course.getPrice().getAmountMinor())
                        .thenComparing(Course::getId));
    }

    @Test
    void goesOnBehindAnyItem() {
        var author = campus.author();
        var first = publish(author, Campus.aCourse("First"));
        publish(author, Campus.aCourse("Second"));
        var request = ListCoursesRequest.newBuilder()
                .setFilter(CourseFilter.newBuilder().setInstructorId(author.id().toString()))
                .setWithItemTokens(true);
        var page = campus.coursesAnonymously().listCourses(request.build());
        assertThat(page.getItemTokensCount()).isEqualTo(2);
        var rest = campus.coursesAnonymously()
                .listCourses(request.setPageToken(page.getItemTokens(0)).build());
        assertThat(rest.getCoursesList()).containsExactly(first);
    }

    @Test
    void refusesTokensThatAreForgedOrOfAnotherList() throws Exception {
        var author = campus.author();
        publish(author, Campus.aCourse("First"));
        publish(author, Campus.aCourse("Second"));
        var filter = CourseFilter.newBuilder().setInstructorId(author.id().toString());
        var request = ListCoursesRequest.newBuilder().setFilter(filter).setPageSize(1);
        var token = campus.coursesAnonymously().listCourses(request.build()).getNextPageToken();
        var forged = (token.startsWith("A") ? "B" : "A") + token.substring(1);

        for (var wrong : List.of(
                request.clone().setPageToken(forged),
                request.clone().setPageToken(token).setOrderBy(CourseOrder.COURSE_ORDER_TITLE),
                request.clone().setPageToken(token).clearFilter())) {
            Refusal.expect(
                    Code.INVALID_ARGUMENT,
                    ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID,
                    () -> campus.coursesAnonymously().listCourses(wrong.build()));
        }
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID,
                () -> campus.courses(author)
                        .listCourses(request.clone().setPageToken(token).build()));
    }

    @Test
    void sendsOneStatementAPageHoweverManyCoursesThereAre() throws Exception {
        var author = campus.author();
        insertPublished(author, 1_000);
        var request = ListCoursesRequest.newBuilder()
                .setFilter(CourseFilter.newBuilder().setInstructorId(author.id().toString()))
                .setPageSize(1_000)
                .build();
        var statements = platform.statements("courses", () -> {
            var page = campus.coursesAnonymously().listCourses(request);
            assertThat(page.getCoursesList()).as("the cap").hasSize(100);
            return page;
        });
        assertThat(statements).isEqualTo(1);
    }

    private static void insertPublished(TestUser author, int count) {
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("""
                                INSERT INTO courses.courses (id, instructor_id, title, slug, status, published_at)
                                SELECT uuidv7(), :author, 'Course ' || number, :author || '-' || number, 'PUBLISHED', now()
                                FROM generate_series(1, :count) number
                                """)
                        .bind("author", author.id())
                        .bind("count", count)
                        .execute());
    }

    private Course publish(TestUser author, CreateCourseRequest.Builder request) {
        var draft = campus.courses(author).createCourse(request.build()).getCourse();
        campus.lesson(author, campus.section(author, draft, "Section"), "Lesson");
        campus.courses(author)
                .submitCourse(org.aula.api.courses.v1.SubmitCourseRequest.newBuilder()
                        .setCourseId(draft.getId())
                        .build());
        return campus.publish(draft);
    }

    private List<Course> list(CourseFilter.Builder filter) {
        return list(campus.coursesAnonymously(), filter);
    }

    private static List<Course> list(CourseServiceBlockingStub stub, CourseFilter.Builder filter) {
        return stub.listCourses(
                        ListCoursesRequest.newBuilder().setFilter(filter).build())
                .getCoursesList();
    }

    private List<Course> pages(CourseFilter.Builder filter, CourseOrder order) {
        var all = new ArrayList<Course>();
        var request = ListCoursesRequest.newBuilder()
                .setFilter(filter)
                .setOrderBy(order)
                .setPageSize(2);
        do {
            var page = campus.coursesAnonymously().listCourses(request.build());
            all.addAll(page.getCoursesList());
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return all;
    }
}
