package org.aula.courses.course;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.aula.api.courses.v1.CourseFilter;
import org.aula.kernel.sort.SortKeys;
import org.aula.kernel.testing.TestPlatform;
import org.jdbi.v3.core.Handle;

/// A catalog of one instructor's random courses, and what a filter should find in it.
///
/// @param top a category with two levels below it
record Shelf(UUID instructor, List<Book> books, UUID top, List<UUID> categories, List<UUID> tags) {

    private static final String TITLE = "Title ";
    private static final List<String> LEVELS = List.of("BEGINNER", "INTERMEDIATE", "ADVANCED");
    private static final List<String> LANGUAGES = List.of("en", "de", "fr", "pt-BR");

    /// A course as it was put into the tables.
    public record Book(
            UUID id,
            UUID category,
            String title,
            String level,
            String language,
            long price,
            String currency,
            boolean featured,
            long enrolled,
            long ratingSum,
            long reviews,
            List<UUID> tags) {

        long ratingHundredths() {
            return reviews == 0 ? 0 : Math.round(ratingSum * 100.0 / reviews);
        }
    }

    static Shelf of(TestPlatform platform, int count, long seed) {
        var random = new Random(seed);
        var instructor = platform.account();
        var top = id();
        var middle = id();
        var categories = List.of(top, middle, id(), id());
        var tags = List.of(id(), id(), id(), id());
        var books = new ArrayList<Book>();
        for (int number = 0; number < count; number++) {
            books.add(book(random, categories, tags));
        }
        var shelf = new Shelf(instructor, books, top, categories, tags);
        shelf.write(platform, middle);
        return shelf;
    }

    private static Book book(Random random, List<UUID> categories, List<UUID> tags) {
        var reviews = random.nextInt(4);
        var free = random.nextInt(3) == 0;
        return new Book(
                id(),
                categories.get(random.nextInt(categories.size())),
                TITLE + random.nextInt(30),
                LEVELS.get(random.nextInt(LEVELS.size())),
                LANGUAGES.get(random.nextInt(LANGUAGES.size())),
                free ? 0 : 100L * random.nextInt(20),
                random.nextInt(4) == 0 ? "EUR" : "USD",
                random.nextInt(5) == 0,
                random.nextInt(6),
                reviews == 0 ? 0 : reviews + random.nextInt(4 * reviews + 1),
                reviews,
                tags.stream().filter(tag -> random.nextBoolean()).toList());
    }

    /// By which titles are ordered: the second comes before the tenth.
    static int numberOf(String title) {
        return Integer.parseInt(title.substring(TITLE.length()));
    }

    private static UUID id() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    CourseFilter.Builder filter() {
        return CourseFilter.newBuilder().setInstructorId(instructor.toString());
    }

    /// The third category lies below the second, the second below the top, the fourth alone.
    boolean isBelow(UUID category, UUID ancestor) {
        var path = categories.subList(0, 3);
        return category.equals(ancestor)
                || (path.contains(category)
                        && path.contains(ancestor)
                        && path.indexOf(category) > path.indexOf(ancestor));
    }

    /// One more course at once, as somebody else would publish it meanwhile.
    void addOne(TestPlatform platform, int number) {
        var book = book(new Random(number), categories, tags);
        platform.superuser().useHandle(handle -> insert(handle, book));
    }

    private void write(TestPlatform platform, UUID middle) {
        platform.superuser().useTransaction(handle -> {
            for (var category : categories) {
                var parent = category.equals(middle) ? top : category.equals(categories.get(2)) ? middle : null;
                handle.createUpdate("""
                                INSERT INTO courses.course_categories (id, name, slug, parent_id)
                                VALUES (:id, :name, :name, :parent)
                                """)
                        .bind("id", category)
                        .bind("name", category.toString())
                        .bind("parent", parent)
                        .execute();
            }
            for (var tag : tags) {
                handle.execute("INSERT INTO courses.tags (id, name) VALUES (?, ?)", tag, tag.toString());
            }
            books.forEach(book -> insert(handle, book));
        });
    }

    private void insert(Handle handle, Book book) {
        handle.createUpdate("""
                        INSERT INTO courses.courses (
                            id, instructor_id, category_id, title, slug, status, published_at, level, language_code,
                            price_minor, currency_code, featured, sort_key)
                        VALUES (
                            :id, :instructor, :category, :title, CAST(:id AS text), 'PUBLISHED', now(), :level,
                            :language, :price, :currency, :featured, :sortKey)
                        """)
                .bindMethods(book)
                .bind("sortKey", SortKeys.of(book.title()))
                .bind("instructor", instructor)
                .execute();
        handle.createUpdate("""
                        UPDATE courses.course_stats
                        SET enrollment_count = :enrolled, rating_sum = :ratingSum, review_count = :reviews
                        WHERE course_id = :id
                        """).bindMethods(book).execute();
        for (var tag : book.tags()) {
            handle.execute("INSERT INTO courses.course_tags (course_id, tag_id) VALUES (?, ?)", book.id(), tag);
        }
    }
}
