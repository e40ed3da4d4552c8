package org.aula.bff.engine;

import static com.google.common.base.CaseFormat.LOWER_CAMEL;
import static com.google.common.base.CaseFormat.UPPER_CAMEL;

import com.google.protobuf.Message;
import graphql.language.FieldDefinition;
import graphql.language.TypeName;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetcherFactories;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.TypeResolver;
import graphql.schema.idl.RuntimeWiring;
import io.grpc.MethodDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.aula.bff.backend.Contract;
import org.aula.bff.backend.Loader;
import org.aula.bff.backend.RequestContext;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/// Binds the schema to the contract by the names of both: types to messages, fields to fields, mutations to
/// methods. Each domain's part says what differs.
public final class Wiring {

    /// A domain's part of the schema.
    @FunctionalInterface
    public interface Part {
        /// Binds the part's types and root fields.
        void addTo(Wiring wiring);
    }

    /// Payloads, connections and the like are maps.
    static final DataFetcher<Object> FROM_MAP = Wiring::fromMap;

    private static final String QUERY = "Query";
    private static final String MUTATION = "Mutation";
    private static final String SUBSCRIPTION = "Subscription";
    private static final Set<String> CONNECTION = Set.of("edges", "nodes", "pageInfo");

    /// Types whose objects are maps, beside payloads and connections.
    private static final Set<String> MAPS = Set.of("PageInfo", "UserError", "HttpHeader", "ProfileLink", "Transcript");

    private final Map<String, Fields<?>> types = new LinkedHashMap<>();
    private final Map<String, Function<Object, @Nullable Object>> shown = new HashMap<>();
    private final List<Mutation<?, ?>> mutations = new ArrayList<>();
    private final Map<String, Function<ContractFetchers, NodeFetch>> nodes = new HashMap<>();
    private final Map<String, NodeFetch> nodeFetches = new HashMap<>();

    /// Finds a node by its global id.
    @FunctionalInterface
    public interface NodeFetch {
        /// @return the node or its future, null if there is none
        @Nullable
        Object get(GlobalId id, DataFetchingEnvironment environment);
    }

    /// Binds an object type. One that is not mentioned is the message of the same name.
    ///
    /// @param name its name in the schema
    /// @param source the class of what stands behind it
    @SuppressWarnings("unchecked")
    public <S> Fields<S> type(String name, Class<S> source) {
        var fields = types.computeIfAbsent(name, absent -> new Fields<>(name, source));
        if (!fields.source().equals(source)) {
            throw new IllegalStateException(name + " is bound to " + fields.source() + " and to " + source);
        }
        return (Fields<S>) fields;
    }

    /// Says what fields give in place of a message of the contract, wherever they give one.
    public <M extends Message> void show(Class<M> message, Function<M, @Nullable Object> as) {
        shown.put(Contract.descriptor(message).getFullName(), object -> as.apply(message.cast(object)));
    }

    /// Binds a root field of queries.
    public void query(String field, DataFetcher<?> fetcher) {
        root(QUERY).bind(field, (definition, contract) -> fetcher);
    }

    /// Binds a root field of queries that one call of the contract answers, see [Fields#call].
    public void call(String field, MethodDescriptor<?, ?> method) {
        root(QUERY).bind(field, (definition, contract) -> contract.call(definition, method, null, null));
    }

    /// The same; null in place of NOT_FOUND.
    public void find(String field, MethodDescriptor<?, ?> method) {
        root(QUERY).bind(field, (definition, contract) -> contract.find(definition, method, null, null));
    }

    /// The same.
    ///
    /// @param id the field of the request that the argument `id` is read into
    public void find(String field, MethodDescriptor<?, ?> method, String id) {
        root(QUERY).bind(field, (definition, contract) -> contract.find(definition, method, id, null));
    }

    /// The same of what belongs to those who are enrolled; null for visitors and who is not.
    public void own(String field, MethodDescriptor<?, ?> method, String id) {
        root(QUERY).bind(field, (definition, contract) -> Fields.own(contract.call(definition, method, id, null)));
    }

    /// Binds a root field of queries that is a connection, which one list of the contract answers.
    public void page(String field, MethodDescriptor<?, ?> method) {
        root(QUERY).bind(field, (definition, contract) -> contract.page(definition, method, null, null));
    }

    /// The same.
    ///
    /// @param edit completes the request
    @SuppressWarnings("unchecked")
    public <Q extends Message> void page(String field, MethodDescriptor<Q, ?> method, UnaryOperator<Q> edit) {
        root(QUERY)
                .bind(
                        field,
                        (definition, contract) ->
                                contract.page(definition, method, null, null, (UnaryOperator<Message>) edit));
    }

