package org.aula.enrollments.bulk;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.enrollments.v1.AddEnrollmentListPartRequest;
import org.aula.api.enrollments.v1.AddEnrollmentListPartResponse;
import org.aula.api.enrollments.v1.BulkEnrollmentServiceGrpc;
import org.aula.api.enrollments.v1.CancelOperationRequest;
import org.aula.api.enrollments.v1.CancelOperationResponse;
import org.aula.api.enrollments.v1.CreateEnrollmentListRequest;
import org.aula.api.enrollments.v1.CreateEnrollmentListResponse;
import org.aula.api.enrollments.v1.GetOperationRequest;
import org.aula.api.enrollments.v1.GetOperationResponse;
import org.aula.api.enrollments.v1.RunEnrollmentListRequest;
import org.aula.api.enrollments.v1.RunEnrollmentListResponse;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.operation.Operations;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;

/// The contract's BulkEnrollmentService.
@Singleton
final class BulkEnrollmentGrpcService extends BulkEnrollmentServiceGrpc.BulkEnrollmentServiceImplBase {

    private final EnrollmentLists lists;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Operations operations;

    BulkEnrollmentGrpcService(
            EnrollmentLists lists, Transactions transactions, Idempotency idempotency, Operations operations) {
        this.lists = lists;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.operations = operations;
    }

    @Override
    public void createEnrollmentList(
            CreateEnrollmentListRequest request, StreamObserver<CreateEnrollmentListResponse> observer) {
        var ownerId = CallScope.current().requireUser();
        var courseId = request.getCourseId().isEmpty() ? null : UUID.fromString(request.getCourseId());
        var answer = idempotency.run(request, CreateEnrollmentListResponse.parser(), handle -> {
            var list = lists.create(handle, ownerId, courseId, request.getWaivePrerequisites());
            return CreateEnrollmentListResponse.newBuilder()
                    .setList(ListMapper.toProto(list))
                    .build();
        });
        Replies.send(observer, answer);
    }

    @Override
    public void addEnrollmentListPart(
            AddEnrollmentListPartRequest request, StreamObserver<AddEnrollmentListPartResponse> observer) {
        var id = UUID.fromString(request.getEnrollmentListId());
        var csv = request.getCsv().toByteArray();
        var list = transactions.write(handle -> lists.addPart(handle, id, request.getNumber(), csv));
        Replies.send(
                observer,
                AddEnrollmentListPartResponse.newBuilder()
                        .setList(ListMapper.toProto(list))
                        .build());
    }

    @Override
    public void runEnrollmentList(
            RunEnrollmentListRequest request, StreamObserver<RunEnrollmentListResponse> observer) {
        var ownerId = CallScope.current().requireUser();
        var id = UUID.fromString(request.getEnrollmentListId());
        // Reading the CSV takes a while, and needs no transaction: what was added is never changed.
        lists.requireReadable(id);
        var answer = idempotency.run(request, RunEnrollmentListResponse.parser(), handle -> {
            var operation = operations.start(handle, BulkEnrollment.KIND, ownerId, request);
            lists.begin(handle, id, UUID.fromString(operation.getId()));
            return RunEnrollmentListResponse.newBuilder()
                    .setOperation(operation)
                    .build();
        });
        Replies.send(observer, answer);
    }

    @Override
    public void getOperation(GetOperationRequest request, StreamObserver<GetOperationResponse> observer) {
        var operation = operations.get(UUID.fromString(request.getOperationId()));
        Replies.send(
                observer,
                GetOperationResponse.newBuilder().setOperation(operation).build());
    }

    @Override
    public void cancelOperation(CancelOperationRequest request, StreamObserver<CancelOperationResponse> observer) {
        var operation = operations.cancel(UUID.fromString(request.getOperationId()));
        Replies.send(
                observer,
                CancelOperationResponse.newBuilder().setOperation(operation).build());
    }
}
