package org.aula.enrollments.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.enrollments.enrollment.CourseBuilder.aCourse;

import com.github.f4b6a3.uuid.UuidCreator;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.Collections;
import java.util.UUID;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.EnrollmentStatus;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.api.enrollments.v1.ListMyEnrollmentsRequest;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.call.Caller;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.postgres.Sql;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ReadingTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("enrollments");

    @Test
    void an_enrollment_is_read_by_its_learner_and_by_those_who_may_read_all() throws Exception {
        var enrollment = EnrollmentCalls.as(platform, platform.user())
                .enroll(aCourse(platform).build());
        var stranger = EnrollmentCalls.as(platform, platform.user());
        var reader = EnrollmentCalls.as(platform, platform.user("enrollments:read"));

        assertThat(reader.get(enrollment.getId())).isEqualTo(enrollment);
        Refusal.expect(
                Code.NOT_FOUND, ErrorReason.ERROR_REASON_ENROLLMENT_NOT_FOUND, () -> stranger.get(enrollment.getId()));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_ENROLLMENT_NOT_FOUND,
                () -> reader.get(UuidCreator.getTimeOrderedEpoch().toString()));
    }

    @Test
    void a_batch_keeps_the_order_names_what_is_missing_and_takes_two_statements() throws Exception {
        var calls = EnrollmentCalls.as(platform, platform.user());
        var first = aCourse(platform).lessons(2, 1).build();
        var second = aCourse(platform).build();
        var unknown = UUID.randomUUID().toString();
        var one = calls.enroll(first);
        var two = calls.enroll(second);
        calls.beat(one, first.lesson(0), 30, 15);
        calls.complete(one, first.optional().getFirst().toString());

        var answer = calls.batchGet(true, second.name(), unknown, first.name());

        assertThat(answer.getEnrollmentsList()).extracting(Enrollment::getId).containsExactly(two.getId(), one.getId());
        assertThat(answer.getMissingCourseIdsList()).containsExactly(unknown);
        assertThat(answer.getEnrollments(1).getLessonsList())
                .extracting(lesson -> lesson.getLessonId())
                .containsExactly(first.lesson(0), first.optional().getFirst().toString());
        assertThat(answer.getEnrollments(1)).isEqualTo(calls.get(one.getId()));
        assertThat(calls.batchGet(false, first.name()).getEnrollments(0).getLessonsList())
                .isEmpty();
        // One of them opens the transaction.
        assertThat(platform.statements("enrollments", () -> calls.batchGet(true, second.name(), unknown, first.name())))
                .isLessThanOrEqualTo(2);
    }

    @Test
    void a_list_pages_from_the_latest_and_goes_on_behind_any_item() throws Exception {
        var learner = platform.user();
        var calls = EnrollmentCalls.as(platform, learner);
        var ids = new ArrayList<String>();
        for (int count = 0; count < 5; count++) {
            ids.add(calls.enroll(aCourse(platform).build()).getId());
        }
        Collections.reverse(ids);

        var first = calls.list(ListMyEnrollmentsRequest.newBuilder()
                .setPageSize(2)
                .setWithItemTokens(true)
                .build());
        var rest = calls.list(ListMyEnrollmentsRequest.newBuilder()
                .setPageToken(first.getNextPageToken())
                .build());
        var behindFirst = calls.list(ListMyEnrollmentsRequest.newBuilder()
                .setPageSize(1)
                .setPageToken(first.getItemTokens(0))
                .build());

        assertThat(first.getEnrollmentsList()).extracting(Enrollment::getId).isEqualTo(ids.subList(0, 2));
        assertThat(rest.getEnrollmentsList()).extracting(Enrollment::getId).isEqualTo(ids.subList(2, 5));
        assertThat(rest.getNextPageToken()).isEmpty();
        assertThat(behindFirst.getEnrollmentsList())
                .extracting(Enrollment::getId)
                .containsExactly(ids.get(1));
        assertThat(platform.statements("enrollments", () -> calls.list(ListMyEnrollmentsRequest.getDefaultInstance())))
                .isLessThanOrEqualTo(1);
        refusesForeignTokens(first.getNextPageToken(), calls);
    }

    private static void refusesForeignTokens(String token, EnrollmentCalls calls) throws Exception {
        var foreign = EnrollmentCalls.as(platform, platform.user());
        var invalid = org.aula.api.common.v1.ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID;
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                invalid,
                () -> foreign.list(ListMyEnrollmentsRequest.newBuilder()
                        .setPageToken(token)
                        .build()));
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                invalid,
                () -> calls.list(ListMyEnrollmentsRequest.newBuilder()
                        .setPageToken(token)
                        .setStatus(EnrollmentStatus.ENROLLMENT_STATUS_COMPLETED)
                        .build()));
    }

    @Test
    void a_list_can_be_of_one_state() {
        var calls = EnrollmentCalls.as(platform, platform.user());
        var course = aCourse(platform).lessons(1, 0).build();
        calls.enroll(aCourse(platform).build());
        var done = calls.complete(calls.enroll(course), course.lesson(0));

        var answer = calls.list(ListMyEnrollmentsRequest.newBuilder()
                .setStatus(EnrollmentStatus.ENROLLMENT_STATUS_COMPLETED)
                .build());

        assertThat(answer.getEnrollmentsList()).extracting(Enrollment::getId).containsExactly(done.getId());
    }

    @Test
    void services_learn_which_lessons_a_user_may_read() throws Exception {
        var learner = platform.user();
        var calls = EnrollmentCalls.as(platform, learner);
        var open = aCourse(platform).build();
        var paused = aCourse(platform).build();
        var dropped = aCourse(platform).build();
        var expired = aCourse(platform).build();
        var strange = aCourse(platform).build();
        calls.enroll(open);
        set(calls.enroll(paused), "status = 'PAUSED'");
        set(calls.enroll(dropped), "status = 'DROPPED'");
        set(calls.enroll(expired), "expires_at = now() - interval '1 second'");

        assertThat(Rows.open(platform, learner, strange, paused, dropped, expired, open))
                .containsExactly(paused.name(), open.name());
        assertThat(Rows.enrolled(platform, learner, strange, paused, dropped, expired, open))
                .as("also when it is over")
                .containsExactly(paused.name(), dropped.name(), expired.name(), open.name());
    }

    @Test
    void a_forgotten_filter_shows_no_foreign_rows() throws Exception {
        var learner = platform.user();
        var course = aCourse(platform).build();
        var own = EnrollmentCalls.as(platform, learner).enroll(course);
        EnrollmentCalls.as(platform, learner).beat(own, course.lesson(0), 1, 1);
        var stranger = platform.user();
        var foreign = EnrollmentCalls.as(platform, stranger).enroll(course);
        EnrollmentCalls.as(platform, stranger).beat(foreign, course.lesson(0), 1, 1);

        assertThat(everything(learner, CallScope.Decision.ALLOWED, "SELECT id FROM enrollments"))
                .containsExactly(UUID.fromString(own.getId()));
        assertThat(everything(learner, CallScope.Decision.UNDECIDED, "SELECT enrollment_id FROM lesson_progress"))
                .containsExactly(UUID.fromString(own.getId()));
        assertThat(everything(learner, CallScope.Decision.ALLOWED, "UPDATE enrollments SET version = 7 RETURNING id"))
                .containsExactly(UUID.fromString(own.getId()));
        assertThat(everything(learner, CallScope.Decision.ALLOWED_FOR_ALL, "SELECT id FROM enrollments"))
                .contains(UUID.fromString(foreign.getId()));
    }

    @Test
    void reading_by_id_touches_one_year_only() {
        var id = UuidCreator.getTimeOrderedEpoch();
        var plan = platform.superuser()
                .withHandle(handle -> handle.createQuery(
                                "EXPLAIN SELECT * FROM enrollments.enrollments WHERE id = '" + id + "'")
                        .mapTo(String.class)
                        .list());

        var years = java.util.regex.Pattern.compile("on enrollments_(\\d{4})")
                .matcher(String.join("\n", plan))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(years).hasSize(1);
    }

    private static java.util.List<UUID> everything(TestUser user, CallScope.Decision decision, String sql)
            throws Exception {
        var caller = new Caller.User(user.id(), java.util.Set.of(), java.util.Set.of(), null, true);
        var scope = new CallScope(caller, "test-request", "", "test", null, decision);
        var database = platform.bean("enrollments", Database.class);
        return scope.attachTo(io.grpc.Context.current())
                .call(() -> database.transact(() -> Sql.of(sql).list(row -> row.getObject(1, UUID.class))));
    }

    private static void set(Enrollment enrollment, String what) {
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE enrollments.enrollments SET " + what + " WHERE id = ?",
                        UUID.fromString(enrollment.getId())));
    }
}
