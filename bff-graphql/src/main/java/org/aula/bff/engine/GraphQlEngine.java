package org.aula.bff.engine;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.execution.AsyncExecutionStrategy;
import graphql.execution.reactive.SubscriptionPublisher;
import graphql.language.OperationDefinition;
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
    /// Answers the events of subscriptions, each as the query of the same fields.
    private final GraphQL eventQl;

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
        eventQl = graphQl.transform(builder -> builder.subscriptionExecutionStrategy(new AsyncExecutionStrategy()));
    }

    /// Answers one query or mutation.
    ///
    /// @param context whose request it is; its executor runs this
    public CompletableFuture<Answer> execute(RequestContext context, GraphQlRequest asked) {
        return subscribe(context, asked).thenApply(done -> done.answer() == null ? notHere(context) : done.answer());
    }

    /// Begins one operation of any kind.
    ///
    /// @param context whose request it is; its executor runs this
    public CompletableFuture<Subscribed> subscribe(RequestContext context, GraphQlRequest asked) {
        var input = input(context, asked, Map.of());
        return graphQl.executeAsync(input)
                .thenApply(result -> result.getData() instanceof SubscriptionPublisher publisher
                        ? new Subscribed(null, publisher.getUpstreamPublisher())
                        : new Subscribed(answerOf(input, result, context, asked), null));
    }

    /// A subscription that has no events was refused, whatever the library makes of its data.
    private static Answer answerOf(
            ExecutionInput input, ExecutionResult result, RequestContext context, GraphQlRequest asked) {
        var answer = answer(result, context, maxAge(input, result, context, asked));
        PreparedOperation operation = input.getGraphQLContext().get(PreparedOperation.class);
        return operation != null && operation.definition().getOperation() == OperationDefinition.Operation.SUBSCRIPTION
                ? new Answer(answer.body(), Answer.Outcome.REFUSED, 0, answer.cost())
                : answer;
    }

    /// Answers an event of a subscription.
    ///
    /// @param context of this event alone; its executor runs this
    /// @param asked as for [#subscribe]
    public CompletableFuture<Answer> answer(RequestContext context, GraphQlRequest asked, Object event) {
        var input = input(context, asked, Map.of(LiveEvent.class, new LiveEvent(event)));
        return eventQl.executeAsync(input).thenApply(result -> answer(result, context, 0));
    }

    private static Answer notHere(RequestContext context) {
        var refusal = Refusals.of(
                "STREAM_REQUIRED", "subscriptions are opened by a WebSocket, or with accept: text/event-stream");
        return answer(ExecutionResult.newExecutionResult().addError(refusal).build(), context, 0);
    }

    private static ExecutionInput input(RequestContext context, GraphQlRequest asked, Map<Object, Object> more) {
        return ExecutionInput.newExecutionInput()
                .query(asked.query())
                .operationName(asked.operationName())
                .variables(asked.variables())
                .dataLoaderRegistry(Loaders.of(context))
                .graphQLContext(Map.of(RequestContext.class, context, GraphQlRequest.class, asked))
                .graphQLContext(more)
                .build();
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
