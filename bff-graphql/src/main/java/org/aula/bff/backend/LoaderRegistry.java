package org.aula.bff.backend;

import io.grpc.MethodDescriptor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderOptions;
import org.dataloader.DataLoaderRegistry;
import org.dataloader.Try;

/// The loaders of one request: each by the call that finds what it loads, and made when it is asked for,
/// since a request needs few of them.
final class LoaderRegistry extends DataLoaderRegistry {

    /// What the contract lets one batch hold.
    static final int BATCH = 200;

    private static final DataLoaderOptions OPTIONS =
            DataLoaderOptions.newOptions().setMaxBatchSize(BATCH).build();

    private final RequestContext request;
    private final Map<String, Supplier<DataLoader<?, ?>>> makers = new HashMap<>();

    LoaderRegistry(RequestContext request) {
        this.request = request;
    }

    @Override
    public <K, V> DataLoader<K, V> getDataLoader(String name) {
        return computeIfAbsent(
                name,
                absent -> Objects.requireNonNull(makers.get(absent), absent).get());
    }

    /// By one call for all keys of a level.
    <Q, A, T> void batch(
            Loader<T> loader,
            MethodDescriptor<Q, A> method,
            Function<Set<String>, Q> ask,
            Function<A, List<T>> found,
            Function<T, String> key) {
        makers.put(
                loader.name(),
                () -> DataLoaderFactory.<String, T>newMappedDataLoader(
                        ids -> request.call(method, ask.apply(ids))
                                .thenApply(answer -> found.apply(answer).stream()
                                        .collect(Collectors.toMap(key, Function.identity(), (first, second) -> first))),
                        OPTIONS));
    }

    /// By one call that finds all there is, whichever keys are asked for.
    <T> void whole(Loader<T> loader, Supplier<CompletableFuture<Map<String, T>>> call) {
        makers.put(loader.name(), () -> DataLoaderFactory.<String, T>newMappedDataLoader(keys -> call.get(), OPTIONS));
    }

    /// By a call for each key.
    <K, Q, A, T> void single(
            Loader<T> loader, MethodDescriptor<Q, A> method, Function<K, Q> ask, Function<A, T> found) {
        makers.put(
                loader.name(),
                () -> DataLoaderFactory.<K, T>newMappedDataLoaderWithTry(
                        keys -> each(keys, key -> request.call(method, ask.apply(key)), found), OPTIONS));
    }

    private <K, A, T> CompletableFuture<Map<K, Try<T>>> each(
            Set<K> keys, Function<K, CompletableFuture<A>> call, Function<A, T> found) {
        var answers = new HashMap<K, CompletableFuture<Try<T>>>();
        keys.forEach(key -> answers.put(
                key,
                call.apply(key)
                        .handle((answer, failure) ->
                                failure == null ? Try.succeeded(found.apply(answer)) : Try.<T>failed(failure))));
        return CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
                .thenApply(done -> answers.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().join())));
    }
}
