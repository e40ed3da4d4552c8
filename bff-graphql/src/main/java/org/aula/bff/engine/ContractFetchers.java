package org.aula.bff.engine;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import graphql.language.FieldDefinition;
import graphql.language.InputValueDefinition;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import io.grpc.MethodDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.aula.bff.backend.Contract;
import org.jspecify.annotations.Nullable;

/// Makes the fetchers of fields that one call of the contract answers.
///
/// @param schema the schema
/// @param fields reads fields out of responses
/// @param sources the class behind each object type of the schema that has one
record ContractFetchers(SchemaFiles schema, FieldReader fields, Map<String, Class<?>> sources) {

    /// Asks a service for a field.
    @FunctionalInterface
    interface ContractFetcher extends DataFetcher<CompletableFuture<@Nullable Object>> {
        @Override
        CompletableFuture<@Nullable Object> get(DataFetchingEnvironment environment);
    }

    /// @param id the field of the request that says of what; null if it is of nothing in particular
    /// @param read reads its value; null if the argument `id` gives it
    ContractFetcher call(
            FieldDefinition definition,
            MethodDescriptor<?, ?> method,
            @Nullable String id,
            @Nullable Function<DataFetchingEnvironment, String> read) {
        var value = value(definition, Contract.response(method).getClass());
        return fetcher(
                definition, method, id, read, UnaryOperator.identity(), (request, answer) -> value.apply(answer));
    }

    /// The same; null in place of NOT_FOUND.
    ContractFetcher find(
            FieldDefinition definition,
            MethodDescriptor<?, ?> method,
            @Nullable String id,
            @Nullable Function<DataFetchingEnvironment, String> read) {
        var call = call(definition, method, id, read);
        return environment -> Wiring.orNull(call.get(environment));
    }

    /// How `node` finds things of a type.
    ///
    /// @param ids the fields of the request that say which
    @SuppressWarnings("unchecked")
    Wiring.NodeFetch node(FieldDefinition definition, MethodDescriptor<?, ?> method, List<String> ids) {
        var contract = (MethodDescriptor<Message, Message>) method;
        var empty = Contract.request(contract);
        var named = ids.stream().map(id -> field(empty, id)).toList();
        var value = value(definition, Contract.response(method).getClass());
        return (id, environment) -> {
            var request = empty.newBuilderForType();
            var parts = id.parts(named.size());
            for (var index = 0; index < named.size(); index++) {
                request.setField(named.get(index), parts.get(index));
            }
            return Wiring.orNull(
                    Wiring.request(environment).call(contract, request.build()).thenApply(value));
        };
    }

    ContractFetcher page(
            FieldDefinition definition,
            MethodDescriptor<?, ?> method,
            @Nullable String id,
            @Nullable Function<DataFetchingEnvironment, String> read) {
        return page(definition, method, id, read, UnaryOperator.identity());
    }

    /// @param edit completes the request
    @SuppressWarnings("unchecked")
    ContractFetcher page(
            FieldDefinition definition,
            MethodDescriptor<?, ?> method,
            @Nullable String id,
            @Nullable Function<DataFetchingEnvironment, String> read,
            UnaryOperator<Message> edit) {
        var response = Contract.response(method).getClass();
        var nodes = fields.listOf(response);
        var cursors = Getters.of(response, "getItemTokensList");
        var nextPageToken = Getters.of(response, "getNextPageToken");
        return fetcher(
                definition,
                method,
                id,
                read,
                edit,
                (request, answer) -> Connections.of(
                        request,
                        (List<?>) Objects.requireNonNull(nodes.apply(answer)),
                        (List<String>) cursors.apply(answer),
                        (String) nextPageToken.apply(answer),
                        (String) request.getField(field(request, "page_token"))));
    }

    /// @param read what of a message of the stream is the field
    <A extends Message> DataFetcher<Object> watch(
            FieldDefinition definition, MethodDescriptor<?, A> method, Function<A, Object> read) {
        @SuppressWarnings("unchecked")
        var contract = (MethodDescriptor<Message, A>) method;
        var empty = Contract.request(contract);
        var reader =
                new RequestReader(schema, empty.getDescriptorForType(), definition.getInputValueDefinitions(), null);
        return Wiring.subscription(
                environment -> {
                    var request = Wiring.request(environment);
                    var builder = empty.newBuilderForType();
                    reader.read(environment.getArguments(), builder, InputProblems.ofQuery(request.claimedUserId()));
                    return request.listen(contract, builder.build());
                },
                read);
    }

    /// What a response gives: itself where it stands behind the field's type or is shown as what does, else
    /// its field.
    private Function<Object, @Nullable Object> value(FieldDefinition definition, Class<?> response) {
        var shown = fields.shown().get(Contract.descriptor(response).getFullName());
        if (shown != null) {
            return shown;
        }
        if (response.equals(sources.get(SchemaFiles.named(definition.getType())))) {
            return answer -> answer;
        }
        return fields.ofOwnResponse(response, definition);
    }

    @SuppressWarnings("unchecked")
    private ContractFetcher fetcher(
            FieldDefinition definition,
            MethodDescriptor<?, ?> method,
            @Nullable String id,
            @Nullable Function<DataFetchingEnvironment, String> read,
            UnaryOperator<Message> edit,
            BiFunction<Message, Message, @Nullable Object> value) {
        var contract = (MethodDescriptor<Message, Message>) method;
        var empty = Contract.request(contract);
        var idField = id == null ? null : field(empty, id);
        var reader = new RequestReader(
                schema, empty.getDescriptorForType(), arguments(definition), read == null ? idField : null);
        var withItemTokens = empty.getDescriptorForType().findFieldByName("with_item_tokens");
        return environment -> {
            var request = Wiring.request(environment);
            var builder = empty.newBuilderForType();
            if (idField != null && read != null) {
                builder.setField(idField, read.apply(environment));
            }
            if (withItemTokens != null) {
                builder.setField(withItemTokens, true);
            }
            reader.read(environment.getArguments(), builder, InputProblems.ofQuery(request.claimedUserId()));
            var message = edit.apply(builder.build());
            return request.call(contract, message).thenApply(answer -> value.apply(message, answer));
        };
    }

    /// Those that are read into the request: how many of a list are wanted is not (`ListHead`).
    private static List<InputValueDefinition> arguments(FieldDefinition definition) {
        return SchemaFiles.isList(definition.getType())
                ? definition.getInputValueDefinitions().stream()
                        .filter(argument -> !argument.getName().equals(ListHead.FIRST))
                        .toList()
                : definition.getInputValueDefinitions();
    }

    private static FieldDescriptor field(Message message, String name) {
        var field = message.getDescriptorForType().findFieldByName(name);
        if (field == null) {
            throw new IllegalStateException(message.getDescriptorForType().getFullName() + " has no field " + name);
        }
        return field;
    }
}
