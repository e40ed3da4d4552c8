package org.aula.bff.engine;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Gives the first entries of a list, as many as the argument `first` says; all where it is absent.
///
/// @param whole fetches the list
record ListHead(DataFetcher<?> whole) implements DataFetcher<Object> {

    static final String FIRST = "first";

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
        var list = whole.get(environment);
        var first = Wiring.<Integer>argument(environment, FIRST);
        if (first == null) {
            return list;
        }
        return list instanceof CompletionStage<?> later
                ? later.thenApply(found -> head(found, first))
                : head(list, first);
    }

    private static @Nullable Object head(@Nullable Object found, int first) {
        return found instanceof List<?> list && list.size() > first ? list.subList(0, first) : found;
    }
}
