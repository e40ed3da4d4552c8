package org.aula.enrollments.bulk;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.enrollments.v1.AddEnrollmentListPartRequest;
import org.aula.api.enrollments.v1.AddEnrollmentListPartResponse;
import org.aula.api.enrollments.v1.BulkEnrollmentServiceHandler;
import org.aula.api.enrollments.v1.CancelOperationRequest;
import org.aula.api.enrollments.v1.CancelOperationResponse;
import org.aula.api.enrollments.v1.CreateEnrollmentListRequest;
import org.aula.api.enrollments.v1.CreateEnrollmentListResponse;
import org.aula.api.enrollments.v1.GetEnrollmentListRequest;
import org.aula.api.enrollments.v1.GetEnrollmentListResponse;
import org.aula.api.enrollments.v1.GetOperationRequest;
import org.aula.api.enrollments.v1.GetOperationResponse;
import org.aula.api.enrollments.v1.RunEnrollmentListRequest;
import org.aula.api.enrollments.v1.RunEnrollmentListResponse;
import org.aula.api.enrollments.v1.WatchOperationRequest;
import org.aula.api.enrollments.v1.WatchOperationResponse;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.operation.OperationStreams;
import org.aula.kernel.operation.Operations;
import org.aula.kernel.stream.ServerStream;

/// The contract's BulkEnrollmentService.
@Singleton
final class BulkEnrollmentGrpcService extends BulkEnrollmentServiceHandler {

    private final EnrollmentListService lists;
    private final Idempotency idempotency;
    private final Operations operations;
    private final OperationStreams operationStreams;

    BulkEnrollmentGrpcService(
            EnrollmentListService lists,
            Idempotency idempotency,
            Operations operations,
            OperationStreams operationStreams) {
        this.lists = lists;
        this.idempotency = idempotency;
        this.operations = operations;
        this.operationStreams = operationStreams;
    }

    @Override
    protected CreateEnrollmentListResponse createEnrollmentList(CreateEnrollmentListRequest request) {
        var ownerId = CallScope.current().requireUser();
        var courseId = request.getCourseId().isEmpty() ? null : UUID.fromString(request.getCourseId());
        return idempotency.run(request, CreateEnrollmentListResponse.parser(), () -> {
            var list = lists.create(ownerId, courseId, request.getWaivePrerequisites());
            return CreateEnrollmentListResponse.newBuilder()
                    .setList(ListMapper.toProto(list))
                    .build();
        });
    }

    @Override
    protected GetEnrollmentListResponse getEnrollmentList(GetEnrollmentListRequest request) {
        var list = lists.require(UUID.fromString(request.getEnrollmentListId()));
        return GetEnrollmentListResponse.newBuilder()
                .setList(ListMapper.toProto(list))
                .build();
    }

    @Override
    protected AddEnrollmentListPartResponse addEnrollmentListPart(AddEnrollmentListPartRequest request) {
        var id = UUID.fromString(request.getEnrollmentListId());
        var csv = request.getCsv().toByteArray();
        var list = lists.addPart(id, request.getNumber(), csv);
        return AddEnrollmentListPartResponse.newBuilder()
                .setList(ListMapper.toProto(list))
                .build();
    }

    @Override
    protected RunEnrollmentListResponse runEnrollmentList(RunEnrollmentListRequest request) {
        var ownerId = CallScope.current().requireUser();
        var id = UUID.fromString(request.getEnrollmentListId());
        // Reading the CSV takes a while, and needs no transaction: what was added is never changed.
        lists.requireReadable(id);
        return idempotency.run(request, RunEnrollmentListResponse.parser(), () -> {
            var operation = operations.start(BulkEnrollment.KIND, ownerId, request);
            lists.begin(id, UUID.fromString(operation.getId()));
            return RunEnrollmentListResponse.newBuilder()
                    .setOperation(operation)
                    .build();
        });
    }

    @Override
    protected GetOperationResponse getOperation(GetOperationRequest request) {
        var operation = operations.get(UUID.fromString(request.getOperationId()));
        return GetOperationResponse.newBuilder().setOperation(operation).build();
    }

    @Override
    protected ServerStream<WatchOperationResponse> watchOperation(WatchOperationRequest request) {
        return operationStreams.watch(
                UUID.fromString(request.getOperationId()),
                operation -> WatchOperationResponse.newBuilder()
                        .setOperation(operation)
                        .build());
    }

    @Override
    protected CancelOperationResponse cancelOperation(CancelOperationRequest request) {
        var operation = operations.cancel(UUID.fromString(request.getOperationId()));
        return CancelOperationResponse.newBuilder().setOperation(operation).build();
    }
}
