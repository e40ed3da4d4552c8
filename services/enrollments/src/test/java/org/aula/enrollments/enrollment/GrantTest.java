package org.aula.enrollments.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.api.enrollments.v1.EnrollmentSource.ENROLLMENT_SOURCE_ADMIN;
import static org.aula.api.enrollments.v1.EnrollmentSource.ENROLLMENT_SOURCE_GIFT;
import static org.aula.enrollments.enrollment.CourseBuilder.aCourse;

import io.grpc.Status.Code;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.aula.api.enrollments.v1.EnrollmentStatus;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.api.enrollments.v1.GrantEnrollmentRequest;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.aula.kernel.time.Times;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Places that somebody else gives.
final class GrantTest {

    private static final PinnedClock clock = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("enrollments").at(clock);

    private final EnrollmentCalls admin = EnrollmentCalls.as(platform, platform.user("enrollments:grant"));
    private final TestUser learner = platform.user();

    @Test
    void a_gift_costs_nothing_and_says_what_it_is() {
        var course = aCourse(platform).priced(4_900).build();

        var gift = admin.grant(learner, course, ENROLLMENT_SOURCE_GIFT);

        assertThat(gift.getUserId()).isEqualTo(learner.id().toString());
        assertThat(gift.getSource()).isEqualTo(ENROLLMENT_SOURCE_GIFT);
        assertThat(gift.getStatus()).isEqualTo(EnrollmentStatus.ENROLLMENT_STATUS_ENROLLED);
        assertThat(gift.hasExpireTime()).isFalse();
        assertThat(EnrollmentCalls.as(platform, learner).get(gift.getId())).isEqualTo(gift);
    }

    @Test
    void the_same_request_gives_the_same_answer() {
        var request = EnrollmentCalls.grantOf(learner, aCourse(platform).build(), ENROLLMENT_SOURCE_ADMIN)
                .build();

        var first = admin.stub().grantEnrollment(request);

        assertThat(admin.stub().grantEnrollment(request)).isEqualTo(first);
    }

    @Test
    void access_ends_when_the_administrator_said_and_the_job_writes_it() throws Exception {
        var course = aCourse(platform).seats(1).build();
        var end = clock.instant().plus(Duration.ofDays(3));
        var given = admin.stub()
                .grantEnrollment(EnrollmentCalls.grantOf(learner, course, ENROLLMENT_SOURCE_ADMIN)
                        .setExpireTime(Times.timestamp(end))
                        .build())
                .getEnrollment();
        assertThat(given.getExpireTime()).isEqualTo(Times.timestamp(end));
        var own = EnrollmentCalls.as(platform, learner);
        assertThat(Rows.open(platform, learner, course)).containsExactly(course.name());

        clock.advance(Duration.ofDays(3));
        // Tokens have a time too.
        own = EnrollmentCalls.as(
                platform,
                new TestUser(learner.id(), platform.token(learner, List.of(), UUID.randomUUID(), clock.millis())));

        assertThat(Rows.open(platform, learner, course))
                .as("before anybody wrote it")
                .isEmpty();
        platform.inside("enrollments", () -> {
            platform.bean("enrollments", ExpiryJob.class).run();
            return true;
        });
        var expired = own.get(given.getId());
        assertThat(expired.getStatus()).isEqualTo(EnrollmentStatus.ENROLLMENT_STATUS_EXPIRED);
        assertThat(Long.parseLong(expired.getEtag())).isGreaterThan(Long.parseLong(given.getEtag()));
        assertThat(Rows.events(platform, given.getId()))
                .containsExactly("aula.enrollments.v1.UserEnrolled", "aula.enrollments.v1.EnrollmentStatusChanged");
        assertThat(Rows.taken(platform, course)).as("its seat is free").isZero();
        platform.inside("enrollments", () -> {
            platform.bean("enrollments", ExpiryJob.class).run();
            return true;
        });
        assertThat(Rows.events(platform, given.getId())).as("once").hasSize(2);
    }

    @Test
    void more_than_one_batch_expires_in_one_run() throws Exception {
        var course = aCourse(platform).build();
        var ids = Rows.expiring(platform, course, 1_203, clock.instant().minusSeconds(1));

        platform.inside("enrollments", () -> {
            platform.bean("enrollments", ExpiryJob.class).run();
            return true;
        });

        assertThat(Rows.count(platform, "status = 'EXPIRED' AND course_id = '" + course.id() + "'"))
                .isEqualTo(ids.size());
        assertThat(Rows.taken(platform, course)).isZero();
    }