    /// Binds a field of a connection that is fetched only when it is asked for.
    ///
    /// @param fetch given the request that the connection answers
    public <Q extends Message> void ofConnection(String type, String field, Class<Q> request, Fields.Fetch<Q> fetch) {
        ofMap(type, field, Connections.REQUEST, request, fetch);
    }

    private <Q extends Message> void ofMap(
            String type, String field, String key, Class<Q> request, Fields.Fetch<Q> fetch) {
        root(type).bind(field, (definition, contract) -> environment -> {
            var made = Objects.requireNonNull(environment.<Map<String, Object>>getSource())
                    .get(key);
            return made == null ? null : fetch.get(request.cast(made), environment);
        });
    }

    /// Binds a mutation. One that is not mentioned is the method of the same name, as it is.
    public <Q extends Message, A extends Message> Mutation<Q, A> mutation(String field, MethodDescriptor<Q, A> method) {
        var mutation = new Mutation<>(field, method);
        mutations.add(mutation);
        bindMutation(field, input -> mutation);
        return mutation;
    }

    /// Binds a mutation that is one of several calls of the contract.
    ///
    /// @param methods the methods by domain
    /// @param domain tells by the input which it is
    /// @param edit completes the request
    public void mutation(
            String field,
            Map<String, MethodDescriptor<Message, Message>> methods,
            Function<Map<String, Object>, String> domain,
            UnaryOperator<Message> edit) {
        var byDomain = new LinkedHashMap<String, Mutation<Message, Message>>();
        methods.forEach((name, method) -> byDomain.put(name, new Mutation<>(field, method).edit(edit)));
        mutations.addAll(byDomain.values());
        var any = byDomain.values().iterator().next();
        bindMutation(field, input -> byDomain.getOrDefault(domain.apply(input), any));
    }

    /// Binds how `node` finds things of a type by a loader.
    public void node(String type, Loader<?> loader) {
        node(type, (id, environment) -> loader.load(environment, id.parts(1).getFirst()));
    }

    /// Binds a subscription that one server stream of the contract feeds.
    ///
    /// @param read what of a message of the stream is the field
    public <A extends Message> void watch(String field, MethodDescriptor<?, A> method, Function<A, Object> read) {
        root(SUBSCRIPTION).bind(field, (definition, contract) -> contract.watch(definition, method, read));
    }

    /// The same, where it depends on the arguments which stream it is.
    public <A> void watch(String field, Opener<A> opener, Function<A, Object> read) {
        root(SUBSCRIPTION).bind(field, (definition, contract) -> subscription(opener, read));
    }

    /// Opens a stream, or gives what an event of it is.
    @SuppressWarnings("unchecked")
    static <A> DataFetcher<Object> subscription(Opener<A> opener, Function<A, Object> read) {
        return environment -> {
            LiveEvent event = environment.getGraphQlContext().get(LiveEvent.class);
            return event == null ? opener.open(environment) : read.apply((A) event.value());
        };
    }

    /// Opens the stream behind a subscription.
    ///
    /// @param <A> what comes
    @FunctionalInterface
    public interface Opener<A> {
        Publisher<A> open(DataFetchingEnvironment environment);
    }

    /// Binds how `node` finds things of a type.
    public void node(String type, NodeFetch fetch) {
        nodes.put(type, contract -> fetch);
    }

    /// The same by one call of the contract.
    ///
    /// @param ids the fields of the request that say which, in the order in which its global id names them
    public void node(String type, MethodDescriptor<?, ?> method, String... ids) {
        var definition = FieldDefinition.newFieldDefinition()
                .name("node")
                .type(new TypeName(type))
                .build();
        nodes.put(type, contract -> contract.node(definition, method, List.of(ids)));
    }

