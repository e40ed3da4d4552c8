package org.aula.courses.course;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.courses.v1.CountCoursesRequest;
import org.aula.api.courses.v1.CountCoursesResponse;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.CourseFilter;
import org.aula.api.courses.v1.CourseLevel;
import org.aula.api.courses.v1.CourseOrder;
import org.aula.api.courses.v1.FacetCount;
import org.aula.api.courses.v1.ListCoursesRequest;
import org.aula.courses.Campus;
import org.aula.courses.course.Shelf.Book;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the catalog finds, against what a plain loop finds in the same random courses.
class CatalogTest {

    private static final int BOOKS = 120;

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private final Campus campus = new Campus(platform);

    /// What each filter asks, and what it should find.
    private static Map<CourseFilter, Predicate<Book>> filters(Shelf shelf) {
        var filters = new LinkedHashMap<CourseFilter, Predicate<Book>>();
        var all = shelf.filter();
        filters.put(all.build(), book -> true);
        for (var category : shelf.categories()) {
            filters.put(
                    all.clone().setCategoryId(category.toString()).build(),
                    book -> shelf.isBelow(book.category(), category));
        }
        for (int count = 1; count <= shelf.tags().size(); count++) {
            var tags = shelf.tags().subList(0, count);
            filters.put(
                    all.clone()
                            .addAllTagIds(tags.stream().map(Object::toString).toList())
                            .build(),
                    book -> book.tags().containsAll(tags));
        }
        filters.put(
                all.clone().setLevel(CourseLevel.COURSE_LEVEL_ADVANCED).build(),
                book -> book.level().equals("ADVANCED"));
        filters.put(
                all.clone().setLanguageCode("pt-BR").build(),
                book -> book.language().equals("pt-BR"));
        filters.put(all.clone().setFreeOnly(true).build(), book -> book.price() == 0);
        filters.put(all.clone().setFeaturedOnly(true).build(), Book::featured);
        filters.put(
                all.clone().setPriceFromMinor(500).setPriceToMinor(1200).build(),
                book -> book.price() >= 500
                        && book.price() <= 1200
                        && book.currency().equals("USD"));
        filters.put(
                all.clone().setPriceToMinor(900).setPriceCurrencyCode("EUR").build(),
                book -> book.price() == 0
                        || (book.price() <= 900 && book.currency().equals("EUR")));
        filters.put(all.clone().setPriceToMinor(0).build(), book -> book.price() == 0);
        filters.put(
                all.clone().setPriceFromMinor(1500).build(),
                book -> book.price() >= 1500 && book.currency().equals("USD"));
        for (var rating : List.of(1.0, 2.5, 3.33, 4.1, 5.0)) {
            filters.put(
                    all.clone().setRatingFrom(rating).build(),
                    book -> book.ratingHundredths() >= Math.round(rating * 100));
        }
        filters.put(
                all.clone()
                        .setCategoryId(shelf.top().toString())
                        .setRatingFrom(2)
                        .setLevel(CourseLevel.COURSE_LEVEL_BEGINNER)
                        .addTagIds(shelf.tags().getFirst().toString())
                        .setText("title")
                        .build(),
                book -> shelf.isBelow(book.category(), shelf.top())
                        && book.ratingHundredths() >= 200
                        && book.level().equals("BEGINNER")
                        && book.tags().contains(shelf.tags().getFirst()));
        return filters;
    }

    @Test
    void everyFilterFindsWhatAPlainLoopFinds() {
        var shelf = Shelf.of(platform, BOOKS, 1);
        filters(shelf)
                .forEach((filter, predicate) -> assertThat(ids(walk(filter, CourseOrder.COURSE_ORDER_NEWEST, 50)))
                        .as("%s", filter)
                        .containsExactlyInAnyOrderElementsOf(shelf.books().stream()
                                .filter(predicate)
                                .map(book -> book.id().toString())
                                .toList()));
    }

