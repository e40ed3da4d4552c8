package org.aula.bff.engine;

import com.google.protobuf.Message;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.aula.bff.backend.RequestContext;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;

/// Runs a mutation: what the user can fix goes into the payload, the rest becomes a top-level error.
///
/// @param choose which call the input asks for
record MutationFetcher(Function<Map<String, Object>, Mutation<?, ?>> choose)
        implements DataFetcher<CompletableFuture<Map<String, @Nullable Object>>> {

    /// Under which a payload keeps the request by which the change was made. No field of the schema has this
    /// name.
    static final String REQUEST = "request";

    @Override
    public CompletableFuture<Map<String, @Nullable Object>> get(DataFetchingEnvironment environment) {
        var input = Objects.requireNonNull(environment.<Map<String, Object>>getArgument("input"));
        return run(choose.apply(input), input, Wiring.request(environment), environment);
    }

    private static <Q extends Message, A extends Message> CompletableFuture<Map<String, @Nullable Object>> run(
            Mutation<Q, A> mutation,
            Map<String, Object> input,
            RequestContext request,
            DataFetchingEnvironment environment) {
        var problems = InputProblems.ofMutation(request.claimedUserId());
        var message = mutation.read(input, problems);
        if (!problems.found().isEmpty()) {
            return CompletableFuture.completedFuture(refused(UserErrors.firstOf(problems.found(), 0)));
        }
        return request.call(mutation.method(), message).handle((answer, thrown) -> {
            clearLoaders(environment);
            return thrown == null ? done(mutation, message, answer) : failed(mutation, thrown);
        });
    }

    private static <Q extends Message, A extends Message> Map<String, @Nullable Object> done(
            Mutation<Q, A> mutation, Q request, A answer) {
        var payload = mutation.payload(request, answer);
        payload.put(REQUEST, request);
        payload.put(Mutation.USER_ERRORS, List.of());
        return payload;
    }

    private static Map<String, @Nullable Object> failed(Mutation<?, ?> mutation, Throwable thrown) {
        var failure = Failure.of(thrown);
        if (!failure.isUserFixable()) {
            throw new CompletionException(thrown);
        }
        return refused(UserErrors.of(failure, mutation.request()));
    }

    private static Map<String, @Nullable Object> refused(List<Map<String, Object>> errors) {
        return Map.of(Mutation.USER_ERRORS, errors);
    }

    /// What was read before a change may not be true after it.
    private static void clearLoaders(DataFetchingEnvironment environment) {
        environment.getDataLoaderRegistry().getDataLoaders().forEach(DataLoader::clearAll);
    }
}