    @Test
    void what_was_given_twice_is_given_once() throws Exception {
        var course = aCourse(platform).build();
        var first = admin.grant(learner, course, ENROLLMENT_SOURCE_ADMIN);

        var refusal = Refusal.expect(
                Code.ALREADY_EXISTS,
                ErrorReason.ERROR_REASON_ALREADY_ENROLLED,
                () -> admin.grant(learner, course, ENROLLMENT_SOURCE_GIFT));

        assertThat(refusal.metadata()).containsEntry("enrollment_id", first.getId());
    }

    @Test
    void prerequisites_are_asked_for_unless_they_are_waived() throws Exception {
        var basics = aCourse(platform).lessons(1, 0).build();
        var history = aCourse(platform).lessons(1, 0).build();
        var course = aCourse(platform).after(basics, history).build();
        var own = EnrollmentCalls.as(platform, learner);
        var begun = own.enroll(basics);
        own.complete(own.enroll(history), history.lesson(0));

        for (Refusal.Call call : List.<Refusal.Call>of(
                () -> own.enroll(course), () -> admin.grant(learner, course, ENROLLMENT_SOURCE_ADMIN))) {
            var refusal = Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_PREREQUISITE_MISSING, call);
            assertThat(refusal.metadata()).containsEntry("course_ids", basics.name());
        }
        own.complete(begun, basics.lesson(0));
        assertThat(own.enroll(course).getCourseId()).isEqualTo(course.name());
        var other = platform.user();
        var waived = EnrollmentCalls.grantOf(other, course, ENROLLMENT_SOURCE_ADMIN)
                .setWaivePrerequisites(true)
                .build();
        assertThat(admin.stub().grantEnrollment(waived).getEnrollment().getUserId())
                .isEqualTo(other.id().toString());
    }

    @Test
    void a_full_course_and_unknown_names_are_refused() throws Exception {
        var course = aCourse(platform).seats(1).build();
        admin.grant(platform.user(), course, ENROLLMENT_SOURCE_ADMIN);
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_COURSE_FULL,
                () -> admin.grant(learner, course, ENROLLMENT_SOURCE_ADMIN));
        var nobody = new TestUser(UUID.randomUUID(), "");
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_USER_NOT_FOUND,
                () -> admin.grant(nobody, course, ENROLLMENT_SOURCE_ADMIN));
        var draft = aCourse(platform).draft().build();
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_COURSE_NOT_FOUND,
                () -> admin.grant(learner, draft, ENROLLMENT_SOURCE_ADMIN));
        var past = EnrollmentCalls.grantOf(learner, course, ENROLLMENT_SOURCE_ADMIN)
                .setExpireTime(Times.timestamp(clock.instant()))
                .build();
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_EXPIRE_TIME_PAST,
                () -> admin.stub().grantEnrollment(past));
        assertThat(refusal.fields()).containsExactly("expire_time");
    }

    @Test
    void only_who_may_enrol_others_does() throws Exception {
        var course = aCourse(platform).build();
        var reader = EnrollmentCalls.as(platform, platform.user("enrollments:read"));
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> reader.grant(learner, course, ENROLLMENT_SOURCE_ADMIN));
    }

    @ParameterizedTest
    @CsvSource({"request_id", "user_id", "course_id", "source"})
    void bounds_are_named(String field) throws Exception {
        Consumer<GrantEnrollmentRequest.Builder> breaking = request -> {
            var descriptor = request.getDescriptorForType().findFieldByName(field);
            request.setField(
                    descriptor,
                    field.equals("source") ? descriptor.getEnumType().findValueByNumber(4) : "no uuid");
        };
        var request = EnrollmentCalls.grantOf(learner, aCourse(platform).build(), ENROLLMENT_SOURCE_ADMIN);
        breaking.accept(request);

        var refusal = Refusal.of(() -> admin.stub().grantEnrollment(request.build()));

        assertThat(refusal.reason()).isEqualTo("VALIDATION_FAILED");
        assertThat(refusal.fields()).containsExactly(field);
    }
}
