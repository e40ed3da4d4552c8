package org.aula.bff.engine;

import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.language.Field;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.SelectionSet;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Adds up what an operation costs before it runs: every field that gives objects costs its depth, times
/// the sizes of the lists that it lies in, times its `@cost` weight. A connection's list is as long as its
/// `first`, others as `@listSize` says. Plain values cost nothing: they come with their object.
final class RequestCost {

    static final int MAX_COST = 10_000;
    static final int MAX_PAGE = 100;

    private static final Set<String> PROGRESS_FIELDS = Set.of("Lesson.myProgress", "Enrollment.lessonProgress");

    private final ExecutionContext execution;
    private final GraphQLSchema schema;
    private long cost;
    private boolean lessonProgressWanted;

    private RequestCost(ExecutionContext execution) {
        this.execution = execution;
        this.schema = execution.getGraphQLSchema();
    }

    /// Measures the operation that is about to run.
    ///
    /// @throws AbortExecutionException if it costs too much or asks for pages that are too long
    static RequestCost of(ExecutionContext execution) {
        var cost = new RequestCost(execution);
        var operation = execution.getOperationDefinition();
        var root = switch (operation.getOperation()) {
            case QUERY -> cost.schema.getQueryType();
            case MUTATION -> cost.schema.getMutationType();
            case SUBSCRIPTION -> cost.schema.getSubscriptionType();
        };
        if (root != null) {
            cost.add(operation.getSelectionSet(), root, 1, 1);
        }
        return cost;
    }

    int cost() {
        return Math.toIntExact(cost);
    }

    boolean isLessonProgressWanted() {
        return lessonProgressWanted;
    }

    private void add(SelectionSet selectionSet, GraphQLCompositeType parent, int depth, long times) {
        for (var selection : selectionSet.getSelections()) {
            switch (selection) {
                case Field field -> add(field, parent, depth, times);
                case InlineFragment inline -> {
                    var condition = inline.getTypeCondition();
                    add(
                            inline.getSelectionSet(),
                            condition == null ? parent : composite(condition.getName()),
                            depth,
                            times);
                }
                case FragmentSpread spread -> {
                    var fragment = execution.getFragment(spread.getName());
                    if (fragment != null) {
                        add(
                                fragment.getSelectionSet(),
                                composite(fragment.getTypeCondition().getName()),
                                depth,
                                times);
                    }
                }
                default -> throw new IllegalStateException("an unknown selection: " + selection);
            }
        }
    }

    private void add(Field field, GraphQLCompositeType parent, int depth, long times) {
        if (field.getName().startsWith("__") || !(parent instanceof GraphQLFieldsContainer container)) {
            return;
        }
        var definition = container.getFieldDefinition(field.getName());
        if (definition == null
                || !(GraphQLTypeUtil.unwrapAll(definition.getType()) instanceof GraphQLCompositeType type)) {
            return;
        }
        if (PROGRESS_FIELDS.contains(parent.getName() + "." + field.getName())) {
            lessonProgressWanted = true;
        }
        cost += depth * times * number(definition, "cost", "weight");
        if (cost > MAX_COST) {
            throw refusal(
                    "TOO_COSTLY",
                    "the operation costs more than " + MAX_COST + ": ask for less at a time, or for shorter lists");
        }
        var selectionSet = field.getSelectionSet();
        if (selectionSet != null) {
            add(selectionSet, type, depth + 1, times * size(field, definition));
        }
    }

    private long size(Field field, GraphQLFieldDefinition definition) {
        if (definition.getArgument("first") == null) {
            return number(definition, "listSize", "assumed");
        }
        var first = first(field);
        if (first < 1 || first > MAX_PAGE) {
            throw refusal(
                    "PAGE_SIZE_INVALID", "'first' of " + field.getName() + " is " + first + ": give 1 to " + MAX_PAGE);
        }
        return first;
    }

    private int first(Field field) {
        Value<?> given = field.getArguments().stream()
                .filter(argument -> argument.getName().equals("first"))
                .<Value<?>>map(argument -> argument.getValue())
                .findFirst()
                .orElse(null);
        return switch (given) {
            case IntValue literal -> literal.getValue().intValue();
            case VariableReference variable -> variable(variable.getName());
            case null, default -> 0;
        };
    }

    private int variable(String name) {
        @Nullable Object value = execution.getCoercedVariables().get(name);
        return value instanceof Number number ? number.intValue() : 0;
    }

    private GraphQLCompositeType composite(String name) {
        if (schema.getType(name) instanceof GraphQLCompositeType type) {
            return type;
        }
        throw new IllegalStateException("a fragment on " + name + " was not refused by validation");
    }

    /// The number in a directive of a field's definition; 1 without the directive.
    private static int number(GraphQLFieldDefinition definition, String directive, String argument) {
        var applied = definition.getAppliedDirective(directive);
        var given = applied == null ? null : applied.getArgument(argument);
        return given != null && given.<Object>getValue() instanceof Number number ? number.intValue() : 1;
    }

    private static AbortExecutionException refusal(String reason, String message) {
        return new AbortExecutionException(List.of(Refusals.of(reason, message)));
    }
}
