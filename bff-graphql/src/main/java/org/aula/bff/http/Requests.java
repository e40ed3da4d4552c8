package org.aula.bff.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.aula.bff.documents.DocumentRequest;
import org.jspecify.annotations.Nullable;

/// Reads GraphQL requests out of HTTP requests, as the GraphQL-over-HTTP specification has them.
final class Requests {

    /// The version of automatic persisted queries that there is.
    private static final int AUTOMATIC = 1;

    private static final int MAX_ID = 256;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private Requests() {}

    /// Reads the body of a POST.
    ///
    /// @throws BadRequestException 400 or 415
    static DocumentRequest ofBody(@Nullable MediaType type, byte @Nullable [] body) {
        if (type == null || !type.getName().equals(MediaType.APPLICATION_JSON)) {
            throw new BadRequestException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "send the request as application/json");
        }
        var charset = type.getParameters().get("charset").orElse("utf-8");
        if (!charset.equalsIgnoreCase("utf-8") && !charset.equalsIgnoreCase("utf8")) {
            throw new BadRequestException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "send the request in UTF-8");
        }
        if (body == null || body.length == 0) {
            throw invalid("the body is empty");
        }
        return of(parse(body), false);
    }

    /// A member of the `extensions` of a POST; null if there is none.
    ///
    /// @throws BadRequestException 400 or 415
    static @Nullable Object extension(@Nullable MediaType type, byte @Nullable [] body, String name) {
        ofBody(type, body);
        return parse(Objects.requireNonNull(body)) instanceof Map<?, ?> values
                        && values.get("extensions") instanceof Map<?, ?> extensions
                ? extensions.get(name)
                : null;
    }

    /// Reads the parameters of a GET.
    ///
    /// @throws BadRequestException 400
    static DocumentRequest ofParameters(HttpParameters parameters) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        for (var name : new String[] {"query", "documentId", "operationName"}) {
            var text = parameters.get(name);
            if (text != null && !text.isEmpty()) {
                values.put(name, text);
            }
        }
        for (var name : new String[] {"variables", "extensions"}) {
            var text = parameters.get(name);
            if (text != null && !text.isEmpty()) {
                values.put(name, parse(text.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return of(values, true);
    }

    /// Reads what stands in a body, or in a message of a connection that stays.
    ///
    /// @throws BadRequestException 400
    static DocumentRequest of(@Nullable Object parsed, boolean readOnly) {
        if (!(parsed instanceof Map<?, ?> values)) {
            throw invalid("the body is not a JSON object");
        }
        var text = text(values, "query");
        var documentId = text(values, "documentId");
        var hash = hash(values.get("extensions"));
        if (text == null && documentId == null && hash == null) {
            throw invalid("'query' is missing or not a string");
        }
        if (documentId != null && (text != null || hash != null)) {
            throw invalid("'documentId' stands for the document; neither 'query' nor 'persistedQuery' comes with it");
        }
        return new DocumentRequest(
                text,
                documentId == null ? hash : documentId,
                hash != null,
                text(values, "operationName"),
                variables(values.get("variables")),
                readOnly);
    }

    /// Null where there is none, or an empty one.
    private static @Nullable String text(Map<?, ?> values, String name) {
        var value = values.get(name);
        if (value != null && !(value instanceof String)) {
            throw invalid("'" + name + "' is not a string");
        }
        return value instanceof String text && !text.isBlank() ? text : null;
    }

    /// The hash of an automatic persisted query; null where it is none.
    private static @Nullable String hash(@Nullable Object extensions) {
        if (extensions == null) {
            return null;
        }
        if (!(extensions instanceof Map<?, ?> map)) {
            throw invalid("'extensions' is not an object");
        }
        var persisted = map.get("persistedQuery");
        if (persisted == null) {
            return null;
        }
        if (!(persisted instanceof Map<?, ?> automatic)
                || !(automatic.get("sha256Hash") instanceof String hash)
                || hash.isBlank()
                || hash.length() > MAX_ID) {
            throw invalid("'extensions.persistedQuery.sha256Hash' is missing or not a hash");
        }
        if (!(automatic.get("version") instanceof Number version) || version.intValue() != AUTOMATIC) {
            throw invalid("'extensions.persistedQuery.version' is not " + AUTOMATIC);
        }
        return hash;
    }

    private static Map<String, Object> variables(@Nullable Object given) {
        if (given == null) {
            return Map.of();
        }
        if (!(given instanceof Map<?, ?> map)) {
            throw invalid("'variables' is not an object");
        }
        var variables = new LinkedHashMap<String, Object>();
        map.forEach((name, value) -> variables.put(String.valueOf(name), value));
        return variables;
    }

    private static @Nullable Object parse(byte[] json) {
        try {
            return JSON.readValue(json, Object.class);
        } catch (JsonProcessingException malformed) {
            throw invalid("this is not JSON: " + malformed.getOriginalMessage());
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static BadRequestException invalid(String message) {
        return new BadRequestException(HttpStatus.BAD_REQUEST, message);
    }
}
