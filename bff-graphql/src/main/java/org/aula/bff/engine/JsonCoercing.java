package org.aula.bff.engine;

import com.google.protobuf.Struct;
import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON object, which the contract calls a Struct.
final class JsonCoercing implements Coercing<Struct, Map<String, @Nullable Object>> {

    @Override
    public Map<String, @Nullable Object> serialize(Object value, GraphQLContext context, Locale locale) {
        if (value instanceof Struct struct) {
            return JsonObjects.read(struct);
        }
        throw new CoercingSerializeException("not a JSON object");
    }

    @Override
    public Struct parseValue(Object input, GraphQLContext context, Locale locale) {
        if (!(input instanceof Map<?, ?> object)) {
            throw new CoercingParseValueException("a JSON is an object");
        }
        try {
            return JsonObjects.write(object);
        } catch (IllegalArgumentException unfit) {
            throw new CoercingParseValueException(unfit.getMessage(), unfit);
        }
    }

    @Override
    public Struct parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
        if (!(input instanceof ObjectValue object)) {
            throw new CoercingParseLiteralException("a JSON is an object");
        }
        try {
            return JsonObjects.write(members(object, variables));
        } catch (IllegalArgumentException unfit) {
            throw new CoercingParseLiteralException(unfit.getMessage(), unfit);
        }
    }

    private static Map<String, @Nullable Object> members(ObjectValue object, CoercedVariables variables) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        object.getObjectFields().forEach(field -> members.put(field.getName(), plain(field.getValue(), variables)));
        return members;
    }

    /// Validation reads literals before there are variables; they are null then.
    private static @Nullable Object plain(Value<?> value, CoercedVariables variables) {
        return switch (value) {
            case StringValue text -> text.getValue();
            case IntValue number -> number.getValue();
            case FloatValue number -> number.getValue();
            case BooleanValue truth -> truth.isValue();
            case ArrayValue list ->
                list.getValues().stream()
                        .map(item -> plain(item, variables))
                        .collect(java.util.stream.Collectors.toCollection(java.util.ArrayList::new));
            case ObjectValue object -> members(object, variables);
            case VariableReference variable -> variables.get(variable.getName());
            default -> null;
        };
    }
}
