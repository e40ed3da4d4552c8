package org.aula.bff.operations;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.aula.api.content.v1.Asset;
import org.aula.api.courses.v1.CancelOperationRequest;
import org.aula.api.courses.v1.GetOperationRequest;
import org.aula.api.courses.v1.GetOperationResponse;
import org.aula.api.operations.v1.Operation;
import org.aula.api.operations.v1.OperationIssue;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.jspecify.annotations.Nullable;

/// Operations. So far only the courses service has any.
public final class OperationFields implements Wiring.Part {

    private static final String OF_COURSES = "courses.";
    /// What it makes is a file, not a course.
    private static final String EXPORT = "courses.export";

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("Operation", Operation.class)
                .value("id", operation -> GlobalId.of("Operation", operation.getId()))
                .value("kind", Operation::getKind)
                .value("state", operation -> Values.name(operation.getState()))
                .value("done", Operation::getDone)
                .value("total", operation -> operation.getTotal() == 0 ? null : operation.getTotal())
                .value("rate", Operation::getRate)
                .value("estimatedEndTime", operation -> Values.time(operation.getEstimatedEndTime()))
                .value("createTime", operation -> Values.time(operation.getCreateTime()))
                .value("endTime", operation -> Values.time(operation.getEndTime()))
                .fetch(
                        "course",
                        (operation, environment) -> operation.getResourceId().isEmpty()
                                        || !operation.getKind().startsWith(OF_COURSES)
                                        || operation.getKind().equals(EXPORT)
                                ? null
                                : Loader.COURSES.load(environment, operation.getResourceId()))
                .fetch("archive", OperationFields::archive)
                .value("issues", Operation::getIssuesList)
                .value("issueCount", Operation::getIssueCount)
                .value("failure", operation -> Values.text(operation.getFailure()));
        wiring.type("OperationIssue", OperationIssue.class)
                .value("place", OperationIssue::getPlace)
                .value("element", OperationIssue::getElement)
                .value("reason", OperationIssue::getReason);
        wiring.query(
                "operation",
                environment ->
                        operation(GlobalId.require(Wiring.required(environment, "id"), "Operation"), environment));
        wiring.node("Operation", OperationFields::operation);
        wiring.mutation(new Mutation<>(
                "cancelOperation",
                CancelOperationRequest.getDefaultInstance(),
                input -> CancelOperationRequest.newBuilder()
                        .setOperationId(input.id("operationId", "Operation"))
                        .build(),
                (request, message) -> request.courses().cancelOperation(message),
                answer -> Map.of("operation", answer.getOperation())));
    }

    /// By its download, so that the address costs no call more.
    private static @Nullable CompletableFuture<@Nullable Asset> archive(
            Operation operation, DataFetchingEnvironment environment) {
        return operation.getResourceId().isEmpty() || !operation.getKind().equals(EXPORT)
                ? null
                : Loader.DOWNLOADS
                        .load(environment, operation.getResourceId())
                        .thenApply(found -> found == null ? null : found.getAsset());
    }

    private static CompletableFuture<?> operation(String id, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return Wiring.orNull(request.answer(request.courses()
                        .getOperation(GetOperationRequest.newBuilder()
                                .setOperationId(id)
                                .build()))
                .thenApply(GetOperationResponse::getOperation));
    }
}
