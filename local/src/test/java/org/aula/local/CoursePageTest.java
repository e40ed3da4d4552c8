package org.aula.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.UUID;
import org.aula.api.enrollments.v1.CreateEnrollmentRequest;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.junit.jupiter.api.Test;

/// The page that every learner opens, by GraphQL.
final class CoursePageTest {

    private static final String PAGE = """
            { course(slug: "%s") {
                title
                instructor { displayName }
                sections { title lessons { title myProgress { status } } }
                myEnrollment { progressPercentage }
            } }
            """;

    @Test
    void takesFiveCallsWhateverItsSize() throws Exception {
        var edge = Edge.get();
        var learner = edge.person();
        var author = edge.person("instructor");
        var course = Courses.published(edge.as(author), edge.as(edge.person("admin")), 30)
                .course();
        EnrollmentServiceGrpc.newBlockingStub(edge.as(learner))
                .createEnrollment(CreateEnrollmentRequest.newBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .setCourseId(course.getId())
                        .build());
        var answer = edge.graphql(learner, PAGE.formatted(course.getSlug()), new JsonObject());
        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        var page = answer.getAsJsonObject("data").getAsJsonObject("course");
        assertThat(page.getAsJsonArray("sections").get(0).getAsJsonObject().getAsJsonArray("lessons"))
                .hasSize(30);
        assertThat(page.get("myEnrollment").isJsonNull()).isFalse();
        assertThat(answer.getAsJsonObject("extensions").get("grpcCalls").getAsInt())
                .isLessThanOrEqualTo(5);
    }
}
