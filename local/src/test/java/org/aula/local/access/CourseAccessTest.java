package org.aula.local.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.aula.api.auth.v1.AccessChanged;
import org.aula.api.enrollments.v1.CompleteLessonRequest;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.api.enrollments.v1.RecordProgressRequest;
import org.aula.courseaccess.LessonConditions;
import org.aula.courseaccess.Person;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.postgres.Sql;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.local.access.CourseCast.Course;
import org.aula.local.access.CourseCast.Member;
import org.aula.local.access.CourseQuestion.Standing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/// All services are asked the same about the same people and courses, and give the same answer.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CourseAccessTest {

    @RegisterExtension
    static final TestPlatform platform =
            TestPlatform.with("courses", "content", "enrollments", "analytics", "assignments", "grades");

    private final CourseCast cast = new CourseCast(platform);

    @Test
    void everyServiceGivesTheSameAnswerAboutACourse() throws Exception {
        var differences = new ArrayList<String>();
        for (var question : CourseQuestion.ALL) {
            for (var member : cast.members()) {
                if (question.ofUsers() && member.person().id() == null) {
                    continue;
                }
                for (var course : cast.courses()) {
                    var expected = question.expected(standing(member, course));
                    var answer = answer(
                            () -> question.ask().about(course, member.channel().apply(question.service())));
                    if (!answer.equals(expected)) {
                        differences.add("%s, %s, %s: expected %s, got %s"
                                .formatted(question.name(), member.name(), course.state(), expected, answer));
                    }
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    private static Standing standing(Member member, Course course) {
        if (course.state().equals("deleted")) {
            return Standing.NOTHING;
        }
        var others = course.state().equals("published") ? Standing.KNOWS : Standing.NOTHING;
        return switch (member.name()) {
            case CourseCast.OWNER, CourseCast.ADMINISTRATOR -> Standing.TEACHES;
            case CourseCast.REVIEWER, CourseCast.SERVICE -> Standing.SEES;
            case "ENROLLED", "IN_PROGRESS", "PAUSED", "COMPLETED" ->
                course.state().equals("draft") ? others : Standing.LEARNS;
            default -> others;
        };
    }

    /// A lesson, and what who learns and who does not is answered.
    private record LessonCase(String name, UUID lesson, UUID file, String learner, String other) {}

    private LessonCase lesson(Course course, String name, UUID lesson, String learner, String other) {
        return new LessonCase(name, lesson, cast.file(course.id(), lesson), learner, other);
    }

    @Test
    void everyServiceGivesTheSameAnswerAboutALesson() throws Exception {
        for (var state : List.of("published", "archived")) {
            var course = cast.course(state);
            var learner = cast.learner(course);
            var enrollment = cast.enrollment(course, learner);
            for (var one : cases(course, learner, enrollment)) {
                expect(one, learner, one.learner());
                for (var other : List.of(CourseCast.STRANGER, "DROPPED", CourseCast.PAST_ITS_TIME)) {
                    expect(one, cast.member(other), one.other());
                }
                expect(one, cast.member(CourseCast.VISITOR), one.other());
                for (var seesAll : List.of(CourseCast.OWNER, CourseCast.REVIEWER, CourseCast.ADMINISTRATOR)) {
                    expect(
                            one,
                            cast.member(seesAll),
                            one.name().equals("deleted") ? "LESSON_NOT_FOUND" : CourseQuestion.YES);
                }
                assertThat(answer(() -> progress(learner, enrollment, one.lesson())))
                        .as("RecordProgress, %s, %s", one.name(), state)
                        .isEqualTo(one.learner());
            }
        }
    }

    private List<LessonCase> cases(Course course, Member learner, UUID enrollment) {
        var inCatalog = course.state().equals("published");
        var closed = inCatalog ? "ENROLLMENT_REQUIRED" : "LESSON_NOT_FOUND";
        var tomorrow = Instant.now().plusSeconds(86_400);
        var done = cast.lesson(course, false, null, null);
        complete(learner, enrollment, done);
        var deleted = cast.lesson(course, true, null, null);
        cast.delete(deleted);
        return List.of(
                lesson(course, "plain", course.lesson(), CourseQuestion.YES, closed),
                lesson(course, "released", cast.lesson(course, false, Instant.EPOCH, null), CourseQuestion.YES, closed),
                lesson(
                        course,
                        "preview",
                        cast.lesson(course, true, null, null),
                        CourseQuestion.YES,
                        inCatalog ? CourseQuestion.YES : closed),
                lesson(course, "later", cast.lesson(course, false, tomorrow, null), "LESSON_NOT_RELEASED", closed),
                lesson(
                        course,
                        "later preview",
                        cast.lesson(course, true, tomorrow, null),
                        "LESSON_NOT_RELEASED",
                        inCatalog ? "LESSON_NOT_RELEASED" : closed),
                lesson(
                        course,
                        "second",
                        cast.lesson(course, false, null, course.lesson()),
                        "LESSON_PREREQUISITE_MISSING",
                        closed),
                lesson(
                        course,
                        "second preview",
                        cast.lesson(course, true, null, course.lesson()),
                        inCatalog ? CourseQuestion.YES : "LESSON_PREREQUISITE_MISSING",
                        inCatalog ? CourseQuestion.YES : closed),
                lesson(
                        course,
                        "after what is done",
                        cast.lesson(course, false, null, done),
                        CourseQuestion.YES,
                        closed),
                lesson(course, "deleted", deleted, "LESSON_NOT_FOUND", "LESSON_NOT_FOUND"));
    }

    private void expect(LessonCase one, Member member, String expected) throws Exception {
        var what = "%s, %s".formatted(one.name(), member.name());
        assertThat(answer(() -> CourseQuestion.content(member.channel().apply("courses"), one.lesson())))
                .as("GetLessonContent, %s", what)
                .isEqualTo(expected);
        assertThat(listed(one.lesson(), member.person()))
                .as("SQL of lists, %s", what)
                .isEqualTo(expected.equals(CourseQuestion.YES));
        if (!one.name().equals("deleted")) {
            assertThat(answer(() -> CourseQuestion.asset(member.channel().apply("content"), one.file())))
                    .as("GetAsset, %s", what)
                    .isEqualTo(expected.equals(CourseQuestion.YES) ? CourseQuestion.YES : "ASSET_NOT_FOUND");
        }
    }

    /// Courses that a list shows by an array are those that are open one by one.
    @Test
    void theArrayOfOpenCoursesHasThoseThatAreOpen() throws Exception {
        var database = platform.bean("enrollments", Database.class);
        for (var member : cast.members()) {
            var open = platform.inside(
                    "enrollments",
                    () -> database.query(() -> Sql.of("SELECT id FROM courses_api.courses WHERE id = ANY(")
                            .add(LessonConditions.openCourses(member.person(), Instant.now()))
                            .add(")")
                            .list(row -> row.getObject("id", UUID.class))));
            assertThat(open)
                    .as(member.name())
                    .containsExactlyInAnyOrderElementsOf(cast.courses().stream()
                            .filter(course -> standing(member, course) == Standing.LEARNS)
                            .map(Course::id)
                            .toList());
        }
    }

    /// Whoever is deleted has their sessions ended; every service refuses what was issued before, but for what
    /// anybody may ask, where a token that does not hold is ignored.
    @Test
    void everyServiceRefusesWhoWasDeleted() throws Exception {
        var user = platform.user();
        var now = System.currentTimeMillis();
        var token = platform.token(user, List.of("student"), UUID.randomUUID(), now - 1);
        platform.publish(
                "auth",
                user.id().toString(),
                AccessChanged.newBuilder()
                        .setSubject(user.id().toString())
                        .setUserId(user.id().toString())
                        .setNotBeforeTime(Timestamps.fromMillis(now))
                        .build());
        var asked = new LinkedHashMap<String, CourseQuestion>();
        for (var question : CourseQuestion.ALL) {
            var broken = platform.withToken(question.service(), "broken");
            if (answer(() -> question.ask().about(cast.course("published"), broken))
                    .equals("TOKEN_INVALID")) {
                asked.putIfAbsent(question.service(), question);
            }
        }
        assertThat(asked).containsKey("courses").hasSizeGreaterThan(3);
        for (var question : asked.values()) {
            Await.untilHolds(() -> assertThat(answer(() -> question.ask()
                            .about(cast.course("published"), platform.withToken(question.service(), token))))
                    .as(question.service())
                    .isEqualTo("TOKEN_STALE"));
        }
    }

    /// Whether a list shows a lesson.
    private static boolean listed(UUID lesson, Person person) throws Exception {
        var database = platform.bean("enrollments", Database.class);
        var now = Instant.now();
        return platform.inside(
                "enrollments",
                () -> database.query(() -> Sql.of("SELECT lesson.id FROM courses_api.lessons lesson")
                        .add(LessonConditions.join(person, now))
                        .add("WHERE lesson.id = ? AND ", lesson)
                        .add(LessonConditions.reading(person, now))
                        .add(" IN ('ALWAYS', 'OPEN')")
                        .find(row -> true)
                        .isPresent()));
    }

    private static void complete(Member learner, UUID enrollment, UUID lesson) {
        EnrollmentServiceGrpc.newBlockingStub(learner.channel().apply("enrollments"))
                .completeLesson(CompleteLessonRequest.newBuilder()
                        .setEnrollmentId(enrollment.toString())
                        .setLessonId(lesson.toString())
                        .build());
    }

    private static Object progress(Member learner, UUID enrollment, UUID lesson) {
        return EnrollmentServiceGrpc.newBlockingStub(learner.channel().apply("enrollments"))
                .recordProgress(RecordProgressRequest.newBuilder()
                        .setEnrollmentId(enrollment.toString())
                        .setLessonId(lesson.toString())
                        .build());
    }

    /// [CourseQuestion#YES], or the reason of the refusal.
    private static String answer(Refusal.Call call) throws Exception {
        try {
            call.run();
            return CourseQuestion.YES;
        } catch (StatusRuntimeException refused) {
            return Refusal.of(() -> {
                        throw refused;
                    })
                    .reason();
        }
    }
}
