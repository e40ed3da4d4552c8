package org.aula.courses.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.aula.api.courses.v1.CountCoursesRequest;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.CourseChanges;
import org.aula.api.courses.v1.CourseFilter;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.courses.v1.ListCoursesRequest;
import org.aula.api.courses.v1.UpdateCourseRequest;
import org.aula.courses.Campus;
import org.aula.kernel.redis.Redis;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.FaultProxy;
import org.aula.kernel.testing.TestEngines;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Redis stands behind a gate.
class RedisAwayTest {

    private static final String REDIS_URL =
            Objects.requireNonNull(TestEngines.forServices().get("REDIS_URL"));
    private static final RedisURI REDIS = RedisURI.create(REDIS_URL);
    private static final String ADDRESS = REDIS.getHost() + ":" + REDIS.getPort();
    private static final FaultProxy GATE = FaultProxy.before(ADDRESS);

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses")
            .setting("COURSES_REDIS_URL", REDIS_URL.replace(ADDRESS, "127.0.0.1:" + GATE.port()));

    private final Campus campus = new Campus(platform);
    private final TestUser author = campus.author();

    @AfterAll
    static void close() throws IOException {
        GATE.close();
    }

    private String title(Course course) {
        return campus.coursesAnonymously()
                .getCourse(GetCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .build())
                .getCourse()
                .getTitle();
    }

    private List<String> titles() {
        return campus
                .coursesAnonymously()
                .listCourses(ListCoursesRequest.newBuilder()
                        .setFilter(CourseFilter.newBuilder()
                                .setInstructorId(author.id().toString()))
                        .build())
                .getCoursesList()
                .stream()
                .map(Course::getTitle)
                .toList();
    }

    private void rename(Course course, String title) {
        campus.courses(author)
                .updateCourse(UpdateCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .setUpdateMask(FieldMask.newBuilder().addPaths("title"))
                        .setCourse(CourseChanges.newBuilder().setTitle(title))
                        .build());
    }

    @Test
    void withoutRedisRowsAreReadAndChangesAreSeenAtOnce() throws Exception {
        GATE.shut();
        var course = campus.published(author, "Course");
        for (int number = 0; number < 10; number++) {
            rename(course, "Course " + number);
            assertThat(title(course)).isEqualTo("Course " + number);
            assertThat(titles()).containsExactly("Course " + number);
        }
        assertThat(campus.coursesAnonymously()
                        .countCourses(CountCoursesRequest.getDefaultInstance())
                        .getTotal())
                .isPositive();
        assertThat(platform.statements("courses", () -> title(course))).isEqualTo(1);
    }

    @Test
    void aRedisThatComesBackIsUsedAgainAndNothingOfBeforeIsShown() throws Exception {
        GATE.open();
        var course = campus.published(author, "Before");
        awaitKept(course);
        assertThat(titles()).containsExactly("Before");
        GATE.shut();
        rename(course, "After");
        assertThat(title(course)).isEqualTo("After");

        GATE.open();

        var end = System.nanoTime() + 3_000_000_000L;
        while (System.nanoTime() < end) {
            assertThat(title(course)).isEqualTo("After");
            assertThat(titles()).containsExactly("After");
        }
        Await.until("Redis is used", () -> platform.statements("courses", () -> title(course)) == 0);
    }

    @Test
    void aRedisThatAnswersNothingIsLeftAlone() throws Exception {
        GATE.open();
        var course = campus.published(author, "Stuck");
        awaitKept(course);
        GATE.stall();
        for (int number = 0; number < 20; number++) {
            assertThat(title(course)).isEqualTo("Stuck");
        }
        assertThat(platform.statements("courses", () -> title(course))).isEqualTo(1);
        GATE.open();
    }

    private void awaitKept(Course course) throws Exception {
        Await.until("the course is kept", () -> {
            title(course);
            try {
                return platform.bean("courses", Redis.class).commands().exists("cache:course:" + course.getId()) == 1;
            } catch (RedisException notYet) {
                return false;
            }
        });
    }
}
