package org.aula.bff.engine;

import com.google.protobuf.Message;
import graphql.language.FieldDefinition;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.LightDataFetcher;
import graphql.schema.idl.TypeRuntimeWiring;
import io.grpc.MethodDescriptor;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.aula.bff.backend.Loader;
import org.jspecify.annotations.Nullable;

/// Binds the fields of one GraphQL type to the object that stands behind it. A field that is not mentioned
/// is the field of the same name of the contract's message.
///
/// @param <S> the type of that object
public final class Fields<S> {

    private final String type;
    private final Class<S> source;
    private final Map<String, Binding> bindings = new LinkedHashMap<>();
    private @Nullable Class<? extends Message> message;
    private @Nullable Function<S, ? extends Message> unwrap;

    /// @param type its name in the schema
    Fields(String type, Class<S> source) {
        this.type = type;
        this.source = source;
        this.message = Message.class.isAssignableFrom(source) ? source.asSubclass(Message.class) : null;
    }

    /// Says which message of the contract the object holds.
    public <M extends Message> Fields<S> of(Class<M> held, Function<S, M> read) {
        message = held;
        unwrap = read;
        return this;
    }

    /// A field that the object holds.
    public Fields<S> value(String field, Function<S, @Nullable Object> read) {
        return bind(field, (definition, contract) -> new ValueFetcher(object -> read.apply(source.cast(object))));
    }

    /// The global id of what has no UUID of its own: it is named by what it belongs to.
    @SafeVarargs
    public final Fields<S> id(Function<S, String>... parts) {
        return value(
                "id",
                object -> GlobalId.of(
                        type, Stream.of(parts).map(part -> part.apply(object)).toArray(String[]::new)));
    }

    /// A field that has to be fetched.
    public Fields<S> fetch(String field, Fetch<S> fetch) {
        DataFetcher<Object> fetcher = environment -> fetch.get(source(environment), environment);
        return bind(field, (definition, contract) -> fetcher);
    }

    /// A field that a loader finds; null where the key is empty.
    public <T> Fields<S> load(String field, Loader<T> loader, Function<S, String> key) {
        return fetch(field, (object, environment) -> {
            var id = key.apply(object);
            return id.isEmpty() ? null : loader.load(environment, id);
        });
    }

    /// A field that one call of the contract answers: its arguments are read into the request, and it is the
    /// response, or the response's field.
    ///
    /// @param id the field of the request that says of what
    /// @param read reads its value
    public Fields<S> call(String field, MethodDescriptor<?, ?> method, String id, Function<S, String> read) {
        return bind(field, (definition, contract) -> contract.call(definition, method, id, id(read)));
    }

    /// The same; null in place of NOT_FOUND.
    public Fields<S> find(String field, MethodDescriptor<?, ?> method, String id, Function<S, String> read) {
        return bind(field, (definition, contract) -> contract.find(definition, method, id, id(read)));
    }

    /// The same of what belongs to those who are enrolled; null for visitors and who is not.
    public Fields<S> own(String field, MethodDescriptor<?, ?> method, String id, Function<S, String> read) {
        return bind(field, (definition, contract) -> own(contract.call(definition, method, id, id(read))));
    }

    /// A connection that one list of the contract answers; null for visitors and who is not enrolled.
    public Fields<S> ownPage(String field, MethodDescriptor<?, ?> method, String id, Function<S, String> read) {
        return bind(field, (definition, contract) -> own(contract.page(definition, method, id, id(read))));
    }

    /// A connection that one list of the contract answers.
    public Fields<S> page(String field, MethodDescriptor<?, ?> method, String id, Function<S, String> read) {
        return bind(field, (definition, contract) -> contract.page(definition, method, id, id(read)));
    }

    /// The same of a list that needs not be told of what: it is the caller's, or an argument says it.
    public Fields<S> page(String field, MethodDescriptor<?, ?> method) {
        return bind(field, (definition, contract) -> contract.page(definition, method, null, null));
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

    /// Makes the fetcher of a field when the schema is known.
    @FunctionalInterface
    interface Binding {
        DataFetcher<?> bind(FieldDefinition definition, ContractFetchers contract);
    }

    Class<S> source() {
        return source;
    }

    boolean isBound(String field) {
        return bindings.containsKey(field);
    }

    Fields<S> bind(String field, Binding binding) {
        bindings.put(field, binding);
        return this;
    }

    /// Binds all fields of the type.
    ///
    /// @param problems takes the fields that cannot be bound
    TypeRuntimeWiring.Builder build(
            List<FieldDefinition> definitions, ContractFetchers contract, List<String> problems) {
        var builder = TypeRuntimeWiring.newTypeWiring(type);
        var unknown = new HashSet<>(bindings.keySet());
        for (var definition : definitions) {
            var name = definition.getName();
            unknown.remove(name);
            try {
                var bound = bind(definition, contract);
                var fetcher = bound == null && Wiring.isFromMap(type, name) ? Wiring.FROM_MAP : bound;
                if (fetcher == null) {
                    problems.add(type + "." + name + " is bound to nothing");
                } else if (isListWithFirst(definition)) {
                    builder.dataFetcher(name, new ListHead(fetcher));
                } else if (bound != null) {
                    builder.dataFetcher(name, bound);
                }
            } catch (IllegalStateException impossible) {
                problems.add(type + "." + name + ": " + impossible.getMessage());
            }
        }
        unknown.forEach(name -> problems.add(type + "." + name + " is not in the schema"));
        return builder;
    }

    private static boolean isListWithFirst(FieldDefinition definition) {
        return SchemaFiles.isList(definition.getType())
                && definition.getInputValueDefinitions().stream()
                        .anyMatch(argument -> argument.getName().equals(ListHead.FIRST));
    }

    private @Nullable DataFetcher<?> bind(FieldDefinition definition, ContractFetchers contract) {
        var binding = bindings.get(definition.getName());
        if (binding != null) {
            return binding.bind(definition, contract);
        }
        if (message == null) {
            return null;
        }
        var read = contract.fields().ofObject(type, message, definition);
        var held = unwrap;
        if (read == null || held == null) {
            return read == null ? null : new ValueFetcher(read);
        }
        return new ValueFetcher(object -> read.apply(held.apply(source.cast(object))));
    }

    private Function<DataFetchingEnvironment, String> id(Function<S, String> read) {
        return environment -> read.apply(source(environment));
    }

    static DataFetcher<?> own(ContractFetchers.ContractFetcher fetcher) {
        return environment -> Wiring.request(environment).isSignedIn() ? Wiring.orNone(fetcher.get(environment)) : null;
    }

    private S source(DataFetchingEnvironment environment) {
        return source.cast(Objects.requireNonNull(environment.<Object>getSource()));
    }

    private record ValueFetcher(Function<Object, @Nullable Object> read) implements LightDataFetcher<Object> {

        @Override
        public @Nullable Object get(
                GraphQLFieldDefinition field, Object object, Supplier<DataFetchingEnvironment> environment) {
            return read.apply(object);
        }

        @Override
        public @Nullable Object get(DataFetchingEnvironment environment) {
            return read.apply(Objects.requireNonNull(environment.<Object>getSource()));
        }
    }
}
