package org.aula.courses;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.aula.api.courses.v1.BatchListLessonsRequest;
import org.aula.api.courses.v1.BatchListSectionsRequest;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.CourseChanges;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.courses.v1.ListCategoriesRequest;
import org.aula.api.courses.v1.ListCoursesRequest;
import org.aula.api.courses.v1.ListTagsRequest;
import org.aula.api.courses.v1.Section;
import org.aula.api.courses.v1.UpdateCourseRequest;
import org.aula.api.courses.v1.UpdateSectionRequest;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What `make migrate` does to tables under the calls of a running service.
final class SchemaChangeTest {

    private static final List<String> TABLES =
            List.of("courses", "course_stats", "course_sections", "lessons", "course_categories", "tags", "outbox");
    private static final int ROUNDS = 3;
    /// Enough for the driver to prepare the statements for good on each of the pool's connections.
    private static final int CALLS_BETWEEN = 60;

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private final Campus campus = new Campus(platform);
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();

    @Test
    void columnsComeAndGoUnderLoadAndNoCallFails() throws Exception {
        var author = campus.author();
        var course = campus.published(author, "Changing");
        var section = campus.section(author, course, "Section");
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var caller = 0; caller < 4; caller++) {
                callers.submit(() -> call(author, course, section));
            }
            for (var round = 0; round < ROUNDS; round++) {
                awaitCalls();
                alterAll("ADD COLUMN named_by_nobody text DEFAULT ''");
                awaitCalls();
                alterAll("DROP COLUMN named_by_nobody");
            }
            awaitCalls();
            ended.set(true);
        }
        assertThat(failures).isEmpty();
    }

    private void call(TestUser author, Course course, Section section) {
        while (!ended.get()) {
            try {
                read(author, course, section);
                write(author, course, section);
            } catch (RuntimeException failure) {
                failures.add(failure);
            }
            calls.incrementAndGet();
        }
    }

    private void read(TestUser author, Course course, Section section) {
        campus.courses(author).listCourses(ListCoursesRequest.getDefaultInstance());
        campus.courses(author)
                .getCourse(GetCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .build());
        campus.sections(author)
                .batchListSections(BatchListSectionsRequest.newBuilder()
                        .addCourseIds(course.getId())
                        .build());
        campus.lessons(author)
                .batchListLessons(BatchListLessonsRequest.newBuilder()
                        .addSectionIds(section.getId())
                        .build());
        campus.tags(author).listTags(ListTagsRequest.getDefaultInstance());
        campus.categories(author).listCategories(ListCategoriesRequest.getDefaultInstance());
    }

    private void write(TestUser author, Course course, Section section) {
        var number = calls.get();
        campus.courses(author)
                .updateCourse(UpdateCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .setUpdateMask(FieldMask.newBuilder().addPaths("short_description"))
                        .setCourse(CourseChanges.newBuilder().setShortDescription("Number " + number))
                        .build());
        campus.sections(author)
                .updateSection(UpdateSectionRequest.newBuilder()
                        .setSectionId(section.getId())
                        .setUpdateMask(FieldMask.newBuilder().addPaths("title"))
                        .setTitle("Section " + number)
                        .build());
        campus.lesson(author, section, "Lesson " + number);
    }

    private void awaitCalls() throws Exception {
        var until = calls.get() + CALLS_BETWEEN;
        Await.until("calls go on", () -> calls.get() >= until);
    }

    /// Each table by itself, as a change set does.
    private static void alterAll(String change) {
        for (var table : TABLES) {
            platform.superuser().useHandle(handle -> handle.execute("ALTER TABLE courses." + table + " " + change));
        }
    }
}
