package org.aula.bff.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.ExecutionInput;
import graphql.GraphQLError;
import graphql.ParseAndValidate;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import graphql.language.Document;
import graphql.language.SourceLocation;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.parser.exceptions.ParseCancelledException;
import graphql.parser.exceptions.ParseCancelledTooDeepException;
import graphql.schema.GraphQLSchema;
import graphql.validation.OperationValidationRule;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Documents that were read, measured and validated before. Clients send few different ones, often. What is
/// wrong with the variables that come with one is told with what is wrong with the document.
final class DocumentCache implements PreparsedDocumentProvider {

    private static final int MAX_TOKENS = 6_000;
    private static final long MAX_CHARACTERS = 8_000_000;
    private static final ParserOptions OPTIONS = ParserOptions.getDefaultParserOptions()
            .transform(options ->
                    options.maxTokens(MAX_TOKENS).captureIgnoredChars(false).captureLineComments(false));

    private final GraphQLSchema schema;
    private final Cache<String, Prepared> documents = Caffeine.newBuilder()
            .maximumWeight(MAX_CHARACTERS)
            .weigher((String text, Prepared document) -> text.length() + 100)
            .build();

    /// @param operations empty if the document is refused
    private record Prepared(PreparsedDocumentEntry entry, List<PreparedOperation> operations) {}

    DocumentCache(GraphQLSchema schema) {
        this.schema = schema;
    }

    @Override
    public CompletableFuture<PreparsedDocumentEntry> getDocumentAsync(
            ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> parseAndValidate) {
        var prepared = documents.get(input.getQuery(), this::prepare);
        var operation = PreparedOperation.find(prepared.operations(), input.getOperationName());
        if (operation == null) {
            return CompletableFuture.completedFuture(prepared.entry());
        }
        input.getGraphQLContext().put(PreparedOperation.class, operation);
        var problems = operation.problems(schema, input.getVariables());
        return CompletableFuture.completedFuture(
                problems.isEmpty() ? prepared.entry() : new PreparsedDocumentEntry(problems));
    }

    private Prepared prepare(String text) {
        Document document;
        try {
            document = new Parser()
                    .parseDocument(ParserEnvironment.newParserEnvironment()
                            .document(text)
                            .parserOptions(OPTIONS)
                            .build());
        } catch (ParseCancelledTooDeepException tooDeep) {
            return refused(Refusals.of("TOO_DEEP", "the document is nested too deep to be read"));
        } catch (ParseCancelledException tooLarge) {
            return refused(
                    Refusals.of("TOO_LARGE", "the document is too large: at most " + MAX_TOKENS + " tokens are read"));
        } catch (InvalidSyntaxException malformed) {
            return refused(malformed(malformed));
        }
        return DocumentShape.refuse(document).map(DocumentCache::refused).orElseGet(() -> validate(document));
    }

    /// What introspection may ask is bounded by its cost. The library's own rule would refuse what tools ask,
    /// such as two types at once, and by an exception.
    private Prepared validate(Document document) {
        var errors = ParseAndValidate.validate(
                schema, document, rule -> rule != OperationValidationRule.GOOD_FAITH_INTROSPECTION, Locale.ENGLISH);
        if (!errors.isEmpty()) {
            return new Prepared(new PreparsedDocumentEntry(document, errors), List.of());
        }
        var operations = PreparedOperation.of(schema, document);
        var broken = operations.stream()
                .flatMap(operation -> operation.broken().stream())
                .toList();
        return broken.isEmpty()
                ? new Prepared(new PreparsedDocumentEntry(document), operations)
                : new Prepared(new PreparsedDocumentEntry(document, broken), List.of());
    }

    private static Prepared refused(GraphQLError error) {
        return new Prepared(new PreparsedDocumentEntry(error), List.of());
    }

    private static GraphQLError malformed(InvalidSyntaxException malformed) {
        var location = malformed.getLocation();
        return GraphQLError.newError()
                .errorType(graphql.ErrorType.InvalidSyntax)
                .message("%s", malformed.getMessage())
                .locations(location == null ? List.<SourceLocation>of() : List.of(location))
                .extensions(Map.of("code", "INVALID_ARGUMENT", "reason", "DOCUMENT_INVALID"))
                .build();
    }
}
