package org.aula.bff.engine;

import graphql.GraphQLError;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.NullValue;
import graphql.language.ObjectValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.Value;
import graphql.language.VariableDefinition;
import graphql.language.VariableReference;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is known of a valid operation before its variables are.
///
/// @param definition the operation
/// @param nowhereNull where variables are used that may be null by their type but not there
/// @param broken what is wrong with its literals that the library would find when it runs
/// @param maxAge seconds for which the answer to a visitor may be kept by caches; 0 for none
record PreparedOperation(
        OperationDefinition definition, Map<String, Use> nowhereNull, List<GraphQLError> broken, int maxAge) {

    /// Where a variable is used.
    ///
    /// @param place for people
    /// @param isOneOf whether it must be there at all
    record Use(String place, boolean isOneOf) {}

    /// The operations of a valid document.
    static List<PreparedOperation> of(GraphQLSchema schema, Document document) {
        var fragments = document.getDefinitionsOfType(FragmentDefinition.class).stream()
                .collect(Collectors.toMap(FragmentDefinition::getName, fragment -> fragment));
        return document.getDefinitionsOfType(OperationDefinition.class).stream()
                .map(operation -> of(schema, fragments, operation))
                .toList();
    }

    private static PreparedOperation of(
            GraphQLSchema schema, Map<String, FragmentDefinition> fragments, OperationDefinition operation) {
        var uses = new Uses(schema);
        new OperationWalk<>(schema, fragments::get, uses).walk(operation, "");
        operation.getVariableDefinitions().forEach(uses::ofDefault);
        var age = new CacheAge();
        new OperationWalk<>(schema, fragments::get, age).walk(operation, true);
        return new PreparedOperation(
                operation, Map.copyOf(uses.found), List.copyOf(uses.broken), age.seconds(operation));
    }

    /// What is wrong with the variables that come with it.
    List<GraphQLError> problems(GraphQLSchema schema, Map<String, Object> variables) {
        var problems = new VariableProblems(schema);
        for (var variable : definition.getVariableDefinitions()) {
            var name = variable.getName();
            problems.check(variable, variables);
            var use = nowhereNull.get(name);
            if (use == null || variables.get(name) != null) {
                continue;
            }
            var otherwise = variable.getDefaultValue();
            var isNull = variables.containsKey(name) || otherwise instanceof NullValue;
            if (isNull || (use.isOneOf() && otherwise == null)) {
                problems.note(List.of(name), "must not be null, being used as " + use.place());
            }
        }
        return problems.errors();
    }

    /// Finds the uses of variables where null does not fit.
    private static final class Uses implements OperationWalk.Visitor<String> {

        private final GraphQLSchema schema;
        private final Map<String, Use> found = new LinkedHashMap<>();
        private final List<GraphQLError> broken = new ArrayList<>();

        Uses(GraphQLSchema schema) {
            this.schema = schema;
        }

        @Override
        public String field(
                Field field, GraphQLFieldDefinition definition, GraphQLCompositeType parent, String around) {
            note(field.getArguments(), definition.getArguments(), " of " + field.getName());
            return around;
        }

        @Override
        public void selection(Selection<?> selection) {
            for (var directive : ((DirectivesContainer<?>) selection).getDirectives()) {
                var definition = schema.getDirective(directive.getName());
                if (definition != null) {
                    note(directive.getArguments(), definition.getArguments(), " of @" + directive.getName());
                }
            }
        }

        void ofDefault(VariableDefinition variable) {
            var value = variable.getDefaultValue();
            if (value != null) {
                note(value, VariableProblems.type(schema, variable.getType()), "$" + variable.getName(), false);
            }
        }

        private void note(List<Argument> given, List<GraphQLArgument> definitions, String of) {
            for (var argument : given) {
                definitions.stream()
                        .filter(definition -> definition.getName().equals(argument.getName()))
                        .forEach(definition -> note(
                                argument.getValue(), definition.getType(), "'" + argument.getName() + "'" + of, false));
            }
        }

        private void note(Value<?> value, GraphQLType type, String place, boolean isOneOf) {
            var inner = GraphQLTypeUtil.unwrapNonNull(type);
            switch (value) {
                case VariableReference variable -> {
                    if (isOneOf || GraphQLTypeUtil.isNonNull(type)) {
                        found.putIfAbsent(variable.getName(), new Use(place, isOneOf));
                    }
                }
                case ArrayValue list
                when inner instanceof GraphQLList items ->
                    list.getValues().forEach(item -> note(item, items.getWrappedType(), place, false));
                case ObjectValue object when inner instanceof GraphQLInputObjectType fields -> note(object, fields);
                case NullValue nothing
                when isOneOf -> broken.add(Refusals.of("DOCUMENT_INVALID", place + " must not be null"));
                default -> {}
            }
        }

        private void note(ObjectValue object, GraphQLInputObjectType type) {
            for (var field : object.getObjectFields()) {
                var definition = type.getFieldDefinition(field.getName());
                if (definition != null) {
                    var place = "'" + field.getName() + "' of a " + type.getName();
                    note(field.getValue(), definition.getType(), place, type.isOneOf());
                }
            }
        }
    }

    /// The shortest age that `@cacheControl` allows: every field of the root has to name one, those inside may
    /// name a shorter one.
    private static final class CacheAge implements OperationWalk.Visitor<Boolean> {

        private final List<Integer> ages = new ArrayList<>();

        @Override
        public Boolean field(
                Field field, GraphQLFieldDefinition definition, GraphQLCompositeType parent, Boolean isRoot) {
            var otherwise = isRoot ? 0 : Integer.MAX_VALUE;
            ages.add(Directives.number(definition, "cacheControl", "maxAge", otherwise));
            return false;
        }

        int seconds(OperationDefinition operation) {
            return operation.getOperation() == OperationDefinition.Operation.QUERY
                    ? ages.stream().mapToInt(age -> age).min().orElse(0)
                    : 0;
        }
    }

    /// The operation of a name.
    ///
    /// @param name null or empty if there is one only
    static @Nullable PreparedOperation find(List<PreparedOperation> operations, @Nullable String name) {
        if (name == null || name.isEmpty()) {
            return operations.size() == 1 ? operations.getFirst() : null;
        }
        return operations.stream()
                .filter(operation -> name.equals(operation.definition().getName()))
                .findFirst()
                .orElse(null);
    }
}
