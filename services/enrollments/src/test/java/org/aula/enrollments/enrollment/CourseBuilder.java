package org.aula.enrollments.enrollment;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A course with one section, written past `courses`, which is not needed here.
public final class CourseBuilder {

    /// What the tests want to know of it.
    public record Course(UUID id, List<UUID> mandatory, List<UUID> optional) {
        public String name() {
            return id.toString();
        }

        public String lesson(int index) {
            return mandatory.get(index).toString();
        }
    }

    private final TestPlatform platform;
    private String status = "PUBLISHED";
    private long priceMinor;
    private int mandatory = 2;
    private int optional;
    private @Nullable Integer seats;
    private @Nullable UUID instructor;
    private List<Course> required = List.of();

    private CourseBuilder(TestPlatform platform) {
        this.platform = platform;
    }

    public static CourseBuilder aCourse(TestPlatform platform) {
        return new CourseBuilder(platform);
    }

    public CourseBuilder draft() {
        status = "DRAFT";
        return this;
    }

    public CourseBuilder priced(long minor) {
        priceMinor = minor;
        return this;
    }

    public CourseBuilder lessons(int mandatoryLessons, int optionalLessons) {
        mandatory = mandatoryLessons;
        optional = optionalLessons;
        return this;
    }

    public CourseBuilder seats(int count) {
        seats = count;
        return this;
    }

    public CourseBuilder taughtBy(TestUser user) {
        instructor = user.id();
        return this;
    }

    public CourseBuilder after(Course... courses) {
        required = List.of(courses);
        return this;
    }

    public Course build() {
        var id = UuidCreator.getTimeOrderedEpoch();
        var sectionId = UuidCreator.getTimeOrderedEpoch();
        var owner = instructor == null ? platform.account() : instructor;
        return platform.superuser().inTransaction(handle -> {
            handle.createUpdate("""
                            INSERT INTO courses.courses (
                                id, instructor_id, title, slug, price_minor, status, max_students, published_at)
                            VALUES (:id, :instructor, 'A course', :slug, :price, :status, :seats, now())
                            """)
                    .bind("id", id)
                    .bind("instructor", owner)
                    .bind("seats", seats)
                    .bind("slug", "course-" + id)
                    .bind("price", priceMinor)
                    .bind("status", status)
                    .execute();
            handle.execute(
                    "INSERT INTO courses.course_sections (id, course_id, title, sort_order) VALUES (?, ?, 'One', 0)",
                    sectionId,
                    id);
            required.forEach(course -> handle.execute(
                    "INSERT INTO courses.course_prerequisites (course_id, prerequisite_id) VALUES (?, ?)",
                    id,
                    course.id()));
            return new Course(
                    id,
                    lessons(handle, id, sectionId, mandatory, true),
                    lessons(handle, id, sectionId, optional, false));
        });
    }

    private static List<UUID> lessons(Handle handle, UUID courseId, UUID sectionId, int count, boolean mandatory) {
        var ids = new ArrayList<UUID>();
        for (int index = 0; index < count; index++) {
            var id = UuidCreator.getTimeOrderedEpoch();
            handle.execute("""
                    INSERT INTO courses.lessons (id, section_id, course_id, title, type, mandatory, sort_order)
                    VALUES (?, ?, ?, 'A lesson', 'ARTICLE', ?, ?)
                    """, id, sectionId, courseId, mandatory, index);
            ids.add(id);
        }
        return List.copyOf(ids);
    }
}
