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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Documents that were read, measured and validated before. Clients send few different ones, often.
final class DocumentCache implements PreparsedDocumentProvider {

    private static final int MAX_TOKENS = 6_000;
    private static final long MAX_CHARACTERS = 8_000_000;
    private static final ParserOptions OPTIONS = ParserOptions.getDefaultParserOptions()
            .transform(options ->
                    options.maxTokens(MAX_TOKENS).captureIgnoredChars(false).captureLineComments(false));

    private final GraphQLSchema schema;
    private final Cache<String, PreparsedDocumentEntry> documents = Caffeine.newBuilder()
            .maximumWeight(MAX_CHARACTERS)
            .weigher((String text, PreparsedDocumentEntry entry) -> text.length() + 100)
            .build();

    DocumentCache(GraphQLSchema schema) {
        this.schema = schema;
    }

    @Override
    public CompletableFuture<PreparsedDocumentEntry> getDocumentAsync(
            ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> parseAndValidate) {
        return CompletableFuture.completedFuture(documents.get(input.getQuery(), this::prepare));
    }

    private PreparsedDocumentEntry prepare(String text) {
        Document document;
        try {
            document = new Parser()
                    .parseDocument(ParserEnvironment.newParserEnvironment()
                            .document(text)
                            .parserOptions(OPTIONS)
                            .build());
        } catch (ParseCancelledTooDeepException tooDeep) {
            return new PreparsedDocumentEntry(Refusals.of("TOO_DEEP", "the document is nested too deep to be read"));
        } catch (ParseCancelledException tooLarge) {
            return new PreparsedDocumentEntry(
                    Refusals.of("TOO_LARGE", "the document is too large: at most " + MAX_TOKENS + " tokens are read"));
        } catch (InvalidSyntaxException malformed) {
            return new PreparsedDocumentEntry(malformed(malformed));
        }
        return DocumentShape.refuse(document).map(PreparsedDocumentEntry::new).orElseGet(() -> validate(document));
    }

    private PreparsedDocumentEntry validate(Document document) {
        var errors = ParseAndValidate.validate(schema, document, Locale.ENGLISH);
        return errors.isEmpty() ? new PreparsedDocumentEntry(document) : new PreparsedDocumentEntry(document, errors);
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
