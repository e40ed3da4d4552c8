#!/usr/bin/env bash
# An input of which one member is to be given, and a query that gives null or may give it.
. "$(dirname "$0")/lib.sh"
maven com.graphql-java:graphql-java:26.0 org.slf4j:slf4j-nop:2.0.17
npm_install graphql@16.11.0
finding "graphql-java and graphql" "26.0, 16.11.0" \
    "what the schema forbids is an error of validation in both, before any resolver; a validator returns what it finds"

cat >"$work/schema.graphqls" <<'GRAPHQL'
input UserKey @oneOf { id: ID email: String }
type Query { user(by: UserKey!): ID  isOpen(by: UserKey!): ID }
GRAPHQL
empty='{ user(by: {}) }'
null='{ user(by: {id: null}) }'
unread='{ isOpen(by: {id: null}) }'
nullable='query ($id: ID) { user(by: {id: $id}) }'

answers=$(java_source OneOf "$work/schema.graphqls" "$empty" "$null" "$unread" "$nullable" <<'JAVA'
import graphql.*;
import graphql.parser.Parser;
import graphql.schema.idl.*;
import graphql.validation.Validator;
import java.io.File;
import java.util.*;

public class OneOf {
    public static void main(String[] args) {
        var wiring = RuntimeWiring.newRuntimeWiring().type("Query", query -> query
                .dataFetcher("user", call -> call.<Map<?, ?>>getArgument("by").get("id"))
                .dataFetcher("isOpen", call -> "yes"));
        var schema = new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(new File(args[0])), wiring.build());
        var engine = GraphQL.newGraphQL(schema).build();
        for (var text : List.of(args).subList(1, args.length)) {
            var result = engine.execute(ExecutionInput.newExecutionInput(text).variables(Map.of("id", "7")));
            System.out.println(result.getErrors().isEmpty() ? result.getData() : result.getErrors().getFirst().getErrorType());
        }
        try {
            var twice = Parser.parse("{ one: __schema { description } two: __schema { description } }");
            System.out.println(new Validator().validateDocument(schema, twice, Locale.ENGLISH));
        } catch (RuntimeException thrown) {
            System.out.println(thrown.getClass().getSimpleName());
        }
    }
}
JAVA
)
browser=$(javascript "$work/schema.graphqls" "$empty" "$null" "$unread" "$nullable" <<'JAVASCRIPT'
const { buildSchema, parse, validate } = require("graphql");
const [schema, ...texts] = process.argv.slice(2);
const types = buildSchema(require("fs").readFileSync(schema, "utf8"));
for (const text of texts) console.log(validate(types, parse(text)).length ? "ValidationError" : "valid");
JAVASCRIPT
)
line() { sed -n "$2p" <<<"$1"; }
happens "no member: graphql-java" ValidationError "$(line "$answers" 1)"
happens "a member that is null: graphql-java, when the resolver reads it" DataFetchingException "$(line "$answers" 2)"
happens "where the resolver does not read it" "{isOpen=yes}" "$(line "$answers" 3)"
happens "a variable that may be null: graphql-java" "{user=7}" "$(line "$answers" 4)"
happens "the four in JavaScript" "ValidationError ValidationError ValidationError ValidationError" "$(tr '\n' ' ' <<<"$browser" | sed 's/ $//')"
happens "graphql-java's validator, of a document that asks for __schema twice, throws" GoodFaithIntrospectionExceeded "$(line "$answers" 5)"
