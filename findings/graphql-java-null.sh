#!/usr/bin/env bash
# Nulls that a schema forbids, and when graphql-java notices.
. "$(dirname "$0")/lib.sh"
maven com.graphql-java:graphql-java:26.0 org.slf4j:slf4j-nop:2.0.17
finding "graphql-java" 26.0 "what the schema forbids is a validation error of the request, before any resolver; the validator returns what it finds"

answers=$(java_source Nulls <<'JAVA'
import graphql.*;
import graphql.parser.Parser;
import graphql.schema.idl.*;
import graphql.validation.Validator;
import java.util.*;

public class Nulls {
    public static void main(String[] args) {
        var types = new SchemaParser().parse("""
                input UserKey @oneOf { id: ID email: String }
                type Query { user(by: UserKey!): ID  isOpen(by: UserKey!): ID  courses(first: Int! = 20): Int }
                """);
        var wiring = RuntimeWiring.newRuntimeWiring().type("Query", query -> query
                .dataFetcher("user", call -> call.getArgument("by").toString())
                .dataFetcher("isOpen", call -> "yes")
                .dataFetcher("courses", call -> call.getArgument("first")));
        var schema = new SchemaGenerator().makeExecutableSchema(types, wiring.build());
        var engine = GraphQL.newGraphQL(schema).build();
        var variable = "query ($first: Int) { courses(first: $first) }";
        show(engine, "{ user(by: {}) }", Map.of());
        show(engine, "{ user(by: {id: null}) }", Map.of());
        show(engine, "{ isOpen(by: {id: null}) }", Map.of());
        show(engine, "query ($by: UserKey!) { user(by: $by) }", Map.of("by", Collections.singletonMap("id", null)));
        show(engine, variable, Map.of());
        show(engine, variable, Collections.singletonMap("first", null));
        try {
            var twice = Parser.parse("{ one: __schema { description } two: __schema { description } }");
            System.out.println(new Validator().validateDocument(schema, twice, Locale.ENGLISH));
        } catch (RuntimeException thrown) {
            System.out.println(thrown.getClass().getSimpleName());
        }
    }

    static void show(GraphQL engine, String text, Map<String, Object> variables) {
        var result = engine.execute(ExecutionInput.newExecutionInput(text).variables(variables));
        System.out.println(result.getErrors().isEmpty() ? result.getData() : result.getErrors().getFirst().getErrorType());
    }
}
JAVA
)
answer() { sed -n "$1p" <<<"$answers"; }
happens "a oneOf input without a member" ValidationError "$(answer 1)"
happens "with a member that is null" DataFetchingException "$(answer 2)"
happens "the same where the resolver does not read its argument" "{isOpen=yes}" "$(answer 3)"
happens "the same in a variable" ValidationError "$(answer 4)"
happens "Int! = 20, given a nullable variable that is absent" "{courses=20}" "$(answer 5)"
happens "the variable is null" DataFetchingException "$(answer 6)"
happens "the validator, of a document that asks for __schema twice, throws" GoodFaithIntrospectionExceeded "$(answer 7)"
