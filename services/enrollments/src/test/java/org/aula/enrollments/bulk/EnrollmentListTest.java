package org.aula.enrollments.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.enrollments.enrollment.CourseBuilder.aCourse;

import com.google.protobuf.ByteString;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.aula.api.enrollments.v1.AddEnrollmentListPartRequest;
import org.aula.api.enrollments.v1.CancelOperationRequest;
import org.aula.api.enrollments.v1.CreateEnrollmentListRequest;
import org.aula.api.enrollments.v1.EnrollmentList;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.api.enrollments.v1.GetOperationRequest;
import org.aula.api.enrollments.v1.RunEnrollmentListRequest;
import org.aula.api.operations.v1.OperationState;
import org.aula.enrollments.enrollment.CourseBuilder.Course;
import org.aula.enrollments.enrollment.Rows;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Lists from their making to their end.
final class EnrollmentListTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("enrollments");

    private final Lists lists = Lists.as(platform, "enrollments:grant");
    private final Course course = aCourse(platform).build();

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    @Test
    void parts_end_anywhere_and_come_in_order() throws Exception {
        var learner = platform.account().toString();
        var list = lists.create(course, false);
        assertThat(list.getCourseId()).isEqualTo(course.name());
        assertThat(list.getPartCount()).isZero();
        var first = lists.add(list, 1, bytes("user_id\n" + learner.substring(0, 7)));
        assertThat(first.getPartCount()).isEqualTo(1);
        assertThat(first.getSizeBytes()).isEqualTo(15);

        var gap = Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_LIST_PART_MISMATCH,
                () -> lists.add(list, 3, bytes("x")));
        assertThat(gap.metadata()).containsEntry("expected", "2");
        assertThat(gap.fields()).containsExactly("number");
        var second = lists.add(list, 2, bytes(learner.substring(7)));
        assertThat(lists.add(list, 1, bytes("user_id\n" + learner.substring(0, 7))))
                .as("the same again")
                .isEqualTo(second);
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_LIST_PART_MISMATCH,
                () -> lists.add(list, 1, bytes("user_id\n")));

        var operation = lists.run(list);

        assertThat(operation.getDone()).isEqualTo(1);
        assertThat(Lists.told(operation)).isEmpty();
        var closed = Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_ENROLLMENT_LIST_CLOSED,
                () -> lists.add(list, 3, bytes("x")));
        assertThat(closed.metadata()).containsEntry("operation_id", operation.getId());
    }

    @Test
    void the_first_line_must_name_who_and_where() throws Exception {
        refused(course, "name\nx\n");
        refused(course, "user_id,user_id\nx,y\n");
        refused(null, "user_id\nx\n");
        var empty = lists.create(course, false);
        Refusal.expect(Code.INVALID_ARGUMENT, ErrorReason.ERROR_REASON_LIST_INVALID, () -> lists.begin(empty, true));
    }

    private void refused(@org.jspecify.annotations.Nullable Course where, String csv) throws Exception {
        var list = lists.create(where, false);
        lists.add(list, 1, bytes(csv));
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT, ErrorReason.ERROR_REASON_LIST_INVALID, () -> lists.begin(list, false));
        assertThat(refusal.metadata()).containsEntry("location", "line 1");
        assertThat(refusal.fields()).containsExactly("enrollment_list_id");
    }

    @Test
    void what_is_no_csv_to_its_end_comes_to_nothing() throws Exception {
        var learner = platform.account();
        var far = "somebody\n".repeat(3_000);
        var text = "user_id\n" + learner + "\n" + far;
        for (var end : List.of(bytes("\"not closed\n"), ByteString.copyFrom(new byte[] {(byte) 0xc3, (byte) 0x28}))) {
            var list = lists.create(course, false);
            lists.add(list, 1, bytes(text).concat(end));

            var operation = lists.run(list);

            assertThat(operation.getState()).isEqualTo(OperationState.OPERATION_STATE_FAILED);
            assertThat(operation.getFailure())
                    .contains("this is no CSV in UTF-8")
                    .contains("line");
            assertThat(Rows.count(platform, "user_id = '" + learner + "'")).isZero();
        }
    }

    @Test
    void a_list_of_a_course_that_is_not_offered_is_not_made() throws Exception {
        var draft = aCourse(platform).draft().build();
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, () -> lists.create(draft, false));
    }

    @Test
    void the_same_request_gives_the_same_list_and_the_same_operation() {
        var create = CreateEnrollmentListRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setCourseId(course.name())
                .build();
        var list = lists.stub().createEnrollmentList(create);
        assertThat(lists.stub().createEnrollmentList(create)).isEqualTo(list);
        lists.add(list.getList(), 1, bytes("user_id\n"));
        var run = RunEnrollmentListRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setEnrollmentListId(list.getList().getId())
                .build();
        assertThat(lists.stub().runEnrollmentList(run)).isEqualTo(lists.stub().runEnrollmentList(run));
    }

    @Test
    void only_who_may_enrol_others_comes_near() throws Exception {
        var list = lists.of(course, List.of("user_id", "x"));
        var operation = lists.run(list);
        var stranger = Lists.as(platform, "enrollments:read");
        for (Refusal.Call call : List.<Refusal.Call>of(
                () -> stranger.create(course, false),
                () -> stranger.add(list, 2, bytes("x")),
                () -> stranger.begin(list, true))) {
            Refusal.expect(
                    Code.PERMISSION_DENIED, org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING, call);
        }
        for (Refusal.Call call : List.<Refusal.Call>of(() -> stranger.get(operation), () -> {
            stranger.cancel(operation);
            return operation;
        })) {
            assertThat(Refusal.of(call).reason()).isEqualTo("OPERATION_NOT_FOUND");
        }
        var unknown =
                EnrollmentList.newBuilder().setId(UUID.randomUUID().toString()).build();
        for (Refusal.Call call :
                List.<Refusal.Call>of(() -> lists.add(unknown, 1, bytes("x")), () -> lists.begin(unknown, true))) {
            Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_ENROLLMENT_LIST_NOT_FOUND, call);
        }
    }

    @Test
    void bounds_are_named() throws Exception {
        var stub = lists.stub();
        assertThat(Refusal.of(() -> stub.createEnrollmentList(CreateEnrollmentListRequest.newBuilder()
                                .setCourseId("none")
                                .build()))
                        .fields())
                .containsExactlyInAnyOrder("request_id", "course_id");
        assertThat(Refusal.of(() -> stub.addEnrollmentListPart(AddEnrollmentListPartRequest.getDefaultInstance()))
                        .fields())
                .containsExactlyInAnyOrder("enrollment_list_id", "number", "csv");
        var large = AddEnrollmentListPartRequest.newBuilder()
                .setEnrollmentListId(UUID.randomUUID().toString())
                .setNumber(101)
                .setCsv(ByteString.copyFrom(new byte[900_001]))
                .build();
        assertThat(Refusal.of(() -> stub.addEnrollmentListPart(large)).fields())
                .containsExactlyInAnyOrder("number", "csv");
        assertThat(Refusal.of(() -> stub.runEnrollmentList(RunEnrollmentListRequest.getDefaultInstance()))
                        .fields())
                .containsExactlyInAnyOrder("request_id", "enrollment_list_id");
        assertThat(Refusal.of(() -> stub.getOperation(GetOperationRequest.getDefaultInstance()))
                        .fields())
                .containsExactly("operation_id");
        assertThat(Refusal.of(() -> stub.cancelOperation(CancelOperationRequest.getDefaultInstance()))
                        .fields())
                .containsExactly("operation_id");
    }

    @Test
    void lists_are_deleted_after_thirty_days() throws Exception {
        var old = lists.of(course, List.of("user_id", "x"));
        lists.run(old);
        var fresh = lists.of(course, List.of("user_id", "x"));
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE enrollments.enrollment_lists SET created_at = ? WHERE id = CAST(? AS uuid)",
                        java.time.Instant.now().minus(Duration.ofDays(30)),
                        old.getId()));

        platform.inside("enrollments", () -> {
            platform.bean("enrollments", ListSweep.class).run();
            return true;
        });

        Refusal.expect(
                Code.NOT_FOUND, ErrorReason.ERROR_REASON_ENROLLMENT_LIST_NOT_FOUND, () -> lists.begin(old, true));
        assertThat(lists.begin(fresh, true).getId()).isNotEmpty();
    }
}
