package org.aula.bff.engine;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The schema's own scalars.
final class Scalars {

    private Scalars() {}

    static List<GraphQLScalarType> all() {
        return List.of(
                text("DateTime", Instant::parse),
                text("Duration", Scalars::span),
                text("Date", Scalars::day),
                text("URL", Function.identity()),
                GraphQLScalarType.newScalar()
                        .name("JSON")
                        .coercing(new JsonCoercing())
                        .build(),
                GraphQLScalarType.newScalar()
                        .name("Long")
                        .coercing(new LongCoercing())
                        .build());
    }

    private static Duration span(String text) {
        var span = Duration.parse(text);
        if (span.isNegative()) {
            throw new DateTimeException("negative");
        }
        return span;
    }

    private static LocalDate day(String text) {
        var day = LocalDate.parse(text);
        if (day.getYear() < 1 || day.getYear() > 9999) {
            throw new DateTimeException("years have four digits");
        }
        return day;
    }

    private static GraphQLScalarType text(String name, Function<String, ?> parse) {
        return GraphQLScalarType.newScalar()
                .name(name)
                .coercing(new TextCoercing(name, parse))
                .build();
    }

    /// A scalar that travels as text.
    private record TextCoercing(String name, Function<String, ?> parse) implements Coercing<Object, String> {

        @Override
        public String serialize(Object value, GraphQLContext context, Locale locale) {
            return value.toString();
        }

        @Override
        public Object parseValue(Object input, GraphQLContext context, Locale locale) {
            if (input instanceof String text) {
                try {
                    return parse.apply(text);
                } catch (DateTimeException malformed) {
                    throw new CoercingParseValueException("'" + text + "' is not a " + name, malformed);
                }
            }
            throw new CoercingParseValueException("a " + name + " is a string");
        }

        @Override
        public Object parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
            if (!(input instanceof StringValue text) || text.getValue() == null) {
                throw new CoercingParseLiteralException("a " + name + " is a string");
            }
            try {
                return parseValue(text.getValue(), context, locale);
            } catch (CoercingParseValueException malformed) {
                throw new CoercingParseLiteralException(malformed.getMessage(), malformed);
            }
        }

        @Override
        public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
            return StringValue.of(input.toString());
        }
    }

    /// A whole number of 64 bits.
    private static final class LongCoercing implements Coercing<Long, Long> {

        @Override
        public Long serialize(Object value, GraphQLContext context, Locale locale) {
            if (value instanceof Number number) {
                return number.longValue();
            }
            throw new CoercingSerializeException("not a number: " + value);
        }

        @Override
        public Long parseValue(Object input, GraphQLContext context, Locale locale) {
            var number = whole(input);
            if (number == null) {
                throw new CoercingParseValueException("a Long is a whole number of 64 bits");
            }
            return number;
        }

        @Override
        public Long parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
            var number = input instanceof IntValue literal ? whole(literal.getValue()) : null;
            if (number == null) {
                throw new CoercingParseLiteralException("a Long is a whole number of 64 bits");
            }
            return number;
        }

        @Override
        public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
            return IntValue.of(Math.toIntExact(((Number) input).longValue()));
        }

        private static @Nullable Long whole(Object input) {
            try {
                return switch (input) {
                    case Integer number -> number.longValue();
                    case Long number -> number;
                    case BigInteger number -> number.longValueExact();
                    case BigDecimal number -> number.longValueExact();
                    case Double number -> BigDecimal.valueOf(number).longValueExact();
                    default -> null;
                };
            } catch (ArithmeticException | NumberFormatException tooLarge) {
                return null;
            }
        }
    }
}
