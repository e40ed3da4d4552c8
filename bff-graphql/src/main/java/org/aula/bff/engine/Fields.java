package org.aula.bff.engine;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.LightDataFetcher;
import graphql.schema.idl.TypeRuntimeWiring;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Binds the fields of one GraphQL type to the object that stands behind it.
///
/// @param <S> the type of that object
public final class Fields<S> {

    private final TypeRuntimeWiring.Builder type;
    private final Class<S> source;

    Fields(TypeRuntimeWiring.Builder type, Class<S> source) {
        this.type = type;
        this.source = source;
    }

    /// A field that the object holds.
    public Fields<S> value(String field, Function<S, @Nullable Object> read) {
        type.dataFetcher(field, new ValueFetcher<>(source, read));
        return this;
    }

    /// A field that has to be fetched.
    public Fields<S> fetch(String field, Fetch<S> fetch) {
        DataFetcher<Object> fetcher = environment ->
                fetch.get(source.cast(Objects.requireNonNull(environment.<Object>getSource())), environment);
        type.dataFetcher(field, fetcher);
        return this;
    }

    /// Fetches a field.
    ///
    /// @param <S> the type of the object that the field belongs to
    @FunctionalInterface
    public interface Fetch<S> {
        /// @return the value or its future
        @Nullable
        Object get(S source, DataFetchingEnvironment environment);
    }

    private record ValueFetcher<S>(Class<S> source, Function<S, @Nullable Object> read)
            implements LightDataFetcher<Object> {

        @Override
        public @Nullable Object get(
                GraphQLFieldDefinition field, Object object, Supplier<DataFetchingEnvironment> environment) {
            return read.apply(source.cast(object));
        }

        @Override
        public @Nullable Object get(DataFetchingEnvironment environment) {
            return read.apply(source.cast(Objects.requireNonNull(environment.<Object>getSource())));
        }
    }
}
