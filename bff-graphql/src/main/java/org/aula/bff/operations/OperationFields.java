package org.aula.bff.operations;

import com.google.common.util.concurrent.ListenableFuture;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.aula.api.content.v1.Asset;
import org.aula.api.courses.v1.GetOperationRequest;
import org.aula.api.operations.v1.Operation;
import org.aula.api.operations.v1.OperationIssue;
import org.aula.bff.backend.Loader;
import org.aula.bff.backend.RequestContext;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.jspecify.annotations.Nullable;

/// Operations of all services that have any. Each service knows its own alone, so the global id tells whose
/// one is.
public final class OperationFields implements Wiring.Part {

    private static final String OF_COURSES = "courses.";
    private static final String OF_ENROLLMENTS = "enrollments.";
    private static final String COURSES_ID = "Operation";
    private static final String ENROLLMENTS_ID = "EnrollmentOperation";
    private static final String GRADES_ID = "GradeOperation";
    private static final String[] ANY = {COURSES_ID, ENROLLMENTS_ID, GRADES_ID};
    /// What it makes is a file, not a course.
    private static final String EXPORT = "courses.export";

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("Operation", Operation.class)
                .value("id", OperationFields::globalId)
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
        wiring.query("operation", environment -> {
            var id = GlobalId.require(Wiring.<String>required(environment, "id"));
            return operation(id.type(), GlobalId.require(Wiring.required(environment, "id"), ANY), environment);
        });
        for (var type : ANY) {
            wiring.node(type, (id, environment) -> operation(type, id, environment));
        }
        addCancelling(wiring);
    }

    private static String globalId(Operation operation) {
        var type = operation.getKind().startsWith(OF_COURSES)
                ? COURSES_ID
                : operation.getKind().startsWith(OF_ENROLLMENTS) ? ENROLLMENTS_ID : GRADES_ID;
        return GlobalId.of(type, operation.getId());
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

    private static CompletableFuture<?> operation(String type, String id, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return Wiring.orNull(
                switch (type) {
                    case ENROLLMENTS_ID ->
                        found(
                                request,
                                request.enrollmentLists()
                                        .getOperation(org.aula.api.enrollments.v1.GetOperationRequest.newBuilder()
                                                .setOperationId(id)
                                                .build()),
                                org.aula.api.enrollments.v1.GetOperationResponse::getOperation);
                    case GRADES_ID ->
                        found(
                                request,
                                request.grading()
                                        .getOperation(org.aula.api.grades.v1.GetOperationRequest.newBuilder()
                                                .setOperationId(id)
                                                .build()),
                                org.aula.api.grades.v1.GetOperationResponse::getOperation);
                    default ->
                        found(
                                request,
                                request.courses()
                                        .getOperation(GetOperationRequest.newBuilder()
                                                .setOperationId(id)
                                                .build()),
                                org.aula.api.courses.v1.GetOperationResponse::getOperation);
                });
    }

    private static <A> CompletableFuture<Operation> found(
            RequestContext request, ListenableFuture<A> call, Function<A, Operation> read) {
        return request.answer(call).thenApply(read);
    }

    private static void addCancelling(Wiring wiring) {
        var field = "cancelOperation";
        var ofCourses = new Mutation<>(
                field,
                org.aula.api.courses.v1.CancelOperationRequest.getDefaultInstance(),
                input -> org.aula.api.courses.v1.CancelOperationRequest.newBuilder()
                        .setOperationId(input.id("operationId", ANY))
                        .build(),
                (request, message) -> request.courses().cancelOperation(message),
                answer -> Map.of("operation", answer.getOperation()));
        var ofEnrollments = new Mutation<>(
                field,
                org.aula.api.enrollments.v1.CancelOperationRequest.getDefaultInstance(),
                input -> org.aula.api.enrollments.v1.CancelOperationRequest.newBuilder()
                        .setOperationId(input.id("operationId", ANY))
                        .build(),
                (request, message) -> request.enrollmentLists().cancelOperation(message),
                answer -> Map.of("operation", answer.getOperation()));
        var ofGrades = new Mutation<>(
                field,
                org.aula.api.grades.v1.CancelOperationRequest.getDefaultInstance(),
                input -> org.aula.api.grades.v1.CancelOperationRequest.newBuilder()
                        .setOperationId(input.id("operationId", ANY))
                        .build(),
                (request, message) -> request.grading().cancelOperation(message),
                answer -> Map.of("operation", answer.getOperation()));
        wiring.mutation(
                List.of(ofCourses, ofEnrollments, ofGrades), input -> switch (GlobalId.parse(input.text("operationId"))
                        .map(GlobalId::type)
                        .orElse("")) {
                    case ENROLLMENTS_ID -> ofEnrollments;
                    case GRADES_ID -> ofGrades;
                    default -> ofCourses;
                });
    }
}
