package org.aula.enrollments.waitlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.enrollments.enrollment.CourseBuilder.aCourse;

import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.enrollments.v1.BatchGetCourseSeatsRequest;
import org.aula.api.enrollments.v1.BatchGetCourseSeatsResponse;
import org.aula.api.enrollments.v1.CourseSeats;
import org.aula.api.enrollments.v1.WaitlistServiceGrpc;
import org.aula.enrollments.enrollment.EnrollmentCalls;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How full the courses of the catalog are, as anybody sees it.
final class CourseSeatsTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("enrollments");

    private static BatchGetCourseSeatsResponse ask(String... courseIds) {
        return WaitlistServiceGrpc.newBlockingStub(platform.anonymous("enrollments"))
                .batchGetCourseSeats(BatchGetCourseSeatsRequest.newBuilder()
                        .addAllCourseIds(Arrays.asList(courseIds))
                        .build());
    }

    private static EnrollmentCalls learner() {
        return EnrollmentCalls.as(platform, platform.user());
    }

    @Test
    void what_is_taken_offered_and_waited_for_is_not_free() {
        var course = aCourse(platform).seats(2).build();
        assertThat(ask(course.name()).getSeats(0)).isEqualTo(seats(course.name(), 0, 2, 0));
        var leaving = learner();
        var enrollment = leaving.enroll(course);
        assertThat(ask(course.name()).getSeats(0)).isEqualTo(seats(course.name(), 1, 1, 0));
        learner().enroll(course);
        Line.of(platform).join(course);
        Line.of(platform).join(course);
        assertThat(ask(course.name()).getSeats(0)).isEqualTo(seats(course.name(), 2, 0, 2));

        leaving.drop(enrollment);

        assertThat(ask(course.name()).getSeats(0))
                .as("the seat is kept for the first of those who wait")
                .isEqualTo(seats(course.name(), 1, 0, 1));
    }

    private static CourseSeats seats(String courseId, long taken, long free, long waiting) {
        return CourseSeats.newBuilder()
                .setCourseId(courseId)
                .setLimit(2)
                .setTaken(taken)
                .setFree(free)
                .setWaiting(waiting)
                .build();
    }

    @Test
    void a_course_without_a_limit_has_neither_a_limit_nor_free_seats_to_count() {
        var course = aCourse(platform).build();
        learner().enroll(course);

        assertThat(ask(course.name()).getSeats(0))
                .isEqualTo(CourseSeats.newBuilder()
                        .setCourseId(course.name())
                        .setTaken(1)
                        .build());
    }

    @Test
    void a_batch_keeps_the_order_names_what_the_catalog_lacks_and_takes_two_statements_however_large()
            throws Exception {
        var ids = new ArrayList<String>();
        for (int count = 0; count < 20; count++) {
            ids.add(aCourse(platform).seats(3).build().name());
        }
        Collections.reverse(ids);
        var draft = aCourse(platform).draft().build().name();
        var unknown = UUID.randomUUID().toString();

        var answer = ask(Stream.concat(Stream.of(draft, unknown), ids.stream()).toArray(String[]::new));

        assertThat(answer.getSeatsList()).extracting(CourseSeats::getCourseId).isEqualTo(ids);
        assertThat(answer.getMissingCourseIdsList()).containsExactly(draft, unknown);
        // One of them opens the transaction.
        assertThat(platform.statements("enrollments", () -> ask(ids.getFirst())))
                .isEqualTo(1);
        assertThat(platform.statements("enrollments", () -> ask(ids.toArray(String[]::new))))
                .isEqualTo(1);
    }

    static Stream<List<String>> outOfBounds() {
        var one = UUID.randomUUID().toString();
        return Stream.of(
                List.of(),
                List.of("somewhere"),
                List.of(one, one),
                IntStream.range(0, 201)
                        .mapToObj(number -> UUID.randomUUID().toString())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource
    void outOfBounds(List<String> courseIds) throws Exception {
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> ask(courseIds.toArray(String[]::new)));

        assertThat(refusal.fields()).anyMatch(field -> field.startsWith("course_ids"));
    }
}