    /// Binds a field of a payload that is fetched only when it is asked for.
    ///
    /// @param fetch given the request by which the change was made
    public <Q extends Message> void ofPayload(String type, String field, Class<Q> request, Fields.Fetch<Q> fetch) {
        ofMap(type, field, MutationFetcher.REQUEST, request, fetch);
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

    /// An argument that is of an enumeration; unspecified when absent.
    public static <E extends Enum<E>> E enumArgument(DataFetchingEnvironment environment, String name, Class<E> type) {
        return Values.enumValue(type, argument(environment, name));
    }

    /// Null in place of NOT_FOUND.
    public static <T> CompletableFuture<@Nullable T> orNull(CompletableFuture<T> answer) {
        return orNull(answer, Failure::isNotFound);
    }

    /// Null in place of what somebody has not who is not enrolled: NOT_FOUND or ENROLLMENT_REQUIRED.
    public static <T> CompletableFuture<@Nullable T> orNone(CompletableFuture<T> answer) {
        return orNull(answer, failure -> failure.isNotFound() || failure.isNotEnrolled());
    }

    private static <T> CompletableFuture<@Nullable T> orNull(CompletableFuture<T> answer, Predicate<Failure> isNone) {
        return answer.handle((found, thrown) -> {
            if (thrown == null) {
                return found;
            }
            if (isNone.test(Failure.of(thrown))) {
                return null;
            }
            throw new CompletionException(Failure.unwrap(thrown));
        });
    }

    /// The types of which `node` finds things.
    Set<String> nodes() {
        return Set.copyOf(nodes.keySet());
    }

    List<Mutation<?, ?>> mutations() {
        return List.copyOf(mutations);
    }

    /// Binds every field of the schema.
    ///
    /// @throws IllegalStateException naming the fields that are bound to nothing
    RuntimeWiring build(SchemaFiles schema) {
        query("node", this::fetchNode);
        bindByName(schema);
        var sources = new HashMap<String, Class<?>>();
        types.forEach((name, fields) -> sources.put(name, fields.source()));
        var contract = new ContractFetchers(schema, new FieldReader(schema, shown), sources);
        nodes.forEach((type, node) -> nodeFetches.put(type, node.apply(contract)));
        var wiring = RuntimeWiring.newRuntimeWiring()
                .codeRegistry(GraphQLCodeRegistry.newCodeRegistry()
                        .defaultDataFetcher(DataFetcherFactories.useDataFetcher(FROM_MAP)));
        var problems = new ArrayList<String>();
        schema.objects().forEach((name, fields) -> wiring.type(root(name).build(fields, contract, problems)));
        if (!problems.isEmpty()) {
            throw new IllegalStateException("the schema and its bindings differ: " + String.join(", ", problems));
        }
        addResolvers(schema, wiring);
        schema.describeMutations(this::codesOf);
        Scalars.all().forEach(wiring::scalar);
        return wiring.build();
    }

    /// Whether the objects of a type hold a field as maps do: payloads, connections and the like.
    static boolean isFromMap(String type, String field) {
        return MAPS.contains(type)
                || type.endsWith("Payload")
                || type.endsWith("Edge")
                || (type.endsWith("Connection") && CONNECTION.contains(field));
    }

    /// Types and mutations that nothing is said of are the messages and the methods of the same name.
    private void bindByName(SchemaFiles schema) {
        schema.objects().keySet().stream()
                .filter(name -> !types.containsKey(name))
                .forEach(name -> Contract.message(name).ifPresent(message -> type(name, message)));
        for (var definition : schema.fields(MUTATION)) {
            var name = definition.getName();
            if (!root(MUTATION).isBound(name)) {
                Contract.method(LOWER_CAMEL.to(UPPER_CAMEL, name)).ifPresent(method -> mutation(name, method));
            }
        }
    }

    private void addResolvers(SchemaFiles schema, RuntimeWiring.Builder wiring) {
        var names = new HashMap<Class<?>, String>();
        schema.concreteTypes().forEach(name -> {
            var other = names.put(root(name).source(), name);
            if (other != null) {
                throw new IllegalStateException(name + " and " + other + " are bound to the same class");
            }
        });
        TypeResolver bySource = environment -> environment
                .getSchema()
                .getObjectType(Objects.requireNonNull(names.get(
                        Objects.requireNonNull(environment.<Object>getObject()).getClass())));
        schema.abstractTypes().forEach(name -> wiring.type(name, type -> type.typeResolver(bySource)));
    }

    private String codesOf(String field) {
        return UserErrorCodes.sentence(mutations.stream()
                .filter(mutation -> mutation.field().equals(field))
                .toList());
    }

    private Fields<?> root(String type) {
        return types.computeIfAbsent(type, absent -> new Fields<>(type, Map.class));
    }

    private void bindMutation(String field, Function<Map<String, Object>, Mutation<?, ?>> choose) {
        root(MUTATION).bind(field, (definition, contract) -> {
            var payload = root(SchemaFiles.named(definition.getType()));
            mutations.stream()
                    .filter(mutation -> mutation.field().equals(field))
                    .forEach(mutation ->
                            mutation.bind(definition, contract.schema(), contract.fields(), payload::isBound));
            return new MutationFetcher(choose);
        });
    }

    private @Nullable Object fetchNode(DataFetchingEnvironment environment) {
        var id = GlobalId.require(Wiring.<String>required(environment, "id"));
        var fetch = nodeFetches.get(id.type());
        return fetch == null ? null : fetch.get(id, environment);
    }

    private static @Nullable Object fromMap(DataFetchingEnvironment environment) {
        return ((Map<?, ?>) Objects.requireNonNull(environment.<Object>getSource()))
                .get(environment.getFieldDefinition().getName());
    }
}
