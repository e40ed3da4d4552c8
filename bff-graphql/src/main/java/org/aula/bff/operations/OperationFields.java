package org.aula.bff.operations;

import com.google.protobuf.Message;
import graphql.schema.DataFetchingEnvironment;
import io.grpc.MethodDescriptor;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.aula.api.content.v1.Asset;
import org.aula.api.operations.v1.Operation;
import org.aula.bff.backend.Contract;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.RefusedException;
import org.aula.bff.engine.Wiring;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/// Operations of all domains that have any. Each service knows its own alone, so the global id holds the
/// domain.
public final class OperationFields implements Wiring.Part {

    private static final String TYPE = "Operation";
    private static final String ID = "operation_id";
    /// What it makes is a file, not a course.
    private static final String EXPORT = "courses.export";

    private final Map<String, MethodDescriptor<Message, Message>> gets = Contract.methods("GetOperation");
    private final Map<String, MethodDescriptor<Message, Message>> watches = Contract.methods("WatchOperation");

    @Override
    public void addTo(Wiring wiring) {
        wiring.type(TYPE, Operation.class)
                .value("id", operation -> GlobalId.of(TYPE, domain(operation.getKind(), '.') + ':' + operation.getId()))
                .fetch("course", OperationFields::course)
                .fetch("archive", OperationFields::archive);
        wiring.query(
                "operation",
                environment -> get(GlobalId.require(Wiring.required(environment, "id"), TYPE), environment));
        wiring.node(TYPE, (id, environment) -> get(id.id(), environment));
        wiring.watch("operation", this::watch, OperationFields::operation);
        wiring.mutation(
                "cancelOperation",
                Contract.methods("CancelOperation"),
                input -> GlobalId.parse(String.valueOf(input.get("operationId")))
                        .map(id -> domain(id.id(), ':'))
                        .orElse(""),
                OperationFields::withoutDomain);
    }

    private CompletableFuture<?> get(String id, DataFetchingEnvironment environment) {
        var method = method(gets, id);
        return Wiring.orNull(
                Wiring.request(environment).call(method, request(method, id)).thenApply(OperationFields::operation));
    }

    private Publisher<Message> watch(DataFetchingEnvironment environment) {
        var id = GlobalId.require(Wiring.required(environment, "id"), TYPE);
        var method = method(watches, id);
        return Wiring.request(environment).listen(method, request(method, id));
    }

    private static MethodDescriptor<Message, Message> method(
            Map<String, MethodDescriptor<Message, Message>> methods, String id) {
        var method = methods.get(domain(id, ':'));
        if (method == null) {
            throw RefusedException.invalid("ID_INVALID", "no domain of operations is named in the id");
        }
        return method;
    }

    private static Message request(MethodDescriptor<Message, Message> method, String id) {
        var request = Contract.request(method);
        var field = request.getDescriptorForType().findFieldByName(ID);
        return withoutDomain(request.toBuilder().setField(field, id).build());
    }

    private static Object operation(Message answer) {
        return answer.getField(answer.getDescriptorForType().findFieldByName("operation"));
    }

    private static Message withoutDomain(Message request) {
        var field = request.getDescriptorForType().findFieldByName(ID);
        var id = (String) request.getField(field);
        return request.toBuilder()
                .setField(field, id.substring(id.indexOf(':') + 1))
                .build();
    }

    /// What stands before the separator.
    private static String domain(String text, char separator) {
        return text.substring(0, Math.max(text.indexOf(separator), 0));
    }

    private static @Nullable Object course(Operation operation, DataFetchingEnvironment environment) {
        return operation.getResourceId().isEmpty()
                        || !domain(operation.getKind(), '.').equals("courses")
                        || operation.getKind().equals(EXPORT)
                ? null
                : Loader.COURSES.load(environment, operation.getResourceId());
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
}
