package org.aula.enrollments.enrollment;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.aula.courseaccess.CourseGuard;
import org.aula.courseaccess.KnownCourse;
import org.aula.enrollments.enrollment.CourseBuilder.Course;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;

/// The tables as the superuser sees them.
public final class Rows {

    private Rows() {}

    /// Types of the events of one key, in their order.
    public static List<String> events(TestPlatform platform, String key) {
        return platform.superuser()
                .withHandle(handle ->
                        handle.createQuery("""
                                SELECT type FROM enrollments.outbox
                                WHERE key = ? AND type LIKE 'aula.enrollments.%' ORDER BY id
                                """).bind(0, key).mapTo(String.class).list());
    }

    /// Enrollments that meet a condition.
    public static long count(TestPlatform platform, String condition) {
        return number(platform, "SELECT count(*) FROM enrollments.enrollments WHERE " + condition);
    }

    /// Seats that are counted as taken.
    public static long taken(TestPlatform platform, Course course) {
        return number(platform, "SELECT taken FROM enrollments.course_seats WHERE course_id = '" + course.id() + "'");
    }

    /// Those of the courses whose lessons a user may read, as every service asks for them, in the order
    /// given.
    static List<String> open(TestPlatform platform, TestUser user, Course... courses) throws Exception {
        return known(platform, user, KnownCourse::open, courses);
    }

    /// Those of the courses that a user is or was enrolled in, in the order given.
    static List<String> enrolled(TestPlatform platform, TestUser user, Course... courses) throws Exception {
        return known(platform, user, course -> course.enrollmentId() != null, courses);
    }

    private static List<String> known(
            TestPlatform platform, TestUser user, Predicate<KnownCourse> wanted, Course... courses) throws Exception {
        var ids = Stream.of(courses).map(Course::id).toList();
        var guard = platform.bean("enrollments", CourseGuard.class);
        var database = platform.bean("enrollments", Database.class);
        var found = platform.inside("enrollments", () -> database.query(() -> guard.findAll(ids, user.id()))).stream()
                .filter(wanted)
                .map(KnownCourse::id)
                .toList();
        return ids.stream().filter(found::contains).map(UUID::toString).toList();
    }

    /// Whether what is counted is what the rows come to.
    public static boolean seatsAgree(TestPlatform platform, Course course) {
        return number(platform, """
                SELECT count(*) FROM enrollments.course_seats s
                WHERE course_id = '%1$s'
                    AND taken = (SELECT count(*) FROM enrollments.enrollments WHERE course_id = '%1$s'
                        AND opens_lessons)
                    AND offered = (SELECT count(*) FROM enrollments.waitlist_entries
                        WHERE course_id = '%1$s' AND state = 'OFFERED')
                    AND waiting = (SELECT count(*) FROM enrollments.waitlist_entries
                        WHERE course_id = '%1$s' AND state = 'WAITING')
                """.formatted(course.id())) == 1;
    }

    public static long number(TestPlatform platform, String query) {
        return platform.superuser()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(Long.class).one());
    }

    /// Enrollments whose time is over, with their seats.
    static List<UUID> expiring(TestPlatform platform, Course course, int count, Instant end) {
        var ids = new ArrayList<UUID>();
        platform.superuser().useTransaction(handle -> {
            var learners = handle.prepareBatch("""
                    INSERT INTO auth.accounts (id, email, password_hash, status)
                    VALUES (:id, :email, '-', 'ACTIVE')
                    """);
            var rows = handle.prepareBatch("""
                    INSERT INTO enrollments.enrollments (id, user_id, course_id, status, source, expires_at)
                    VALUES (:id, :userId, :courseId, 'ENROLLED', 'ADMIN', :end)
                    """);
            for (int index = 0; index < count; index++) {
                var id = UuidCreator.getTimeOrderedEpoch();
                ids.add(id);
                learners.bind("id", id).bind("email", id + "@test.example").add();
                rows.bind("id", id)
                        .bind("userId", id)
                        .bind("courseId", course.id())
                        .bind("end", end)
                        .add();
            }
            learners.execute();
            rows.execute();
            handle.execute("INSERT INTO enrollments.course_seats (course_id, taken) VALUES (?, ?)", course.id(), count);
        });
        return ids;
    }
}
