package org.aula.bff.engine;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaGenerator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.aula.bff.backend.Loaders;
import org.aula.bff.backend.RequestContext;

/// The schema and what answers it.
public final class GraphQlEngine {

    private final Wiring wiring = new Wiring();
    private final GraphQLSchema schema;
    private final GraphQL graphQl;

    /// Reads the schema and binds it.
    ///
    /// @param parts what binds it
    /// @param settings how it behaves
    /// @throws IllegalStateException naming the fields that are bound to nothing
    public GraphQlEngine(List<Wiring.Part> parts, EngineSettings settings) {
        parts.forEach(part -> part.addTo(wiring));
        var files = new SchemaFiles();
        schema = new SchemaGenerator().makeExecutableSchema(files.definitions(), wiring.build(files));
        graphQl = GraphQL.newGraphQL(schema)
                .defaultDataFetcherExceptionHandler(new FailureHandler())
                .preparsedDocumentProvider(new DocumentCache(schema))
                .instrumentation(new OperationChecks(schema, settings.introspection()))
                .build();
    }

    /// Answers one operation.
    ///
    /// @param context whose request it is
    /// @param read reads what is asked; what it throws is how the future fails
    public CompletableFuture<Answer> execute(RequestContext context, Supplier<GraphQlRequest> read) {
        return CompletableFuture.supplyAsync(() -> begin(context, read.get()), context.sequentialExecutor())
                .thenCompose(Function.identity())
                .thenApply(result -> answer(result, context));
    }

    private CompletableFuture<ExecutionResult> begin(RequestContext context, GraphQlRequest asked) {
        var input = ExecutionInput.newExecutionInput()
                .query(asked.query())
                .operationName(asked.operationName())
                .variables(asked.variables())
                .dataLoaderRegistry(Loaders.of(context))
                .graphQLContext(Map.of(RequestContext.class, context, GraphQlRequest.class, asked))
                .build();
        return graphQl.executeAsync(input);
    }

    GraphQLSchema schema() {
        return schema;
    }

    Wiring wiring() {
        return wiring;
    }

    private static Answer answer(ExecutionResult result, RequestContext context) {
        var body = new LinkedHashMap<String, Object>();
        if (!result.getErrors().isEmpty()) {
            body.put(
                    "errors",
                    result.getErrors().stream()
                            .map(error -> error(error, context.requestId()))
                            .toList());
        }
        if (result.isDataPresent()) {
            body.put("data", result.getData());
        }
        var extensions = new LinkedHashMap<String, Object>();
        extensions.put("cost", context.cost());
        extensions.put("grpcCalls", context.grpcCalls());
        extensions.put("requestId", context.requestId());
        body.put("extensions", extensions);
        return new Answer(body, outcome(result));
    }

    private static Answer.Outcome outcome(ExecutionResult result) {
        if (result.isDataPresent()) {
            return Answer.Outcome.EXECUTED;
        }
        return result.getErrors().stream().anyMatch(OperationChecks::isNotSafe)
                ? Answer.Outcome.NOT_SAFE
                : Answer.Outcome.REFUSED;
    }

    /// The errors of the library itself get the extensions that ours have.
    private static Map<String, Object> error(GraphQLError error, String requestId) {
        var specified = new LinkedHashMap<>(error.toSpecification());
        var extensions = new LinkedHashMap<String, Object>();
        extensions.put("code", "INVALID_ARGUMENT");
        extensions.put("reason", "DOCUMENT_INVALID");
        if (error.getExtensions() != null) {
            extensions.putAll(error.getExtensions());
        }
        extensions.remove("classification");
        extensions.put("requestId", requestId);
        specified.put("extensions", extensions);
        // The specification has no empty ones.
        specified.remove("locations", List.of());
        return specified;
    }
}
