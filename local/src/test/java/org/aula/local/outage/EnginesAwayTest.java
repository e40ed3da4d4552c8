package org.aula.local.outage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.grpc.Status.Code;
import java.util.UUID;
import org.aula.api.analytics.v1.AnalyticsServiceGrpc;
import org.aula.api.analytics.v1.CourseActivity;
import org.aula.api.analytics.v1.GetCourseActivityRequest;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.GetMeRequest;
import org.aula.api.auth.v1.LoginRequest;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.courses.v1.GetLessonContentRequest;
import org.aula.api.courses.v1.LessonServiceGrpc;
import org.aula.api.enrollments.v1.CompleteLessonRequest;
import org.aula.api.enrollments.v1.CreateEnrollmentRequest;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.kernel.redis.Redis;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Refusal;
import org.aula.local.Courses;
import org.aula.local.Edge;
import org.aula.local.Mesh;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// An engine is unavailable: what still answers, what says UNAVAILABLE, and that all is well again when it
/// is back.
@SuppressWarnings("NullAway.Init")
final class EnginesAwayTest {

    private static Edge edge;
    private static Edge.Person learner;
    private static Edge.Person author;
    private static Courses.Made made;
    private static String enrollmentId;

    @BeforeAll
    static void aLearnerInACourse() throws Exception {
        edge = Edge.get();
        learner = edge.person();
        author = edge.person("instructor");
        made = Courses.published(edge.as(author), edge.as(edge.person("admin")), 12);
        enrollmentId = enrollments()
                .createEnrollment(CreateEnrollmentRequest.newBuilder()
                        .setRequestId(Courses.requestId())
                        .setCourseId(made.course().getId())
                        .build())
                .getEnrollment()
                .getId();
    }

    @Test
    void withoutMongoLessonsAreAwayAndTheRestAnswers() throws Exception {
        Control.without("mongodb", () -> {
            var refusal = Refusal.expect(
                    Code.UNAVAILABLE, ErrorReason.ERROR_REASON_STORE_UNAVAILABLE, EnginesAwayTest::readLesson);
            assertThat(refusal.metadata()).containsEntry("store", "mongo");
            assertThat(refusal.hasRetryInfo()).isTrue();
            assertThat(course()).isNotNull();
            complete(0);
        });
        Await.untilHolds(() -> assertThat(lessonAnswers()).isTrue());
    }

    @Test
    void withoutMongoPeopleAreReadWithoutThePartsThatAreThere() throws Exception {
        var whole =
                "{ viewer { user { summary { displayName } profile { bio } preferences { marketingEmails } missingParts } } }";
        Control.without("mongodb", () -> {
            var user = user(whole);
            assertThat(user.getAsJsonObject("summary").get("displayName").getAsString())
                    .isEqualTo("Test Person");
            assertThat(user.get("preferences").isJsonNull()).isFalse();
            assertThat(user.getAsJsonArray("missingParts").toString()).contains("profile", "settings");
        });
        Await.untilHolds(
                () -> assertThat(user(whole).getAsJsonArray("missingParts")).isEmpty());
    }

    @Test
    void withoutRedisPeopleSignInAndLearnAndNoEventIsLost() throws Exception {
        Control.without("redis", () -> {
            assertThat(AuthServiceGrpc.newBlockingStub(edge.anonymous())
                            .login(LoginRequest.newBuilder()
                                    .setIdentifier(learner.email())
                                    .setPassword(learner.password())
                                    .build())
                            .getTokens()
                            .getAccessToken())
                    .isNotEmpty();
            assertThat(course()).isNotNull();
            complete(1);
            complete(2);
        });
        awaitActivity();
    }

    @Test
    void aWipedRedisLosesNoEventAndDoublesNone() throws Exception {
        complete(3);
        for (var service : Mesh.SERVICES) {
            edge.mesh()
                    .service(service)
                    .context()
                    .getBean(Redis.class)
                    .commands()
                    .del("events:{" + service + "}");
        }
        complete(4);
        complete(5);
        awaitActivity();
    }

