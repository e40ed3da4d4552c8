package org.aula.enrollments.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Duration;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Years are there before they come.
final class PartitionsTest {

    private static final PinnedClock clock = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("enrollments").at(clock);

    @Test
    void the_job_of_a_later_year_makes_ten_years_ahead() throws Exception {
        var year = Year.now(ZoneOffset.UTC).getValue();
        assertThat(exists(year + 12)).isFalse();
        clock.advance(Duration.ofDays(2 * 366));

        for (int run = 0; run < 2; run++) {
            platform.inside("enrollments", () -> {
                platform.bean("enrollments", PartitionJob.class).run();
                return true;
            });
        }

        IntStream.rangeClosed(year, year + 12)
                .forEach(ahead -> assertThat(exists(ahead)).isTrue());
        assertThat(exists(year + 14)).isFalse();
        var id = UuidCreator.getTimeOrderedEpoch(clock.instant().plus(Duration.ofDays(3_650)));
        var course = CourseBuilder.aCourse(platform).build();
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "INSERT INTO enrollments.enrollments (id, user_id, course_id, status, source) "
                                + "VALUES (?, ?, ?, 'ENROLLED', 'FREE')",
                        id,
                        platform.account(),
                        course.id()));
        assertThat(Rows.count(platform, "id = '" + id + "'")).isEqualTo(1);
    }

    @Test
    void ten_years_ahead_are_there_and_each_is_made_once() {
        var year = Year.now(ZoneOffset.UTC).getValue();
        IntStream.rangeClosed(year, year + 10)
                .forEach(ahead -> assertThat(exists(ahead)).isTrue());
        var later = year + 40;
        platform.superuser().useTransaction(handle -> {
            var made = handle.createQuery("SELECT enrollments.make_partitions(?)")
                    .bind(0, later)
                    .mapTo(Integer.class)
                    .one();
            var again = handle.createQuery("SELECT enrollments.make_partitions(?)")
                    .bind(0, later)
                    .mapTo(Integer.class)
                    .one();
            var place = handle.createQuery("""
                            SELECT pg_get_expr(relpartbound, oid) LIKE '%' || public.uuid_v7_year_start(?) || '%'
                            FROM pg_class WHERE oid = to_regclass('enrollments.enrollments_' || ?)
                            """)
                    .bind(0, later)
                    .bind(1, later)
                    .mapTo(Boolean.class)
                    .one();
            assertThat(made).isPositive();
            assertThat(made % 2).as("of both tables").isZero();
            assertThat(again).isZero();
            assertThat(place).isTrue();
            handle.rollback();
        });
    }

    private static boolean exists(int year) {
        return Rows.number(platform, """
                SELECT count(to_regclass('enrollments.enrollments_%1$d'))
                     + count(to_regclass('enrollments.lesson_progress_%1$d'))
                """.formatted(year)) == 2;
    }
}
