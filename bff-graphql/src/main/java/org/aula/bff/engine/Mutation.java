package org.aula.bff.engine;

import com.google.protobuf.Descriptors;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import graphql.language.FieldDefinition;
import io.grpc.MethodDescriptor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
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

    private final String field;
    private final MethodDescriptor<Q, A> method;
    private final Map<String, Function<Object, @Nullable Object>> payload = new HashMap<>();
    private UnaryOperator<Q> edit = UnaryOperator.identity();
    private @Nullable RequestReader reader;

    /// @param field the mutation's name in the schema
    Mutation(String field, MethodDescriptor<Q, A> method) {
        this.field = field;
        this.method = method;
    }

    /// A field of the payload that is not the response's field of the same name as it is.
    @SuppressWarnings("unchecked")
    public Mutation<Q, A> payload(String name, Function<A, @Nullable Object> read) {
        payload.put(name, response -> read.apply((A) response));
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
    /// @throws IllegalStateException if the contract has no field for one of them
    void bind(FieldDefinition definition, SchemaFiles schema, FieldReader fields) {
        var input = SchemaFiles.named(
                definition.getInputValueDefinitions().getFirst().getType());
        reader = new RequestReader(schema, request(), schema.inputs(input));
        var unknown = new HashSet<>(payload.keySet());
        for (var part : schema.fields(SchemaFiles.named(definition.getType()))) {
            var name = part.getName();
            if (!unknown.remove(name) && !name.equals(USER_ERRORS)) {
                payload.put(name, fields.ofResponse(Contract.response(method).getClass(), part));
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalStateException("the payload has no " + unknown);
        }
    }

    @SuppressWarnings("unchecked")
    Q read(Map<String, Object> input, InputProblems problems) {
        var request = Contract.request(method).newBuilderForType();
        Objects.requireNonNull(reader).read(input, request, problems);
        return edit.apply((Q) request.build());
    }

    /// What the payload holds besides `userErrors`.
    Map<String, @Nullable Object> payload(A response) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        payload.forEach((name, read) -> values.put(name, read.apply(response)));
        return values;
    }
}
