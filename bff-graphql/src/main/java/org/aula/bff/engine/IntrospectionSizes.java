package org.aula.bff.engine;

import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLUnionType;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;

/// How long the lists of introspection are: those of the schema by count, those of a type on the average.
final class IntrospectionSizes {

    private final Map<String, Integer> sizes;

    IntrospectionSizes(GraphQLSchema schema) {
        var types = schema.getAllTypesAsList();
        var fields = types.stream()
                .filter(GraphQLFieldsContainer.class::isInstance)
                .flatMap(type -> ((GraphQLFieldsContainer) type).getFieldDefinitions().stream())
                .toList();
        sizes = Map.of(
                "__Schema.types", types.size(),
                "__Schema.directives", schema.getDirectives().size(),
                "__Directive.args",
                        average(
                                schema.getDirectives(),
                                directive -> directive.getArguments().size()),
                "__Type.fields", average(types, fields.size()),
                "__Field.args", average(fields, field -> field.getArguments().size()),
                "__Type.inputFields", average(types, type -> inputFields(type)),
                "__Type.enumValues", average(types, type -> enumValues(type)),
                "__Type.interfaces", average(types, type -> interfaces(type)),
                "__Type.possibleTypes", average(types, type -> possibleTypes(schema, type)));
    }

    /// @param type such as `__Type`
    int of(String type, String field) {
        return Objects.requireNonNull(sizes.get(type + "." + field), type + "." + field);
    }

    private static int inputFields(GraphQLNamedType type) {
        return type instanceof GraphQLInputObjectType input ? input.getFields().size() : 0;
    }

    private static int enumValues(GraphQLNamedType type) {
        return type instanceof GraphQLEnumType values ? values.getValues().size() : 0;
    }

    private static int interfaces(GraphQLNamedType type) {
        return type instanceof GraphQLObjectType object ? object.getInterfaces().size() : 0;
    }

    private static int possibleTypes(GraphQLSchema schema, GraphQLNamedType type) {
        return switch (type) {
            case GraphQLInterfaceType shared ->
                Objects.requireNonNull(schema.getImplementations(shared)).size();
            case GraphQLUnionType union -> union.getTypes().size();
            default -> 0;
        };
    }

    private static <T> int average(Collection<T> among, ToIntFunction<T> count) {
        return average(among, among.stream().mapToInt(count).sum());
    }

    /// Rounded up.
    private static int average(Collection<?> among, int sum) {
        return Math.ceilDiv(sum, among.size());
    }
}