    @Test
    void countsAreThoseOfAPlainLoop() {
        var shelf = Shelf.of(platform, BOOKS, 2);
        filters(shelf).forEach((filter, predicate) -> {
            var found = shelf.books().stream().filter(predicate).toList();
            var counts = count(filter);
            assertThat(counts.getTotal()).as("%s", filter).isEqualTo(found.size());
            assertThat(counts.getFree())
                    .isEqualTo(found.stream().filter(book -> book.price() == 0).count());
            assertThat(asMap(counts.getLevelsList()))
                    .isEqualTo(found.stream().collect(Collectors.groupingBy(Book::level, Collectors.counting())));
            assertThat(asMap(counts.getLanguagesList()))
                    .isEqualTo(found.stream().collect(Collectors.groupingBy(Book::language, Collectors.counting())));
            assertThat(asMap(counts.getTagsList()))
                    .isEqualTo(found.stream()
                            .flatMap(book -> book.tags().stream())
                            .collect(Collectors.groupingBy(Object::toString, Collectors.counting())));
            var categories = new HashMap<String, Long>();
            found.forEach(book -> shelf.categories().stream()
                    .filter(category -> shelf.isBelow(book.category(), category))
                    .forEach(category -> categories.merge(category.toString(), 1L, Long::sum)));
            assertThat(asMap(counts.getCategoriesList())).isEqualTo(categories);
            assertThat(counts.getCategoriesList())
                    .isSortedAccordingTo(
                            Comparator.comparing(FacetCount::getCount).reversed());
            assertThat(counts.getRatingsList()).extracting(FacetCount::getValue).containsExactly("4", "3", "2", "1");
            counts.getRatingsList()
                    .forEach(rating -> assertThat(rating.getCount())
                            .isEqualTo(found.stream()
                                    .filter(book -> book.ratingHundredths() >= 100 * Long.parseLong(rating.getValue()))
                                    .count()));
        });
    }

    @Test
    void aHundredTagsAreCountedAtMost() {
        var shelf = Shelf.of(platform, 20, 31);
        platform.superuser()
                .useHandle(
                        handle -> handle.execute("""
                        WITH tag AS (
                            INSERT INTO courses.tags (id, name)
                            SELECT uuidv7(), 'many ' || gen_random_uuid() FROM generate_series(1, 101) RETURNING id)
                        INSERT INTO courses.course_tags (course_id, tag_id) SELECT ?, id FROM tag
                        """, shelf.books().getFirst().id()));
        assertThat(count(shelf.filter().build()).getTagsCount()).isEqualTo(100);
    }

    @Test
    void categoriesThatAreNotOfferedAreNotCounted() {
        var shelf = Shelf.of(platform, 20, 3);
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE courses.course_categories SET active = false WHERE id = ?", shelf.top()));
        assertThat(asMap(count(shelf.filter().build()).getCategoriesList()).keySet())
                .isSubsetOf(shelf.categories().getLast().toString());
    }

    @ParameterizedTest
    @EnumSource(value = CourseOrder.class, names = "UNRECOGNIZED", mode = EnumSource.Mode.EXCLUDE)
    void everyOrderIsWalkedWithoutGapOrRepetitionWhileOthersPublish(CourseOrder order) throws Exception {
        var shelf = Shelf.of(platform, BOOKS, 4 + order.getNumber());
        var filter = shelf.filter().build();
        var before = ids(walk(filter, order, 100));
        assertThat(before).hasSize(BOOKS);
        assertThat(walk(filter, order, 100)).isSortedAccordingTo(comparator(order));

        var number = new AtomicInteger();
        var walked = walk(filter, order, 7, () -> shelf.addOne(platform, number.incrementAndGet()));

        assertThat(ids(walked)).doesNotHaveDuplicates().containsAll(before);
        assertThat(walked).isSortedAccordingTo(comparator(order));
        assertThat(ids(walked).stream().filter(before::contains).toList()).isEqualTo(before);
    }

