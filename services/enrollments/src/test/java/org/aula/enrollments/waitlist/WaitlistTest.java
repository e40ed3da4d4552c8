package org.aula.enrollments.waitlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.api.enrollments.v1.WaitlistState.WAITLIST_STATE_ACCEPTED;
import static org.aula.api.enrollments.v1.WaitlistState.WAITLIST_STATE_DECLINED;
import static org.aula.api.enrollments.v1.WaitlistState.WAITLIST_STATE_LEFT;
import static org.aula.api.enrollments.v1.WaitlistState.WAITLIST_STATE_OFFERED;
import static org.aula.api.enrollments.v1.WaitlistState.WAITLIST_STATE_WAITING;
import static org.aula.enrollments.enrollment.CourseBuilder.aCourse;

import io.grpc.Status.Code;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.api.enrollments.v1.GetWaitlistEntryRequest;
import org.aula.api.enrollments.v1.JoinWaitlistRequest;
import org.aula.api.enrollments.v1.ListCourseWaitlistRequest;
import org.aula.api.enrollments.v1.ListMyWaitlistEntriesRequest;
import org.aula.api.enrollments.v1.WaitlistEntry;
import org.aula.enrollments.enrollment.CourseBuilder.Course;
import org.aula.enrollments.enrollment.EnrollmentCalls;
import org.aula.enrollments.enrollment.Rows;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Waiting for a seat, being offered one, taking it or not.
final class WaitlistTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("enrollments");

    private final Line first = Line.of(platform);
    private final Line second = Line.of(platform);
    private final EnrollmentCalls seated = EnrollmentCalls.as(platform, platform.user());

    private Course full() {
        return full(aCourse(platform).seats(1).build());
    }

    private Course full(Course course) {
        seated.enroll(course);
        return course;
    }

    private Enrollment seatedIn(Course course) {
        return seated.batchGet(false, course.name()).getEnrollments(0);
    }

    @Test
    void a_seat_that_falls_free_is_offered_to_the_first_and_kept_for_them() throws Exception {
        var course = full();
        var one = first.join(course);
        var two = second.join(course);
        assertThat(one.getState()).isEqualTo(WAITLIST_STATE_WAITING);
        assertThat(one.getPosition()).isEqualTo(1);
        assertThat(two.getPosition()).isEqualTo(2);
        assertThat(first.get(one)).isEqualTo(one);

        seated.drop(seatedIn(course));

        var offer = first.get(one);
        assertThat(offer.getState()).isEqualTo(WAITLIST_STATE_OFFERED);
        assertThat(offer.getPosition()).isZero();
        assertThat(offer.getOfferExpireTime().getSeconds()
                        - offer.getOfferTime().getSeconds())
                .isEqualTo(Duration.ofHours(48).toSeconds());
        assertThat(second.get(two).getPosition()).isEqualTo(1);
        var stranger = EnrollmentCalls.as(platform, platform.user());
        for (var late : List.of(stranger, seated, EnrollmentCalls.as(platform, second.user()))) {
            Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_COURSE_FULL, () -> late.enroll(course));
        }

        var accepted = first.accept(one);

        assertThat(accepted.getEntry().getState()).isEqualTo(WAITLIST_STATE_ACCEPTED);
        assertThat(accepted.getEnrollment().getUserId())
                .isEqualTo(first.user().id().toString());
        assertThat(first.accept(one)).as("again").isEqualTo(accepted);
        assertThat(Rows.seatsAgree(platform, course)).isTrue();
        assertThat(Rows.events(platform, one.getId()))
                .containsExactly(
                        "aula.enrollments.v1.WaitlistJoined",
                        "aula.enrollments.v1.WaitlistOffered",
                        "aula.enrollments.v1.WaitlistEnded");
    }

    @Test
    void enrolling_uses_an_offer_up() {
        var course = full();
        var entry = first.join(course);
        seated.drop(seatedIn(course));

        EnrollmentCalls.as(platform, first.user()).enroll(course);

        assertThat(first.get(entry).getState()).isEqualTo(WAITLIST_STATE_ACCEPTED);
        assertThat(Rows.seatsAgree(platform, course)).isTrue();
    }

    @Test
    void what_is_declined_goes_to_the_next() throws Exception {
        var course = full();
        var one = first.join(course);
        var two = second.join(course);
        var refusal = Refusal.expect(
                Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_WAITLIST_STATE_FORBIDS, () -> first.decline(one));
        assertThat(refusal.metadata()).containsEntry("state", "WAITING");
        seated.drop(seatedIn(course));

        var declined = first.decline(one);

        assertThat(declined.getState()).isEqualTo(WAITLIST_STATE_DECLINED);
        assertThat(first.decline(one)).as("again").isEqualTo(declined);
        assertThat(second.get(two).getState()).isEqualTo(WAITLIST_STATE_OFFERED);
        for (Refusal.Call call : List.<Refusal.Call>of(() -> first.accept(one), () -> first.leave(one))) {
            Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_WAITLIST_STATE_FORBIDS, call);
        }
        var last = first.join(course);
        assertThat(last.getId()).as("behind all others").isNotEqualTo(one.getId());
        assertThat(Rows.seatsAgree(platform, course)).isTrue();
    }

    @Test
    void whoever_leaves_makes_room_for_the_others() throws Exception {
        var course = full();
        var one = first.join(course);
        var two = second.join(course);

        assertThat(first.leave(one).getState()).isEqualTo(WAITLIST_STATE_LEFT);
        assertThat(first.leave(one).getState()).as("again").isEqualTo(WAITLIST_STATE_LEFT);
        assertThat(second.get(two).getPosition()).isEqualTo(1);
        seated.drop(seatedIn(course));
        assertThat(second.leave(two).getState()).as("with an offer").isEqualTo(WAITLIST_STATE_LEFT);

        EnrollmentCalls.as(platform, platform.user()).enroll(course);
        assertThat(Rows.seatsAgree(platform, course)).isTrue();
    }

    @Test
    void nobody_waits_for_what_they_have_or_can_have() throws Exception {
        var open = aCourse(platform).seats(1).build();
        var unlimited = aCourse(platform).build();
        for (var course : List.of(open, unlimited)) {
            Refusal.expect(
                    Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_COURSE_NOT_FULL, () -> first.join(course));
        }
        var course = full(open);
        var enrolled = EnrollmentCalls.as(platform, second.user());
        var entry = first.join(course);
        var waiting =
                Refusal.expect(Code.ALREADY_EXISTS, ErrorReason.ERROR_REASON_ALREADY_WAITING, () -> first.join(course));
        assertThat(waiting.metadata()).containsEntry("waitlist_entry_id", entry.getId());
        var other = aCourse(platform).seats(1).build();
        var place = enrolled.enroll(other);
        var refusal = Refusal.expect(
                Code.ALREADY_EXISTS, ErrorReason.ERROR_REASON_ALREADY_ENROLLED, () -> second.join(other));
        assertThat(refusal.metadata()).containsEntry("enrollment_id", place.getId());
        var draft = aCourse(platform).draft().build();
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, () -> first.join(draft));
        var advanced = aCourse(platform).seats(1).after(unlimited).build();
        Refusal.expect(
                Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_PREREQUISITE_MISSING, () -> first.join(advanced));
    }

    @Test
    void the_same_request_gives_the_same_place() {
        var course = full();
        var key = UUID.randomUUID().toString();
        assertThat(first.join(course, key)).isEqualTo(first.join(course, key));
    }

    @Test
    void an_offer_of_a_course_that_costs_by_now_is_no_gift() throws Exception {
        var course = full();
        var entry = first.join(course);
        seated.drop(seatedIn(course));
        platform.superuser()
                .useHandle(handle ->
                        handle.execute("UPDATE courses.courses SET price_minor = 100 WHERE id = ?", course.id()));

        Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_PAYMENT_REQUIRED, () -> first.accept(entry));

        assertThat(first.get(entry).getState()).as("still theirs").isEqualTo(WAITLIST_STATE_OFFERED);
    }

    @Test
    void strangers_find_no_place_of_others() throws Exception {
        var course = full();
        var entry = first.join(course);
        for (Refusal.Call call : List.<Refusal.Call>of(
                () -> second.get(entry),
                () -> second.leave(entry),
                () -> second.accept(entry),
                () -> second.decline(entry))) {
            Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_WAITLIST_ENTRY_NOT_FOUND, call);
        }
        assertThat(Line.of(platform, "enrollments:read").get(entry)).isEqualTo(entry);
    }

    @Test
    void my_places_are_listed_while_they_live() throws Exception {
        var courses = List.of(full(), full(), full());
        var places = courses.stream().map(first::join).map(WaitlistEntry::getId).toList();
        var left = full();
        first.leave(first.join(left));
        var request = ListMyWaitlistEntriesRequest.newBuilder();

        var page = first.list(request.setPageSize(2).setWithItemTokens(true).build());
        var rest = first.list(request.setPageToken(page.getNextPageToken()).build());

        assertThat(page.getEntriesList())
                .extracting(WaitlistEntry::getId)
                .isEqualTo(places.reversed().subList(0, 2));
        assertThat(page.getItemTokensCount()).isEqualTo(2);
        assertThat(rest.getEntriesList()).extracting(WaitlistEntry::getId).containsExactly(places.getFirst());
        assertThat(rest.getNextPageToken()).isEmpty();
        assertThat(platform.statements(
                        "enrollments", () -> first.list(ListMyWaitlistEntriesRequest.getDefaultInstance())))
                .isEqualTo(1);
    }

    @Test
    void the_instructor_sees_the_line() throws Exception {
        var teacher = platform.user();
        var course = full(aCourse(platform).seats(1).taughtBy(teacher).build());
        var one = first.join(course);
        var two = second.join(course);
        var lines = Line.as(platform, teacher);
        var request = ListCourseWaitlistRequest.newBuilder().setCourseId(course.name());

        var page = lines.stub().listCourseWaitlist(request.setPageSize(1).build());
        var rest = lines.stub()
                .listCourseWaitlist(
                        request.setPageToken(page.getNextPageToken()).build());

        assertThat(page.getEntriesList()).containsExactly(one);
        assertThat(rest.getEntriesList()).containsExactly(two);
        assertThat(rest.getNextPageToken()).isEmpty();
        var asked = ListCourseWaitlistRequest.newBuilder()
                .setCourseId(course.name())
                .build();
        assertThat(platform.statements("enrollments", () -> lines.stub().listCourseWaitlist(asked)))
                .isEqualTo(2);
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> first.stub().listCourseWaitlist(asked));
        assertThat(Line.of(platform, "enrollments:read")
                        .stub()
                        .listCourseWaitlist(asked)
                        .getEntriesList())
                .containsExactly(one, two);
    }

    @Test
    void bounds_are_named() throws Exception {
        var none = WaitlistEntry.newBuilder().setId("none").build();
        for (Refusal.Call call : List.<Refusal.Call>of(
                () -> first.stub().getWaitlistEntry(GetWaitlistEntryRequest.getDefaultInstance()),
                () -> first.leave(none),
                () -> first.accept(none),
                () -> first.decline(none))) {
            assertThat(Refusal.of(call).fields()).containsExactly("waitlist_entry_id");
        }
        assertThat(Refusal.of(() -> first.stub().joinWaitlist(JoinWaitlistRequest.getDefaultInstance()))
                        .fields())
                .containsExactlyInAnyOrder("request_id", "course_id");
        assertThat(Refusal.of(() -> first.list(ListMyWaitlistEntriesRequest.newBuilder()
                                .setPageSize(-1)
                                .setPageToken("x".repeat(1_001))
                                .build()))
                        .fields())
                .containsExactlyInAnyOrder("page_size", "page_token");
        assertThat(Refusal.of(() -> first.stub()
                                .listCourseWaitlist(ListCourseWaitlistRequest.newBuilder()
                                        .setPageSize(-1)
                                        .setPageToken("x".repeat(1_001))
                                        .build()))
                        .fields())
                .containsExactlyInAnyOrder("course_id", "page_size", "page_token");
    }
}
