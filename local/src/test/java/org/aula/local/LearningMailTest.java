package org.aula.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.aula.bff.engine.GlobalId;
import org.aula.kernel.testing.TestEngines;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What learners are written of, on its whole way: done at the edge, sent by SMTP, and the link followed.
@SuppressWarnings("NullAway.Init")
final class LearningMailTest {

    private static final Pattern OFFER = Pattern.compile("/waitlist-offer\\?entry=(?:3D)?([0-9a-f-]{36})");
    private static final Pattern CERTIFICATE = Pattern.compile("/certificates/([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})");

    private static Edge edge;
    private static Screens author;
    private static Screens admin;

    @BeforeAll
    static void open() throws Exception {
        assumeTrue(
                TestEngines.forServices().containsKey("MAIL_API_URL"),
                "mail goes to a server of one's own, which these tests cannot read");
        edge = Edge.get();
        author = new Screens(edge, edge.person("instructor"));
        admin = new Screens(edge, edge.person("admin"));
    }

    @Test
    void whoeverCompletesACourseHasTheEmailWithTheCertificatesPage() throws Exception {
        var course = Courses.published(person(author), person(admin), 1);
        var learner = new Screens(edge, edge.person());
        var enrollment = enrolled(learner, GlobalId.of("Course", course.course().getId()));

        learner.change(
                "completeLesson",
                Map.of(
                        "enrollmentId",
                        enrollment,
                        "lessonId",
                        GlobalId.of("Lesson", course.lessonIds().getFirst())),
                "enrollment { status }");

        var number = found(CERTIFICATE, Mails.await(address(learner), "Your certificate is ready"));
        var page = get("/certificates/" + number);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains(number, course.course().getTitle());
    }

    @Test
    void whoeverWaitedHasTheEmailWhoseLinkLeadsToTheSeat() throws Exception {
        var draft = Courses.draft(person(author), 1).course();
        var course = GlobalId.of("Course", draft.getId());
        author.change("updateCourse", Map.of("courseId", course, "maxStudents", 1), "course { id }");
        author.change("submitCourse", Map.of("courseId", course), "course { id }");
        admin.change("publishCourse", Map.of("courseId", course), "course { id }");
        var seated = new Screens(edge, edge.person());
        var waiting = new Screens(edge, edge.person());
        var seat = enrolled(seated, course);
        waiting.change("joinWaitlist", Map.of("courseId", course), "entry { id }");
        var question = "{ course(id: \"%s\") { seats { limit taken free waiting } } }".formatted(course);
        var full =
                new Screens(edge, null).read(question).getAsJsonObject("course").getAsJsonObject("seats");
        assertThat(full.get("free").getAsLong()).isZero();
        assertThat(full.get("waiting").getAsLong()).isEqualTo(1);

        seated.change("dropEnrollment", Map.of("enrollmentId", seat), "enrollment { status }");

        var entry = found(OFFER, Mails.await(address(waiting), "A seat is kept for you"));
        assertThat(get("/waitlist-offer?entry=" + entry).statusCode()).isEqualTo(200);
        var accepted = waiting.make(
                "acceptWaitlistOffer",
                Map.of("waitlistEntryId", GlobalId.of("WaitlistEntry", entry)),
                "entry",
                "state");
        assertThat(accepted.get("state").getAsString()).isEqualTo("ACCEPTED");
    }

    private static io.grpc.Channel person(Screens screens) {
        return edge.as(Objects.requireNonNull(screens.person()));
    }

    private static String address(Screens screens) {
        return Objects.requireNonNull(screens.person()).email();
    }

    private static String enrolled(Screens learner, String course) throws Exception {
        return Screens.id(learner.make("enroll", Map.of("courseId", course), "enrollment", "id"));
    }

    private static String found(Pattern pattern, JsonElement mail) {
        var matcher = pattern.matcher(Mails.raw(mail));
        assertThat(matcher.find()).as(pattern.pattern()).isTrue();
        return matcher.group(1);
    }

    private static HttpResponse<String> get(String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(edge.uri(path)).build(), BodyHandlers.ofString());
        }
    }
}
