package org.aula.bff.engine;

import com.google.common.math.LongMath;
import com.google.common.primitives.Ints;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.introspection.Introspection;
import graphql.language.Field;
import graphql.language.IntValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnionType;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Adds up what an operation costs before it runs. An object costs one, a call of its own what `@cost` says,
/// both as often as the lists around them are long. Plain values cost nothing: they come with their object.
///
/// A list is as long as its `first`; without one, what `@listSize` assumes. What has a `first` without being
/// a list (a connection) hands it to those of its fields that are lists without a size: `edges` and `nodes`.
///
/// Of the fragments on what is of one of several types, those of one type are worked on: the dearest counts.
///
/// Objects of introspection cost a half, since no service is asked for them: what tools ask of the whole
/// schema fits once.
final class RequestCost implements OperationWalk.Visitor<RequestCost.Surroundings> {

    static final int MAX_COST = 10_000;
    static final int MAX_PAGE = 100;
    static final int MAX_LIST = 1_000;

    private static final int INTROSPECTION_SHARE = 2;
    static final String TOO_COSTLY = "TOO_COSTLY";
    private static final Set<String> PROGRESS_FIELDS = Set.of("Lesson.myProgress", "Enrollment.lessonProgress");

    /// Where in the answer a field stands.
    ///
    /// @param above null at the root
    record Place(@Nullable Place above, String key) {
        @Override
        public String toString() {
            return above == null ? key : above + "." + key;
        }
    }

    /// What lies around a selection set.
    ///
    /// @param place null at the root
    /// @param times how often it is selected from
    /// @param page how long lists in it are that have no size of their own; 0 where none is expected
    /// @param sum what takes its costs
    /// @param types for objects of which types it is selected; null where that makes no difference
    /// @param isOpen whether its own fragments make a difference
    record Surroundings(
            @Nullable Place place,
            long times,
            int page,
            CostSum sum,
            @Nullable Set<String> types,
            boolean isOpen) {}

    private final ExecutionContext execution;
    private final IntrospectionSizes introspectionSizes;
    private final CostSum objects = new CostSum();
    private long described;
    private int total;
    private long dearestCost;
    private @Nullable Place dearest;
    private boolean lessonProgressWanted;

    private RequestCost(ExecutionContext execution, IntrospectionSizes introspectionSizes) {
        this.execution = execution;
        this.introspectionSizes = introspectionSizes;
    }

    /// Measures the operation that is about to run.
    ///
    /// @throws AbortExecutionException if it asks for pages that are too long
    static RequestCost of(ExecutionContext execution, IntrospectionSizes introspectionSizes) {
        var cost = new RequestCost(execution, introspectionSizes);
        new OperationWalk<>(execution.getGraphQLSchema(), execution::getFragment, cost)
                .walk(execution.getOperationDefinition(), new Surroundings(null, 1, 0, cost.objects, null, false));
        cost.total = Ints.saturatedCast(LongMath.saturatedAdd(
                cost.objects.total(), LongMath.divide(cost.described, INTROSPECTION_SHARE, RoundingMode.CEILING)));
        return cost;
    }

    int cost() {
        return total;
    }

    boolean isLessonProgressWanted() {
        return lessonProgressWanted;
    }

    /// Whether the schema itself is asked for.
    boolean isIntrospection() {
        return described > 0;
    }

    /// @throws AbortExecutionException if it costs too much
    void check() {
        if (cost() <= MAX_COST) {
            return;
        }
        throw new AbortExecutionException(List.of(Refusals.of(
                TOO_COSTLY,
                "the operation costs " + cost() + ", at most " + MAX_COST + " are allowed; the dearest is " + dearest
                        + " with " + dearestCost + ": ask for less at a time, or for shorter lists by 'first'",
                Map.of(
                        "cost", Integer.toString(cost()),
                        "limit", Integer.toString(MAX_COST),
                        "dearestPath", String.valueOf(dearest),
                        "dearestCost", Long.toString(dearestCost)))));
    }

