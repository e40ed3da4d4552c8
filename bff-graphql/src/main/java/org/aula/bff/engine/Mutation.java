package org.aula.bff.engine;

import com.google.protobuf.Descriptors;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import graphql.language.FieldDefinition;
import graphql.language.InputValueDefinition;
import io.grpc.MethodDescriptor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.aula.bff.backend.Contract;
import org.aula.kernel.contract.ContractFiles;
import org.jspecify.annotations.Nullable;

/// A mutation: one call of the contract. Its input is read into the request, and its payload out of the
/// response, by the names of their fields; only what differs is said here.
///
/// @param <Q> the request's type
/// @param <A> the response's type
public final class Mutation<Q extends Message, A extends Message> {

    static final String USER_ERRORS = "userErrors";

    private static final String DELETED = "deletedId";

    private final String field;
    private final MethodDescriptor<Q, A> method;
    private final Map<String, BiFunction<Q, A, @Nullable Object>> payload = new HashMap<>();
    private UnaryOperator<Q> edit = UnaryOperator.identity();
    private @Nullable RequestReader reader;

    /// @param field the mutation's name in the schema
    Mutation(String field, MethodDescriptor<Q, A> method) {
        this.field = field;
        this.method = method;
    }

    /// A field of the payload that is not the response's field of the same name as it is.
    public Mutation<Q, A> payload(String name, Function<A, @Nullable Object> read) {
        return payload(name, (request, response) -> read.apply(response));
    }

    /// The same of what the request tells as well.
    public Mutation<Q, A> payload(String name, BiFunction<Q, A, @Nullable Object> read) {
        payload.put(name, read);
        return this;
    }

    /// Completes the request with what no field of the input is.
    public Mutation<Q, A> edit(UnaryOperator<Q> change) {
        edit = change;
        return this;
    }

    /// The mutation's name in the schema.
    String field() {
        return field;
    }

    MethodDescriptor<Q, A> method() {
        return method;
    }

    /// What the contract says of its method.
    Descriptors.MethodDescriptor descriptor() {
        return ContractFiles.method(method.getFullMethodName());
    }

    Descriptor request() {
        return Contract.request(method).getDescriptorForType();
    }

    /// Binds the input and the payload.
    ///
    /// @param fetched whether a field of the payload is fetched when it is asked for, see [Wiring#ofPayload]
    /// @throws IllegalStateException if the contract has no field for one of them
    void bind(FieldDefinition definition, SchemaFiles schema, FieldReader fields, Predicate<String> fetched) {
        var input = SchemaFiles.named(
                definition.getInputValueDefinitions().getFirst().getType());
        reader = new RequestReader(schema, request(), schema.inputs(input));
        var unknown = new HashSet<>(payload.keySet());
        for (var part : schema.fields(SchemaFiles.named(definition.getType()))) {
            var name = part.getName();
            if (unknown.remove(name) || name.equals(USER_ERRORS) || fetched.test(name)) {
                continue;
            }
            if (name.equals(DELETED)) {
                payload.put(name, deleted(part, schema.inputs(input)));
            } else {
                var read = fields.ofResponse(Contract.response(method).getClass(), part);
                payload.put(name, (request, response) -> read.apply(response));
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalStateException("the payload has no " + unknown);
        }
    }

    /// The global id of what is gone: the id that came with the input, as the one of the type that it was.
    private BiFunction<Q, A, @Nullable Object> deleted(FieldDefinition part, List<InputValueDefinition> inputs) {
        var type = Objects.requireNonNull(SchemaFiles.ids(part.getDirectives()), part.getName())
                .types()
                .getFirst();
        var id = inputs.stream()
                .filter(input -> {
                    var ids = SchemaFiles.ids(input.getDirectives());
                    return ids != null && ids.types().getFirst().equals(type);
                })
                .map(input -> InputPaths.fields(request(), input.getName()).getLast())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the input has no id of a " + type));
        return (request, response) -> GlobalId.of(type, (String) request.getField(id));
    }

    @SuppressWarnings("unchecked")
    Q read(Map<String, Object> input, InputProblems problems) {
        var request = Contract.request(method).newBuilderForType();
        Objects.requireNonNull(reader).read(input, request, problems);
        return edit.apply((Q) request.build());
    }

    /// What the payload holds besides `userErrors`.
    Map<String, @Nullable Object> payload(Q request, A response) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        payload.forEach((name, read) -> values.put(name, read.apply(request, response)));
        return values;
    }
}
