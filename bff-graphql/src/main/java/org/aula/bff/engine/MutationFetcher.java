package org.aula.bff.engine;

import com.google.protobuf.Message;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.aula.bff.backend.RequestContext;
import org.dataloader.DataLoader;

/// Runs a mutation: what the user can mend goes into the payload, the rest becomes a top-level error.
///
/// @param choose which call the input asks for
record MutationFetcher(Function<Input, Mutation<?, ?>> choose)
        implements DataFetcher<CompletableFuture<Map<String, Object>>> {

    @Override
    public CompletableFuture<Map<String, Object>> get(DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var input = Input.of(
                Objects.requireNonNull(environment.<Map<String, Object>>getArgument("input")), request.claimedUserId());
        return run(choose.apply(input), input, request, environment);
    }

    private static <Q extends Message, A> CompletableFuture<Map<String, Object>> run(
            Mutation<Q, A> mutation, Input input, RequestContext request, DataFetchingEnvironment environment) {
        var message = mutation.build().apply(input);
        if (!input.problems().isEmpty()) {
            return CompletableFuture.completedFuture(refused(input.problems()));
        }
        return request.answer(mutation.call().apply(request, message)).handle((answer, thrown) -> {
            forgetWhatWasRead(environment);
            return thrown == null ? done(mutation, answer) : failed(mutation, thrown);
        });
    }

    private static <A> Map<String, Object> done(Mutation<?, A> mutation, A answer) {
        var payload = new LinkedHashMap<>(mutation.payload().apply(answer));
        payload.put("userErrors", List.of());
        return payload;
    }

    private static Map<String, Object> failed(Mutation<?, ?> mutation, Throwable thrown) {
        var failure = Failure.of(thrown);
        if (!failure.isMendable()) {
            throw new CompletionException(thrown);
        }
        return refused(UserErrors.of(failure, mutation.request().getDescriptorForType()));
    }

    private static Map<String, Object> refused(List<Map<String, Object>> errors) {
        return Map.of("userErrors", errors);
    }

    /// What was read before a change may not be true after it.
    private static void forgetWhatWasRead(DataFetchingEnvironment environment) {
        environment.getDataLoaderRegistry().getDataLoaders().forEach(DataLoader::clearAll);
    }
}
