package org.aula.enrollments.enrollment;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.aula.enrollments.enrollment.CourseBuilder.Course;
import org.aula.kernel.testing.TestPlatform;

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

    /// Whether what is counted is what the rows come to.
    public static boolean seatsAgree(TestPlatform platform, Course course) {
        return number(platform, """
                SELECT count(*) FROM enrollments.course_seats s
                WHERE course_id = '%1$s'
                    AND taken = (SELECT count(*) FROM enrollments.enrollments WHERE course_id = '%1$s'
                        AND status IN ('ENROLLED', 'IN_PROGRESS', 'PAUSED', 'COMPLETED'))
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
