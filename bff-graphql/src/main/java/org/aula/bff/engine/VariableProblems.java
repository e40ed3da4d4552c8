package org.aula.bff.engine;

import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.language.VariableDefinition;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is wrong with the values of variables, each by its path inside the variable. The library would tell
/// the first only, without its path, and some of them when the work has begun.
final class VariableProblems {

    static final String REASON = "VARIABLE_INVALID";

    private final GraphQLSchema schema;
    private final GraphQLContext context = GraphQLContext.getDefault();
    private final List<GraphQLError> told = new ArrayList<>();
    private int count;

    VariableProblems(GraphQLSchema schema) {
        this.schema = schema;
    }

    /// The first of them, and how many more.
    List<GraphQLError> errors() {
        var more = count - told.size();
        if (more > 0) {
            told.add(Refusals.of(REASON, "and " + more + " more"));
            count = told.size();
        }
        return told;
    }

    /// Checks the value of a variable.
    void check(VariableDefinition variable, Map<String, Object> given) {
        var name = variable.getName();
        if (given.containsKey(name)) {
            check(type(schema, variable.getType()), given.get(name), List.of(name));
        } else if (variable.getDefaultValue() == null && variable.getType() instanceof NonNullType) {
            note(List.of(name), "is missing");
        }
    }

    void note(List<String> path, String problem) {
        count++;
        if (count <= UserErrors.MAX_TOLD) {
            told.add(Refusals.ofField(REASON, "variable " + String.join(".", path) + ' ' + problem, path));
        }
    }

    private void check(GraphQLType type, @Nullable Object value, List<String> path) {
        switch (type) {
            case GraphQLNonNull nonNull when value == null -> note(path, "must not be null");
            case GraphQLNonNull nonNull -> check(nonNull.getWrappedType(), value, path);
            case GraphQLType any when value == null -> {}
            case GraphQLList list
            when value instanceof Collection<?> items -> {
                var index = 0;
                for (var item : items) {
                    check(list.getWrappedType(), item, at(path, Integer.toString(index)));
                    index++;
                }
            }
            case GraphQLList list -> check(list.getWrappedType(), value, path);
            case GraphQLInputObjectType object when value instanceof Map<?, ?> fields -> check(object, fields, path);
            case GraphQLInputObjectType object -> note(path, "must be an object");
            case GraphQLEnumType values -> check(values, value, path);
            case GraphQLScalarType scalar -> check(scalar, value, path);
            default -> throw new IllegalStateException(type + " is no type of inputs");
        }
    }

    private void check(GraphQLInputObjectType type, Map<?, ?> fields, List<String> path) {
        for (var name : fields.keySet()) {
            if (type.getFieldDefinition(String.valueOf(name)) == null) {
                note(at(path, String.valueOf(name)), "is no field of a " + type.getName());
            }
        }
        for (var definition : type.getFieldDefinitions()) {
            var name = definition.getName();
            if (fields.containsKey(name)) {
                check(definition.getType(), fields.get(name), at(path, name));
            } else if (definition.getType() instanceof GraphQLNonNull && !definition.hasSetDefaultValue()) {
                note(at(path, name), "is missing");
            }
        }
        if (type.isOneOf() && fields.size() != 1) {
            note(path, "must have exactly one field, not " + fields.size());
        } else if (type.isOneOf() && fields.containsValue(null)) {
            note(at(path, String.valueOf(fields.keySet().iterator().next())), "must not be null");
        }
    }

    private void check(GraphQLEnumType type, Object value, List<String> path) {
        if (type.getValue(String.valueOf(value)) == null) {
            note(path, "is no " + type.getName());
        }
    }

    private void check(GraphQLScalarType type, Object value, List<String> path) {
        try {
            type.getCoercing().parseValue(value, context, Locale.ENGLISH);
        } catch (CoercingParseValueException unfit) {
            note(path, "is no " + type.getName() + ": " + unfit.getMessage());
        }
    }

    /// The type that a variable is defined with.
    static GraphQLType type(GraphQLSchema schema, Type<?> type) {
        return switch (type) {
            case NonNullType nonNull -> GraphQLNonNull.nonNull(type(schema, nonNull.getType()));
            case ListType list -> GraphQLList.list(type(schema, list.getType()));
            case TypeName name -> Objects.requireNonNull(schema.getType(name.getName()), name.getName());
            default -> throw new IllegalStateException("an unknown type: " + type);
        };
    }

    private static List<String> at(List<String> path, String step) {
        var longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }
}