    private static Comparator<Course> comparator(CourseOrder order) {
        return switch (order) {
            case COURSE_ORDER_UNSPECIFIED, COURSE_ORDER_NEWEST, UNRECOGNIZED ->
                Comparator.comparing(Course::getId).reversed();
            case COURSE_ORDER_TITLE ->
                Comparator.comparing((Course course) -> Shelf.numberOf(course.getTitle()))
                        .thenComparing(Course::getId);
            case COURSE_ORDER_PRICE ->
                Comparator.comparing((Course course) -> course.getPrice().getAmountMinor())
                        .thenComparing(Course::getId);
            case COURSE_ORDER_PRICE_DESCENDING ->
                Comparator.comparing((Course course) -> course.getPrice().getAmountMinor())
                        .thenComparing(Course::getId)
                        .reversed();
            case COURSE_ORDER_POPULAR ->
                Comparator.comparing(Course::getEnrollmentCount)
                        .thenComparing(Course::getId)
                        .reversed();
            case COURSE_ORDER_RATING ->
                Comparator.comparing(Course::getAverageRating)
                        .thenComparing(Course::getReviewCount)
                        .thenComparing(Course::getId)
                        .reversed();
        };
    }

    @Test
    void aThousandCoursesAreTwentyPagesOfOneStatementEach() throws Exception {
        var shelf = Shelf.of(platform, 1_000, 30);
        var author = campus.learner();
        for (var order : CourseOrder.values()) {
            if (order == CourseOrder.UNRECOGNIZED) {
                continue;
            }
            var request = ListCoursesRequest.newBuilder()
                    .setFilter(shelf.filter())
                    .setOrderBy(order)
                    .setPageSize(50);
            var pages = new ArrayList<Integer>();
            do {
                var token = new String[1];
                var stub = campus.courses(author);
                pages.add(platform.statements("courses", () -> {
                    var page = stub.listCourses(request.build());
                    token[0] = page.getNextPageToken();
                    return page;
                }));
                request.setPageToken(token[0]);
            } while (!request.getPageToken().isEmpty());
            assertThat(pages).as("%s", order).hasSize(20).containsOnly(1);
        }
        assertThat(platform.statements(
                        "courses",
                        () -> campus.courses(author)
                                .countCourses(CountCoursesRequest.newBuilder()
                                        .setFilter(shelf.filter())
                                        .build())))
                .isEqualTo(1);
    }

    @Test
    void findsWhatIsAlmostWrittenSo() {
        var author = campus.author();
        var word = "Quetzalcoatl" + Campus.newId().substring(0, 4);
        var about = campus.published(author, "All about " + word + " today");
        var typo = word.replace("zal", "zl");
        assertThat(ids(search(typo))).containsExactly(about.getId());
        assertThat(ids(search("ALL ABOUT " + typo))).containsExactly(about.getId());
        assertThat(count(CourseFilter.newBuilder().setText(typo).build()).getTotal())
                .isEqualTo(1);

        var exact = campus.published(author, "The " + typo + " of others");
        assertThat(ids(search(typo)))
                .as("also when something is written so")
                .containsExactly(exact.getId(), about.getId());
        assertThat(search("xqzw" + Campus.newId())).isEmpty();
    }

