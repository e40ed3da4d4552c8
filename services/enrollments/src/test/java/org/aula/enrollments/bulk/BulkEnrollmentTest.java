package org.aula.enrollments.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.enrollments.enrollment.CourseBuilder.aCourse;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.aula.api.enrollments.v1.EnrollmentSource;
import org.aula.api.enrollments.v1.EnrollmentStatus;
import org.aula.api.operations.v1.OperationState;
import org.aula.enrollments.enrollment.CourseBuilder.Course;
import org.aula.enrollments.enrollment.EnrollmentCalls;
import org.aula.enrollments.enrollment.Rows;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Many enrollments out of a CSV, in batches of fifty.
final class BulkEnrollmentTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("enrollments").setting("AULA_ENROLLMENTS_BULK_BATCH", "50");

    private final Lists lists = Lists.as(platform, "enrollments:grant");

    private static List<String> ids(String header, List<UUID> learners) {
        var lines = new ArrayList<>(List.of(header));
        learners.forEach(learner -> lines.add(learner.toString()));
        return lines;
    }

    private static long enrolled(Course course) {
        return Rows.count(platform, "course_id = '" + course.id() + "' AND status = 'ENROLLED' AND source = 'BULK'");
    }

    private static long events(Course course) {
        return Rows.number(platform, """
                SELECT count(*) FROM enrollments.outbox o JOIN enrollments.enrollments e ON e.id::text = o.key
                WHERE o.type = 'aula.enrollments.v1.UserEnrolled' AND e.course_id = '%s'
                """.formatted(course.id()));
    }

    @Test
    void each_line_becomes_an_enrollment_whoever_is_named_and_however() throws Exception {
        var one = aCourse(platform).build();
        var two = aCourse(platform).priced(4_900).build();
        var byId = platform.user();
        var byAddress = platform.user();

        var operation = lists.run(lists.of(
                null,
                List.of(
                        "email,Course_Id,note,USER_ID,expires_at",
                        "," + one.name() + ",\"a \"\"note\"\", with a comma\"," + byId.id() + ",2099-01-31T00:00:00Z",
                        "",
                        byAddress.id().toString().toUpperCase(java.util.Locale.ROOT) + "@TEST.example , " + two.name()
                                + ",,,")));

        assertThat(operation.getState()).as(operation.getFailure()).isEqualTo(OperationState.OPERATION_STATE_SUCCEEDED);
        assertThat(operation.getDone()).isEqualTo(2);
        assertThat(operation.getTotal()).isEqualTo(2);
        assertThat(Lists.told(operation)).isEmpty();
        var timed =
                EnrollmentCalls.as(platform, byId).batchGet(false, one.name()).getEnrollments(0);
        assertThat(timed.getSource()).isEqualTo(EnrollmentSource.ENROLLMENT_SOURCE_BULK);
        assertThat(timed.getExpireTime().getSeconds())
                .isEqualTo(java.time.Instant.parse("2099-01-31T00:00:00Z").getEpochSecond());
        var endless = EnrollmentCalls.as(platform, byAddress)
                .batchGet(false, two.name())
                .getEnrollments(0);
        assertThat(endless.hasExpireTime()).isFalse();
        assertThat(Rows.events(platform, endless.getId())).containsExactly("aula.enrollments.v1.UserEnrolled");
        assertThat(Rows.seatsAgree(platform, one) && Rows.seatsAgree(platform, two))
                .isTrue();
    }

    @Test
    void what_a_line_cannot_have_is_told_with_its_number_and_a_dry_run_tells_the_same() throws Exception {
        var course = aCourse(platform).build();
        var draft = aCourse(platform).draft().build();
        var advanced = aCourse(platform).after(course).build();
        var known = platform.user();
        EnrollmentCalls.as(platform, known).enroll(course);
        var learner = platform.account();
        var good = learner + ",," + course.name() + ",";
        var list = lists.of(
                null,
                List.of(
                        "user_id,email,course_id,expires_at",
                        good,
                        good,
                        known.id() + ",," + course.name() + ",",
                        UUID.randomUUID() + ",," + course.name() + ",",
                        "somebody,," + course.name() + ",",
                        ",nobody@test.example," + course.name() + ",",
                        ",," + course.name() + ",",
                        learner + ",a@test.example," + course.name() + ",",
                        learner + ",," + draft.name() + ",",
                        learner + ",,,",
                        learner + ",," + advanced.name() + ",",
                        platform.account() + ",," + course.name() + ",tomorrow",
                        platform.account() + ",," + course.name() + ",2020-01-01T00:00:00Z",
                        platform.account() + ",," + course.name() + ",9999-01-01T00:00:00Z"));

        var preview = lists.dryRun(list);

        assertThat(Rows.count(platform, "user_id = '" + learner + "'")).isZero();
        var operation = lists.run(list);
        assertThat(Lists.told(operation))
                .containsExactly(
                        "line 3: " + BatchEnrollment.ENROLLED,
                        "line 4: " + BatchEnrollment.ENROLLED,
                        "line 5 user_id: user not found",
                        "line 6 user_id: user not found",
                        "line 7 email: no user has verified this email address",
                        "line 8 user_id: each line names its learner by either user_id or email",
                        "line 9 user_id: each line names its learner by either user_id or email",
                        "line 10 course_id: the catalog has no such course",
                        "line 11 course_id: the catalog has no such course",
                        "line 12: " + BatchEnrollment.UNPREPARED,
                        "line 13 expires_at: this is no time such as 2027-01-31T00:00:00Z",
                        "line 14 expires_at: access must end in the future, and within 100 years",
                        "line 15 expires_at: access must end in the future, and within 100 years");
        assertThat(preview.getIssuesList()).isEqualTo(operation.getIssuesList());
        assertThat(preview.getState()).isEqualTo(OperationState.OPERATION_STATE_SUCCEEDED);
        assertThat(operation.getDone()).isEqualTo(14);
        assertThat(operation.getIssueCount()).isEqualTo(13);
        assertThat(enrolled(course)).isEqualTo(1);
    }

    @Test
    void prerequisites_can_be_waived() throws Exception {
        var advanced = aCourse(platform).after(aCourse(platform).build()).build();
        var lines = ids("user_id", Lists.learners(platform, 3));
        assertThat(lists.run(lists.of(advanced, lines)).getIssueCount()).isEqualTo(3);
        assertThat(lists.run(lists.of(advanced, true, lines)).getIssueCount()).isZero();
        assertThat(enrolled(advanced)).isEqualTo(3);
    }

    @Test
    void seats_go_to_the_first_lines_over_all_batches() throws Exception {
        var course = aCourse(platform).seats(70).build();
        EnrollmentCalls.as(platform, platform.user()).enroll(course);
        var list = lists.of(course, ids("user_id", Lists.learners(platform, 75)));

        var preview = lists.dryRun(list);
        var operation = lists.run(list);

        assertThat(Lists.told(operation))
                .containsExactly(
                        "line 71: " + BatchEnrollment.FULL,
                        "line 72: " + BatchEnrollment.FULL,
                        "line 73: " + BatchEnrollment.FULL,
                        "line 74: " + BatchEnrollment.FULL,
                        "line 75: " + BatchEnrollment.FULL,
                        "line 76: " + BatchEnrollment.FULL);
        assertThat(preview.getIssuesList()).isEqualTo(operation.getIssuesList());
        assertThat(Rows.taken(platform, course)).isEqualTo(70);
        assertThat(Rows.seatsAgree(platform, course)).isTrue();
        assertThat(Rows.number(
                        platform,
                        "SELECT count(*) FROM enrollments.enrollment_keys WHERE course_id = '" + course.id() + "'"))
                .as("those who got none can try again")
                .isEqualTo(70);
    }

    @Test
    void an_ended_enrollment_is_taken_up_again() throws Exception {
        var course = aCourse(platform).seats(1).build();
        var learner = platform.user();
        var calls = EnrollmentCalls.as(platform, learner);
        var enrollment = calls.enroll(course);
        calls.drop(enrollment);
        var list = lists.of(course, ids("user_id", List.of(learner.id(), platform.account())));

        var preview = lists.dryRun(list);
        var operation = lists.run(list);

        assertThat(Lists.told(operation)).containsExactly("line 3: " + BatchEnrollment.FULL);
        assertThat(preview.getIssuesList()).isEqualTo(operation.getIssuesList());
        var again = calls.get(enrollment.getId());
        assertThat(again.getStatus()).isEqualTo(EnrollmentStatus.ENROLLMENT_STATUS_ENROLLED);
        assertThat(again.getSource()).isEqualTo(EnrollmentSource.ENROLLMENT_SOURCE_BULK);
        assertThat(Rows.seatsAgree(platform, course)).isTrue();
    }

    @Test
    void issues_are_kept_up_to_a_thousand_and_counted_beyond() throws Exception {
        var course = aCourse(platform).build();
        var lines = new ArrayList<>(List.of("user_id"));
        for (int index = 0; index < 1_100; index++) {
            lines.add("nobody");
        }

        var operation = lists.run(lists.of(course, lines));

        assertThat(operation.getIssuesCount()).isEqualTo(1_000);
        assertThat(operation.getIssueCount()).isEqualTo(1_100);
        assertThat(operation.getState()).isEqualTo(OperationState.OPERATION_STATE_SUCCEEDED);
    }

    @Test
    void whoever_asks_for_an_end_keeps_what_was_made() throws Exception {
        var course = aCourse(platform).build();
        var begun = lists.begin(lists.of(course, ids("user_id", Lists.learners(platform, 20_000))), false);
        Await.until("some are enrolled", () -> lists.get(begun).getDone() > 0);

        lists.cancel(begun);
        var operation = lists.ended(begun);

        assertThat(operation.getState()).isEqualTo(OperationState.OPERATION_STATE_CANCELLED);
        assertThat(operation.getDone()).isBetween(1L, 19_999L);
        assertThat(enrolled(course)).isEqualTo(operation.getDone());
        assertThat(events(course)).isEqualTo(operation.getDone());
        assertThat(Rows.seatsAgree(platform, course)).isTrue();
    }

    /// Ends the connection of a batch in the middle of its transaction.
    private static boolean cutABatch() {
        return Rows.number(platform, """
                SELECT count(pg_terminate_backend(l.pid))
                FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
                WHERE l.relation = 'enrollments.enrollment_keys'::regclass AND l.mode = 'RowExclusiveLock'
                    AND a.usename = 'enrollments' AND a.datname = current_database()
                """) > 0;
    }

    @Test
    void what_breaks_off_goes_on_where_it_was_without_doubles() throws Exception {
        var course = aCourse(platform).build();
        var learners = Lists.learners(platform, 6_000);
        var lines = ids("user_id", learners);
        for (int line = 100; line < lines.size(); line += 1_000) {
            lines.add(line, "nobody");
        }
        var begun = lists.begin(lists.of(course, lines), false);
        for (int time = 0; time < 2; time++) {
            var before = enrolled(course);
            Await.until("some more are enrolled", () -> enrolled(course) > before);
            Await.until("a batch is cut", BulkEnrollmentTest::cutABatch);
        }
        var cut = enrolled(course);
        Await.until("it goes on", () -> enrolled(course) > cut);
        Await.until(
                "it ends",
                () -> Rows.number(
                                platform,
                                "SELECT count(ended_at) FROM enrollments.operations WHERE id = '" + begun.getId() + "'")
                        == 1);

        var operation = lists.get(begun);

        assertThat(operation.getState()).as(operation.getFailure()).isEqualTo(OperationState.OPERATION_STATE_SUCCEEDED);
        assertThat(operation.getDone()).isEqualTo(6_006);
        assertThat(operation.getIssueCount()).isEqualTo(6);
        assertThat(Lists.told(operation)).hasSize(6).allMatch(text -> text.endsWith("user not found"));
        assertThat(enrolled(course)).isEqualTo(6_000);
        assertThat(events(course)).isEqualTo(6_000);
        assertThat(Rows.seatsAgree(platform, course)).isTrue();
        assertThat(Rows.number(
                        platform,
                        "SELECT enrolled FROM enrollments.enrollment_list_runs WHERE operation_id = '"
                                + operation.getId() + "'"))
                .as("by the batches that were committed")
                .isEqualTo(6_000);
    }

    @Test
    void a_run_whose_end_was_not_written_ends_without_doubles() throws Exception {
        var course = aCourse(platform).build();
        var first = lists.run(lists.of(course, ids("user_id", Lists.learners(platform, 120))));
        platform.superuser().useTransaction(handle -> {
            handle.execute(
                    "UPDATE enrollments.operations SET state = 'RUNNING', ended_at = NULL WHERE id = CAST(? AS uuid)",
                    first.getId());
            handle.execute("""
                    INSERT INTO enrollments.scheduled_tasks
                        (task_name, task_instance, execution_time, picked, version, priority)
                    VALUES ('operation', ?, now(), false, 1, 50)
                    """, first.getId());
        });

        var second = lists.ended(first);

        assertThat(second.getState()).isEqualTo(OperationState.OPERATION_STATE_SUCCEEDED);
        assertThat(second.getIssueCount()).isZero();
        assertThat(enrolled(course)).isEqualTo(120);
        assertThat(events(course)).isEqualTo(120);
    }
}