    @Override
    public Surroundings field(
            Field field, GraphQLFieldDefinition definition, GraphQLCompositeType parent, Surroundings around) {
        if (!(GraphQLTypeUtil.unwrapAll(definition.getType()) instanceof GraphQLCompositeType type)) {
            return around;
        }
        if (PROGRESS_FIELDS.contains(parent.getName() + "." + field.getName())) {
            lessonProgressWanted = true;
        }
        var isList = GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(definition.getType()));
        var first = first(field, definition, isList ? MAX_LIST : MAX_PAGE);
        var length = isList ? length(parent, definition, first, around.page()) : 1;
        var place = new Place(around.place(), field.getResultKey());
        var each = length + Directives.number(definition, "cost", "weight", 0);
        if (!isWrapped(parent, definition)) {
            charge(place, type, LongMath.saturatedMultiply(around.times(), each), around);
        }
        var times = LongMath.saturatedMultiply(around.times(), length);
        var page = isList ? 0 : first;
        return type instanceof GraphQLObjectType
                ? new Surroundings(place, times, page, around.sum(), around.types(), false)
                : new Surroundings(place, times, page, around.sum().within(around.types()), null, true);
    }

    @Override
    public Surroundings fragment(GraphQLCompositeType on, Surroundings around) {
        if (!around.isOpen()) {
            return around;
        }
        var types = typesOf(on).collect(Collectors.toCollection(HashSet::new));
        if (around.types() != null) {
            types.retainAll(around.types());
        }
        return new Surroundings(around.place(), around.times(), around.page(), around.sum(), types, true);
    }

    private Stream<String> typesOf(GraphQLCompositeType type) {
        return switch (type) {
            case GraphQLObjectType object -> Stream.of(object.getName());
            case GraphQLUnionType union -> union.getTypes().stream().map(member -> member.getName());
            case GraphQLInterfaceType common ->
                Objects.requireNonNull(execution.getGraphQLSchema().getImplementations(common)).stream()
                        .map(GraphQLObjectType::getName);
            default -> throw new IllegalStateException("an unknown type: " + type);
        };
    }

    /// What a list or a non-null type wraps belongs to its name. Tools ask for nine levels of it, of which
    /// there are three.
    private static boolean isWrapped(GraphQLCompositeType parent, GraphQLFieldDefinition definition) {
        return Introspection.isIntrospectionTypes(parent)
                && definition.getName().equals("ofType");
    }

    private void charge(Place place, GraphQLCompositeType type, long charge, Surroundings around) {
        var cost = charge;
        if (Introspection.isIntrospectionTypes(type)) {
            described = LongMath.saturatedAdd(described, charge);
            cost = charge / INTROSPECTION_SHARE;
        } else {
            around.sum().add(around.types(), charge);
        }
        if (cost > dearestCost) {
            dearestCost = cost;
            dearest = place;
        }
    }

    private long length(GraphQLCompositeType parent, GraphQLFieldDefinition definition, int first, int page) {
        if (first > 0) {
            return first;
        }
        if (Introspection.isIntrospectionTypes(parent)) {
            return introspectionSizes.of(parent.getName(), definition.getName());
        }
        return Directives.number(definition, "listSize", "assumed", page);
    }

    /// The argument `first`; 0 where there is none.
    private int first(Field field, GraphQLFieldDefinition definition, int max) {
        var argument = definition.getArgument("first");
        var given = argument == null ? null : given(field);
        if (argument == null || (given == null && !GraphQLTypeUtil.isNonNull(argument.getType()))) {
            return 0;
        }
        if (given == null || given < 1 || given > max) {
            throw new AbortExecutionException(List.of(Refusals.of(
                    "PAGE_SIZE_INVALID", "'first' of " + field.getName() + " is " + given + ": give 1 to " + max)));
        }
        return given;
    }

    private @Nullable Integer given(Field field) {
        Value<?> value = field.getArguments().stream()
                .filter(argument -> argument.getName().equals("first"))
                .<Value<?>>map(argument -> argument.getValue())
                .findFirst()
                .orElse(null);
        return switch (value) {
            case IntValue literal -> literal.getValue().intValue();
            case VariableReference variable -> variable(variable.getName());
            case null, default -> null;
        };
    }

    private @Nullable Integer variable(String name) {
        @Nullable Object value = execution.getCoercedVariables().get(name);
        return value instanceof Number number ? (Integer) number.intValue() : null;
    }
}