    /// Every bound of the filter and the list, each broken once.
    @Test
    void refusesWhatIsOutOfBounds() throws Exception {
        var wrong = new LinkedHashMap<String, CourseFilter.Builder>();
        var filter = CourseFilter.newBuilder();
        wrong.put("category_id", filter.clone().setCategoryId("x"));
        wrong.put("instructor_id", filter.clone().setInstructorId("x"));
        wrong.put("level", filter.clone().setLevelValue(99));
        wrong.put("language_code", filter.clone().setLanguageCode("x".repeat(36)));
        wrong.put("status", filter.clone().setStatusValue(99));
        wrong.put("text", filter.clone().setText("x".repeat(201)));
        wrong.put("tag_ids[0]", filter.clone().addTagIds("x"));
        var same = Campus.newId();
        wrong.put("tag_ids", filter.clone().addTagIds(same).addTagIds(same));
        wrong.put(
                "tag_ids ",
                filter.clone()
                        .addAllTagIds(IntStream.range(0, 11)
                                .mapToObj(number -> Campus.newId())
                                .toList()));
        wrong.put("price_from_minor", filter.clone().setPriceFromMinor(-1));
        wrong.put("price_to_minor", filter.clone().setPriceToMinor(-1));
        wrong.put("price_to_minor ", filter.clone().setPriceFromMinor(2).setPriceToMinor(1));
        wrong.put("price_currency_code", filter.clone().setPriceCurrencyCode("usd"));
        wrong.put("rating_from", filter.clone().setRatingFrom(5.01));
        wrong.put("rating_from ", filter.clone().setRatingFrom(-0.01));
        wrong.put("rating_from  ", filter.clone().setRatingFrom(Double.NaN));
        var visitor = campus.coursesAnonymously();
        for (var entry : wrong.entrySet()) {
            var field = "filter." + entry.getKey().strip();
            expectInvalid(
                    field,
                    () -> visitor.listCourses(ListCoursesRequest.newBuilder()
                            .setFilter(entry.getValue())
                            .build()));
            expectInvalid(
                    field,
                    () -> visitor.countCourses(CountCoursesRequest.newBuilder()
                            .setFilter(entry.getValue())
                            .build()));
        }
        var request = ListCoursesRequest.newBuilder();
        expectInvalid(
                "order_by",
                () -> visitor.listCourses(request.clone().setOrderByValue(99).build()));
        expectInvalid(
                "page_size",
                () -> visitor.listCourses(request.clone().setPageSize(-1).build()));
        expectInvalid(
                "page_token",
                () -> visitor.listCourses(
                        request.clone().setPageToken("x".repeat(1001)).build()));
    }

    private static void expectInvalid(String field, Refusal.Call call) throws Exception {
        var refusal = Refusal.expect(Code.INVALID_ARGUMENT, ErrorReason.ERROR_REASON_VALIDATION_FAILED, call);
        assertThat(refusal.fields()).containsExactly(field);
    }

    private List<Course> search(String text) {
        return campus.coursesAnonymously()
                .listCourses(ListCoursesRequest.newBuilder()
                        .setFilter(CourseFilter.newBuilder().setText(text))
                        .build())
                .getCoursesList();
    }

    private CountCoursesResponse count(CourseFilter filter) {
        return campus.coursesAnonymously()
                .countCourses(CountCoursesRequest.newBuilder().setFilter(filter).build());
    }

    private static Map<String, Long> asMap(List<FacetCount> counts) {
        return counts.stream().collect(Collectors.toMap(FacetCount::getValue, FacetCount::getCount));
    }

    private static List<String> ids(List<Course> courses) {
        return courses.stream().map(Course::getId).toList();
    }

    private List<Course> walk(CourseFilter filter, CourseOrder order, int size) {
        return walk(filter, order, size, () -> {});
    }

    /// Reads every page, as a signed-in user who gets no page from the cache.
    private List<Course> walk(CourseFilter filter, CourseOrder order, int size, Runnable between) {
        TestUser user = campus.learner();
        var all = new ArrayList<Course>();
        var request = ListCoursesRequest.newBuilder()
                .setFilter(filter)
                .setOrderBy(order)
                .setPageSize(size);
        do {
            var page = campus.courses(user).listCourses(request.build());
            all.addAll(page.getCoursesList());
            request.setPageToken(page.getNextPageToken());
            between.run();
        } while (!request.getPageToken().isEmpty());
        return all;
    }
}
