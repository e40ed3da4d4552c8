package org.aula.enrollments.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.enrollments.enrollment.CourseBuilder.aCourse;

import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.EnrollmentSource;
import org.aula.api.enrollments.v1.EnrollmentStatus;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.api.enrollments.v1.ListCourseEnrollmentsRequest;
import org.aula.enrollments.enrollment.CourseBuilder.Course;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Who is enrolled in a course, for its instructor.
final class CourseEnrollmentsTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("enrollments");

    private final org.aula.kernel.testing.TestUser teacher = platform.user();
    private final EnrollmentCalls instructor = EnrollmentCalls.as(platform, teacher);
    private final EnrollmentCalls admin =
            EnrollmentCalls.as(platform, platform.user("enrollments:grant", "enrollments:read"));

    @Test
    void the_instructor_pages_through_them_from_the_latest() throws Exception {
        var course = aCourse(platform).taughtBy(teacher).build();
        EnrollmentCalls.as(platform, platform.user())
                .enroll(aCourse(platform).taughtBy(teacher).build());
        var ids = new ArrayList<String>();
        for (int index = 0; index < 5; index++) {
            ids.addFirst(
                    EnrollmentCalls.as(platform, platform.user()).enroll(course).getId());
        }
        var request = ListCourseEnrollmentsRequest.newBuilder().setCourseId(course.name());

        var first = instructor
                .stub()
                .listCourseEnrollments(
                        request.setPageSize(2).setWithItemTokens(true).build());
        var rest = instructor
                .stub()
                .listCourseEnrollments(request.setPageSize(100)
                        .setPageToken(first.getNextPageToken())
                        .build());
        var behindFirst = instructor
                .stub()
                .listCourseEnrollments(request.setPageSize(1)
                        .setPageToken(first.getItemTokens(0))
                        .build());

        assertThat(first.getEnrollmentsList()).extracting(Enrollment::getId).isEqualTo(ids.subList(0, 2));
        assertThat(rest.getEnrollmentsList()).extracting(Enrollment::getId).isEqualTo(ids.subList(2, 5));
        assertThat(rest.getNextPageToken()).isEmpty();
        assertThat(behindFirst.getEnrollmentsList())
                .extracting(Enrollment::getId)
                .containsExactly(ids.get(1));
        var asked = request.clearPageToken().setPageSize(100).build();
        assertThat(platform.statements("enrollments", () -> instructor.stub().listCourseEnrollments(asked)))
                .isEqualTo(2);
    }

    @Test
    void states_and_sources_narrow_it() {
        var course = aCourse(platform).taughtBy(teacher).build();
        var learner = EnrollmentCalls.as(platform, platform.user());
        var dropped = learner.drop(learner.enroll(course));
        var free = EnrollmentCalls.as(platform, platform.user()).enroll(course);
        var gift = admin.grant(platform.user(), course, EnrollmentSource.ENROLLMENT_SOURCE_GIFT);

        assertThat(list(course, List.of(EnrollmentStatus.ENROLLMENT_STATUS_DROPPED), List.of()))
                .containsExactly(dropped.getId());
        assertThat(list(
                        course,
                        List.of(
                                EnrollmentStatus.ENROLLMENT_STATUS_ENROLLED,
                                EnrollmentStatus.ENROLLMENT_STATUS_COMPLETED),
                        List.of()))
                .containsExactly(gift.getId(), free.getId());
        assertThat(list(course, List.of(), List.of(EnrollmentSource.ENROLLMENT_SOURCE_GIFT)))
                .containsExactly(gift.getId());
        assertThat(list(
                        course,
                        List.of(EnrollmentStatus.ENROLLMENT_STATUS_DROPPED),
                        List.of(EnrollmentSource.ENROLLMENT_SOURCE_GIFT)))
                .isEmpty();
    }

    private List<String> list(Course course, List<EnrollmentStatus> statuses, List<EnrollmentSource> sources) {
        return admin
                .stub()
                .listCourseEnrollments(ListCourseEnrollmentsRequest.newBuilder()
                        .setCourseId(course.name())
                        .addAllStatuses(statuses)
                        .addAllSources(sources)
                        .build())
                .getEnrollmentsList()
                .stream()
                .map(Enrollment::getId)
                .toList();
    }

    @Test
    void others_see_no_list_and_of_drafts_not_even_that() throws Exception {
        var course = aCourse(platform).build();
        var draft = aCourse(platform).draft().build();
        EnrollmentCalls.as(platform, platform.user()).enroll(course);

        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> instructor.stub().listCourseEnrollments(of(course.name())));
        for (var hidden : List.of(draft.name(), UUID.randomUUID().toString())) {
            Refusal.expect(
                    Code.NOT_FOUND,
                    ErrorReason.ERROR_REASON_COURSE_NOT_FOUND,
                    () -> instructor.stub().listCourseEnrollments(of(hidden)));
        }
        var own = aCourse(platform).draft().taughtBy(teacher).build();
        assertThat(instructor.stub().listCourseEnrollments(of(own.name())).getEnrollmentsList())
                .isEmpty();
    }

    @Test
    void instructors_read_enrollments_in_their_courses_and_change_none() throws Exception {
        var course = aCourse(platform).taughtBy(teacher).build();
        var enrollment = EnrollmentCalls.as(platform, platform.user()).enroll(course);

        Refusal.expect(
                Code.NOT_FOUND, ErrorReason.ERROR_REASON_ENROLLMENT_NOT_FOUND, () -> instructor.drop(enrollment));
    }

    @Test
    void bounds_and_foreign_tokens_are_named() throws Exception {
        var course = aCourse(platform).taughtBy(teacher).build();
        var other = aCourse(platform).taughtBy(teacher).build();
        EnrollmentCalls.as(platform, platform.user()).enroll(course);
        EnrollmentCalls.as(platform, platform.user()).enroll(course);
        var token = instructor
                .stub()
                .listCourseEnrollments(
                        of(course.name()).toBuilder().setPageSize(1).build())
                .getNextPageToken();
        var foreign = of(other.name()).toBuilder().setPageToken(token).build();
        assertThat(Refusal.of(() -> instructor.stub().listCourseEnrollments(foreign))
                        .reason())
                .isEqualTo("PAGE_TOKEN_INVALID");
        var broken = ListCourseEnrollmentsRequest.newBuilder()
                .setCourseId("none")
                .addStatusesValue(0)
                .addSourcesValue(99)
                .setPageSize(-1)
                .setPageToken("x".repeat(1_001))
                .build();
        assertThat(Refusal.of(() -> instructor.stub().listCourseEnrollments(broken))
                        .fields())
                .containsExactlyInAnyOrder("course_id", "statuses[0]", "sources[0]", "page_size", "page_token");
        var twice = of(course.name()).toBuilder()
                .addStatusesValue(1)
                .addStatusesValue(1)
                .addSourcesValue(1)
                .addSourcesValue(1)
                .build();
        assertThat(Refusal.of(() -> instructor.stub().listCourseEnrollments(twice))
                        .fields())
                .containsExactlyInAnyOrder("statuses", "sources");
    }

    private static ListCourseEnrollmentsRequest of(String courseId) {
        return ListCourseEnrollmentsRequest.newBuilder().setCourseId(courseId).build();
    }
}
