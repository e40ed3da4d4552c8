package org.aula.bff.engine;

import com.google.protobuf.Message;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetcherFactories;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.TypeResolver;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeRuntimeWiring;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.aula.bff.backend.RequestContext;
import org.jspecify.annotations.Nullable;

/// Binds the schema to code. Each domain adds its part.
public final class Wiring {

    /// A domain's part of the schema.
    @FunctionalInterface
    public interface Part {
        /// Binds the part's types and root fields.
        void addTo(Wiring wiring);
    }

    private final Map<String, TypeRuntimeWiring.Builder> types = new LinkedHashMap<>();
    private final Map<Class<?>, String> typesOfSources = new HashMap<>();
    private final List<Mutation<?, ?>> mutations = new ArrayList<>();
    private final Map<String, NodeFetch> nodes = new HashMap<>();

    /// Finds a node by its UUID.
    @FunctionalInterface
    public interface NodeFetch {
        /// @return the node's future, null if there is none
        CompletableFuture<?> get(String id, DataFetchingEnvironment environment);
    }

    /// Binds an object type.
    ///
    /// @param name its name in the schema
    /// @param source the class of what stands behind it
    public <S> Fields<S> type(String name, Class<S> source) {
        typesOfSources.put(source, name);
        return new Fields<>(builder(name), source);
    }

    /// Binds a root field of queries.
    public void query(String field, DataFetcher<?> fetcher) {
        builder("Query").dataFetcher(field, fetcher);
    }

    /// Binds a field of a type whose objects are maps and that is fetched only when it is asked for.
    public void field(String type, String field, DataFetcher<?> fetcher) {
        builder(type).dataFetcher(field, fetcher);
    }

    /// Binds a mutation.
    public <Q extends Message, A> void mutation(Mutation<Q, A> mutation) {
        mutation(List.of(mutation), input -> mutation);
    }

    /// Binds a mutation that is one of several calls.
    ///
    /// @param all the calls, of one field
    /// @param choose which of them the input asks for
    public void mutation(List<Mutation<?, ?>> all, Function<Input, Mutation<?, ?>> choose) {
        mutations.addAll(all);
        builder("Mutation").dataFetcher(all.getFirst().field(), new MutationFetcher(choose));
    }

    /// Binds how `node` finds things of a type.
    public void node(String type, NodeFetch fetch) {
        nodes.put(type, fetch);
    }

    /// The request that a field is fetched for.
    public static RequestContext request(DataFetchingEnvironment environment) {
        return Objects.requireNonNull(environment.getGraphQlContext().<RequestContext>get(RequestContext.class));
    }

    /// An argument that may be absent.
    public static <T> @Nullable T argument(DataFetchingEnvironment environment, String name) {
        return environment.getArgument(name);
    }

    /// An argument that the schema makes sure of.
    public static <T> T required(DataFetchingEnvironment environment, String name) {
        return Objects.requireNonNull(environment.<T>getArgument(name));
    }

    /// Values of an enumeration that may be absent.
    public static <E extends Enum<E>> List<E> choices(DataFetchingEnvironment environment, String name, Class<E> type) {
        var given = Wiring.<List<String>>argument(environment, name);
        return given == null
                ? List.of()
                : given.stream().map(choice -> Values.constant(type, choice)).toList();
    }

    /// A value of an enumeration; unspecified when absent.
    public static <E extends Enum<E>> E choice(DataFetchingEnvironment environment, String name, Class<E> type) {
        return Values.constant(type, Wiring.argument(environment, name));
    }

    /// The UUID behind a global id; empty when absent.
    ///
    /// @throws RefusedException INVALID_ARGUMENT, ID_INVALID
    public static String id(DataFetchingEnvironment environment, String name, String... types) {
        var globalId = Wiring.<String>argument(environment, name);
        return globalId == null ? "" : GlobalId.require(globalId, types);
    }

    /// The UUID of a person; empty when absent.
    ///
    /// @throws RefusedException INVALID_ARGUMENT, ID_INVALID
    public static String person(DataFetchingEnvironment environment, String name) {
        return id(environment, name, GlobalId.PERSON);
    }

    /// Null in place of NOT_FOUND.
    public static <T> CompletableFuture<@Nullable T> orNull(CompletableFuture<T> answer) {
        return answer.handle((found, thrown) -> {
            if (thrown == null) {
                return found;
            }
            if (Failure.of(thrown).isNotFound()) {
                return null;
            }
            throw new CompletionException(Failure.unwrap(thrown));
        });
    }

    List<Mutation<?, ?>> mutations() {
        return List.copyOf(mutations);
    }

    RuntimeWiring build() {
        query("node", this::fetchNode);
        TypeResolver bySource = environment -> environment
                .getSchema()
                .getObjectType(Objects.requireNonNull(typesOfSources.get(
                        Objects.requireNonNull(environment.<Object>getObject()).getClass())));
        var wiring = RuntimeWiring.newRuntimeWiring()
                .codeRegistry(GraphQLCodeRegistry.newCodeRegistry()
                        .defaultDataFetcher(DataFetcherFactories.useDataFetcher(Wiring::fromMap)))
                .type("Node", node -> node.typeResolver(bySource))
                .type("ContentBlock", block -> block.typeResolver(bySource))
                .type("QuestionForm", form -> form.typeResolver(bySource));
        Scalars.all().forEach(wiring::scalar);
        types.values().forEach(wiring::type);
        return wiring.build();
    }

    private @Nullable Object fetchNode(DataFetchingEnvironment environment) {
        var id = GlobalId.require(Wiring.<String>required(environment, "id"));
        var fetch = nodes.get(id.type());
        return fetch == null ? null : fetch.get(id.id(), environment);
    }

    private TypeRuntimeWiring.Builder builder(String type) {
        return types.computeIfAbsent(type, TypeRuntimeWiring::newTypeWiring);
    }

    /// Payloads, connections and the like are maps.
    private static @Nullable Object fromMap(DataFetchingEnvironment environment) {
        return environment.getSource() instanceof Map<?, ?> map
                ? map.get(environment.getFieldDefinition().getName())
                : missing(environment);
    }

    private static Object missing(DataFetchingEnvironment environment) {
        throw new IllegalStateException("nothing is bound to " + environment.getParentType() + "."
                + environment.getFieldDefinition().getName());
    }
}
