package org.aula.bff;

import static org.assertj.core.api.Assertions.assertThat;

import org.aula.api.enrollments.v1.BatchGetCourseSeatsRequest;
import org.aula.api.enrollments.v1.BatchGetCourseSeatsResponse;
import org.aula.api.enrollments.v1.CourseSeats;
import org.aula.bff.testing.TestGateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// How full courses are, beside what visitors see of them.
@Tag("fast")
class CourseSeatsPageTest {

    @RegisterExtension
    static final TestGateway GATEWAY = new TestGateway();

    @BeforeEach
    void answers() {
        GATEWAY.answer(
                BatchGetCourseSeatsRequest.class,
                request -> BatchGetCourseSeatsResponse.newBuilder()
                        .addSeats(CourseSeats.newBuilder()
                                .setCourseId(request.getCourseIds(0))
                                .setLimit(30)
                                .setTaken(28)
                                .setFree(0)
                                .setWaiting(2))
                        .addSeats(CourseSeats.newBuilder()
                                .setCourseId(request.getCourseIds(1))
                                .setTaken(5_000_000_000L))
                        .addAllMissingCourseIds(request.getCourseIdsList().subList(2, request.getCourseIdsCount()))
                        .build());
    }

    @Test
    void theSeatsOfAPageTakeOneCallHoweverLongItIs() {
        var list = "{ courses(first: %d) { nodes { title seats { limit taken free waiting } } } }";

        var ten = GATEWAY.ask(list.formatted(10));
        var hundred = GATEWAY.ask(list.formatted(100));

        assertThat(ten.has("errors")).as(ten.toString()).isFalse();
        assertThat(ten.at("/extensions/grpcCalls").asInt()).isEqualTo(2);
        assertThat(hundred.at("/extensions/grpcCalls").asInt()).isEqualTo(2);
        assertThat(GATEWAY.requests())
                .filteredOn(BatchGetCourseSeatsRequest.class::isInstance)
                .extracting(request -> ((BatchGetCourseSeatsRequest) request).getCourseIdsCount())
                .containsExactly(10, 100);
    }

    @Test
    void whereThereIsNoLimitThereIsNothingFreeToCountAndOutsideOfTheCatalogNothingAtAll() {
        var nodes = GATEWAY.ask("{ courses(first: 3) { nodes { seats { limit taken free waiting } } } }")
                .at("/data/courses/nodes");

        var limited = nodes.at("/0/seats");
        assertThat(limited.path("limit").asInt()).isEqualTo(30);
        assertThat(limited.path("taken").asLong()).isEqualTo(28);
        assertThat(limited.path("free").isNull()).isFalse();
        assertThat(limited.path("free").asLong(-1)).isZero();
        assertThat(limited.path("waiting").asLong()).isEqualTo(2);
        var unlimited = nodes.at("/1/seats");
        assertThat(unlimited.path("limit").isNull()).isTrue();
        assertThat(unlimited.path("taken").asLong()).isEqualTo(5_000_000_000L);
        assertThat(unlimited.path("free").isNull()).isTrue();
        assertThat(nodes.at("/2/seats").isNull()).isTrue();
    }
}