    @Test
    void withoutClickHouseOnlyTheNumbersAreAway() throws Exception {
        Control.without("clickhouse", () -> {
            var refusal = Refusal.expect(
                    Code.UNAVAILABLE, ErrorReason.ERROR_REASON_STORE_UNAVAILABLE, EnginesAwayTest::activity);
            assertThat(refusal.metadata()).containsEntry("store", "clickhouse");
            complete(6);
            var answer = edge.graphql(
                    author,
                    "{ course(slug: \"" + made.course().getSlug() + "\") { title activity { enrollments } } }",
                    new JsonObject());
            var course = answer.getAsJsonObject("data").getAsJsonObject("course");
            assertThat(course.get("title").getAsString())
                    .isEqualTo(made.course().getTitle());
            assertThat(course.get("activity").isJsonNull()).isTrue();
            assertThat(answer.getAsJsonArray("errors").toString()).contains("STORE_UNAVAILABLE");
        });
        awaitActivity();
    }

    @Test
    void withoutPostgresNothingIsPretendedAndAllComesBack() throws Exception {
        Control.without("postgres", () -> {
            var refusal = Refusal.expect(
                    Code.UNAVAILABLE, ErrorReason.ERROR_REASON_STORE_UNAVAILABLE, EnginesAwayTest::course);
            assertThat(refusal.metadata()).containsEntry("store", "postgres");
            assertThat(refusal.hasRetryInfo()).isTrue();
        });
        // Each service finds its way back by itself, and says until then that it may be tried again.
        awaitAnswer("courses", EnginesAwayTest::course);
        awaitAnswer("enrollments", () -> {
            complete(7);
            return true;
        });
        awaitActivity();
        awaitAnswer(
                "auth",
                () -> AuthServiceGrpc.newBlockingStub(edge.as(learner)).getMe(GetMeRequest.getDefaultInstance()));
    }

    private static void awaitAnswer(String service, Refusal.Call call) throws Exception {
        Await.until(service + " answers", () -> {
            try {
                return call.run() != null;
            } catch (io.grpc.StatusRuntimeException refused) {
                assertThat(refused.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
                return false;
            }
        });
    }

    /// Waits until ClickHouse holds exactly what the learner completed.
    private static void awaitActivity() throws Exception {
        var completed = org.aula.kernel.testing.TestEngines.superuser()
                .withHandle(handle -> handle.createQuery("""
                                SELECT count(*) FROM enrollments.lesson_progress
                                WHERE enrollment_id = ? AND status = 'COMPLETED'
                                """)
                        .bind(0, UUID.fromString(enrollmentId))
                        .mapTo(Long.class)
                        .one());
        Await.untilHolds(() -> {
            try {
                assertThat(activity().getLessonsCompleted()).isEqualTo(completed);
                assertThat(activity().getEnrollments()).isOne();
            } catch (io.grpc.StatusRuntimeException notYet) {
                throw new AssertionError(notYet);
            }
        });
    }

    private static CourseActivity activity() {
        return AnalyticsServiceGrpc.newBlockingStub(edge.as(author))
                .getCourseActivity(GetCourseActivityRequest.newBuilder()
                        .setCourseId(made.course().getId())
                        .build())
                .getActivity();
    }

    private static Object course() {
        return CourseServiceGrpc.newBlockingStub(edge.anonymous())
                .getCourse(GetCourseRequest.newBuilder()
                        .setCourseId(made.course().getId())
                        .build());
    }

    private static Object readLesson() {
        return LessonServiceGrpc.newBlockingStub(edge.as(learner))
                .getLessonContent(GetLessonContentRequest.newBuilder()
                        .setLessonId(made.lessonIds().getFirst())
                        .build());
    }

    private static boolean lessonAnswers() {
        try {
            return readLesson() != null;
        } catch (io.grpc.StatusRuntimeException notYet) {
            return false;
        }
    }

    private static void complete(int lesson) {
        enrollments()
                .completeLesson(CompleteLessonRequest.newBuilder()
                        .setEnrollmentId(enrollmentId)
                        .setLessonId(made.lessonIds().get(lesson))
                        .build());
    }

    private static EnrollmentServiceGrpc.EnrollmentServiceBlockingStub enrollments() {
        return EnrollmentServiceGrpc.newBlockingStub(edge.as(learner));
    }

    private static JsonObject user(String document) throws Exception {
        return edge.graphql(learner, document, new JsonObject())
                .getAsJsonObject("data")
                .getAsJsonObject("viewer")
                .getAsJsonObject("user");
    }
}
