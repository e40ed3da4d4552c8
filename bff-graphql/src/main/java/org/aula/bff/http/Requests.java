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
import org.aula.bff.engine.GraphQlRequest;
import org.jspecify.annotations.Nullable;

/// Reads GraphQL requests out of HTTP requests, as the GraphQL-over-HTTP specification has them.
final class Requests {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private Requests() {}

    /// Reads the body of a POST.
    ///
    /// @throws BadRequestException 400 or 415
    static GraphQlRequest ofBody(@Nullable MediaType type, byte @Nullable [] body) {
        if (type == null || !type.getName().equals(MediaType.APPLICATION_JSON)) {
            throw new BadRequestException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "send the request as application/json");
        }
        if (type.getCharset().isPresent() && !type.getCharset().get().equals(StandardCharsets.UTF_8)) {
            throw new BadRequestException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "send the request in UTF-8");
        }
        if (body == null || body.length == 0) {
            throw invalid("the body is empty");
        }
        return of(parse(body), false);
    }

    /// Reads the parameters of a GET.
    ///
    /// @throws BadRequestException 400
    static GraphQlRequest ofParameters(HttpParameters parameters) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("query", parameters.get("query"));
        values.put("operationName", parameters.get("operationName"));
        for (var name : new String[] {"variables", "extensions"}) {
            var text = parameters.get(name);
            if (text != null && !text.isEmpty()) {
                values.put(name, parse(text.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return of(values, true);
    }

    private static GraphQlRequest of(@Nullable Object parsed, boolean readOnly) {
        if (!(parsed instanceof Map<?, ?> values)) {
            throw invalid("the body is not a JSON object");
        }
        if (!(values.get("query") instanceof String query) || query.isBlank()) {
            throw invalid("'query' is missing or not a string");
        }
        if (values.get("operationName") != null && !(values.get("operationName") instanceof String)) {
            throw invalid("'operationName' is not a string");
        }
        if (values.get("extensions") != null && !(values.get("extensions") instanceof Map)) {
            throw invalid("'extensions' is not an object");
        }
        var operationName = (String) values.get("operationName");
        return new GraphQlRequest(
                query,
                operationName == null || operationName.isEmpty() ? null : operationName,
                variables(values.get("variables")),
                readOnly);
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
