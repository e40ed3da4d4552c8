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
    /// @param context whose request it is; its executor runs this
    public CompletableFuture<Answer> execute(RequestContext context, GraphQlRequest asked) {
        var input = ExecutionInput.newExecutionInput()
                .query(asked.query())
                .operationName(asked.operationName())
                .variables(asked.variables())
                .dataLoaderRegistry(Loaders.of(context))
                .graphQLContext(Map.of(RequestContext.class, context, GraphQlRequest.class, asked))
                .build();
        return graphQl.executeAsync(input)
                .thenApply(result -> answer(result, context, maxAge(input, result, context, asked)));
    }

    GraphQLSchema schema() {
        return schema;
    }

    Wiring wiring() {
        return wiring;
    }

    /// Seconds for which anybody may keep the answer. It has to be that of a visitor, without errors, and be
    /// asked for by an address that is short enough to be a cache's key: GET with the id of a document.
    private static int maxAge(
            ExecutionInput input, ExecutionResult result, RequestContext context, GraphQlRequest asked) {
        PreparedOperation operation = input.getGraphQLContext().get(PreparedOperation.class);
        return operation != null
                        && asked.readOnly()
                        && asked.byId()
                        && !context.isSignedIn()
                        && result.getErrors().isEmpty()
                ? operation.maxAge()
                : 0;
    }

    private static Answer answer(ExecutionResult result, RequestContext context, int maxAge) {
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
        if (maxAge == 0) {
            // Others that are given the answer have requests of their own.
            extensions.put("grpcCalls", context.grpcCalls());
            extensions.put("requestId", context.requestId());
            if (context.tokenIgnored() != null) {
                extensions.put("tokenIgnored", context.tokenIgnored());
            }
        }
        body.put("extensions", extensions);
        var outcome = outcome(result);
        return new Answer(body, outcome, maxAge, outcome == Answer.Outcome.EXECUTED ? context.cost() : 0);
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
