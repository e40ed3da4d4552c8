package org.aula.enrollments.bulk;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.UUID;
import org.aula.api.enrollments.v1.AddEnrollmentListPartRequest;
import org.aula.api.enrollments.v1.BulkEnrollmentServiceGrpc;
import org.aula.api.enrollments.v1.BulkEnrollmentServiceGrpc.BulkEnrollmentServiceBlockingStub;
import org.aula.api.enrollments.v1.CancelOperationRequest;
import org.aula.api.enrollments.v1.CreateEnrollmentListRequest;
import org.aula.api.enrollments.v1.EnrollmentList;
import org.aula.api.enrollments.v1.GetOperationRequest;
import org.aula.api.enrollments.v1.RunEnrollmentListRequest;
import org.aula.api.operations.v1.Operation;
import org.aula.api.operations.v1.OperationIssue;
import org.aula.enrollments.enrollment.CourseBuilder.Course;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestPlatform;
import org.jspecify.annotations.Nullable;

/// The service in a test's words, as one caller.
record Lists(BulkEnrollmentServiceBlockingStub stub) {

    private static final int PART = 900_000;

    static Lists as(TestPlatform platform, String... permissions) {
        return new Lists(
                BulkEnrollmentServiceGrpc.newBlockingStub(platform.as(platform.user(permissions), "enrollments")));
    }

    /// Accounts, made at once.
    static List<UUID> learners(TestPlatform platform, int count) {
        return platform.superuser()
                .withHandle(handle ->
                        handle.createQuery("""
                                INSERT INTO auth.accounts (id, email, password_hash, status)
                                SELECT id, id || '@test.example', '-', 'ACTIVE'
                                FROM (SELECT uuidv7() AS id FROM generate_series(1, ?)) made RETURNING id
                                """).bind(0, count).mapTo(UUID.class).list());
    }

    EnrollmentList create(@Nullable Course course, boolean waives) {
        return stub.createEnrollmentList(CreateEnrollmentListRequest.newBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .setCourseId(course == null ? "" : course.name())
                        .setWaivePrerequisites(waives)
                        .build())
                .getList();
    }

    EnrollmentList add(EnrollmentList list, int number, ByteString csv) {
        return stub.addEnrollmentListPart(AddEnrollmentListPartRequest.newBuilder()
                        .setEnrollmentListId(list.getId())
                        .setNumber(number)
                        .setCsv(csv)
                        .build())
                .getList();
    }

    /// A list with these lines, the first of which names the columns.
    EnrollmentList of(@Nullable Course course, List<String> lines) {
        return of(course, false, lines);
    }

    EnrollmentList of(@Nullable Course course, boolean waives, List<String> lines) {
        var list = create(course, waives);
        var csv = ByteString.copyFromUtf8(String.join("\n", lines) + "\n");
        for (int part = 0; part * PART < csv.size(); part++) {
            list = add(list, part + 1, csv.substring(part * PART, Math.min(csv.size(), (part + 1) * PART)));
        }
        return list;
    }

    Operation begin(EnrollmentList list, boolean dry) {
        return stub.runEnrollmentList(RunEnrollmentListRequest.newBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .setEnrollmentListId(list.getId())
                        .setDryRun(dry)
                        .build())
                .getOperation();
    }

    Operation run(EnrollmentList list) throws Exception {
        return ended(begin(list, false));
    }

    Operation dryRun(EnrollmentList list) throws Exception {
        return ended(begin(list, true));
    }

    Operation get(Operation operation) {
        return stub.getOperation(GetOperationRequest.newBuilder()
                        .setOperationId(operation.getId())
                        .build())
                .getOperation();
    }

    void cancel(Operation operation) {
        stub.cancelOperation(CancelOperationRequest.newBuilder()
                .setOperationId(operation.getId())
                .build());
    }

    Operation ended(Operation operation) throws Exception {
        Await.until("it ends", () -> get(operation).hasEndTime());
        return get(operation);
    }

    /// `line 3 email: nobody has this address`, for each.
    static List<String> told(Operation operation) {
        return operation.getIssuesList().stream().map(Lists::told).toList();
    }

    private static String told(OperationIssue issue) {
        var element = issue.getElement().isEmpty() ? "" : " " + issue.getElement();
        return issue.getLocation() + element + ": " + issue.getReason();
    }
}
