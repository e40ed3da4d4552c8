package org.aula.bff.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aula.bff.engine.Answer;

/// Writes answers as the GraphQL-over-HTTP specification has them.
final class Answers {

    private static final String GRAPHQL_RESPONSE = "application/graphql-response+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Answers() {}

    /// The media type that the client likes best of those that there are; empty if it likes none. Who says
    /// nothing, or that anything will do, gets the older one.
    static Optional<String> negotiate(HttpRequest<?> request) {
        var accepted = request.getHeaders().getAll(HttpHeaders.ACCEPT);
        var ranges = accepted.stream()
                .flatMap(header -> List.of(header.split(",", -1)).stream())
                .map(String::strip)
                .filter(range -> !range.isEmpty())
                .toList();
        if (ranges.isEmpty()) {
            return Optional.of(MediaType.APPLICATION_JSON);
        }
        return MediaType.orderedOf(ranges).stream()
                .filter(range -> range.getQualityAsNumber().signum() > 0)
                .flatMap(range -> offered(range.getName()).stream())
                .findFirst();
    }

    private static Optional<String> offered(String range) {
        return switch (range) {
            case GRAPHQL_RESPONSE -> Optional.of(GRAPHQL_RESPONSE);
            case MediaType.APPLICATION_JSON, "application/*", "*/*" -> Optional.of(MediaType.APPLICATION_JSON);
            default -> Optional.empty();
        };
    }

    /// The answer to an operation. In the older media type every well-formed request is answered with 200,
    /// because its clients cannot tell whether an intermediary made another status.
    static MutableHttpResponse<byte[]> of(Answer answer, String mediaType) {
        return switch (answer.outcome()) {
            case EXECUTED -> body(HttpStatus.OK, mediaType, answer.body());
            case REFUSED ->
                body(
                        mediaType.equals(GRAPHQL_RESPONSE) ? HttpStatus.BAD_REQUEST : HttpStatus.OK,
                        mediaType,
                        answer.body());
            case NOT_SAFE ->
                body(HttpStatus.METHOD_NOT_ALLOWED, mediaType, answer.body()).header(HttpHeaders.ALLOW, "POST");
        };
    }

    /// An answer to what is no GraphQL request.
    static MutableHttpResponse<byte[]> refusal(
            HttpStatus status, String mediaType, String reason, String message, String requestId) {
        var code = switch (status) {
            case NOT_FOUND -> "NOT_FOUND";
            case SERVICE_UNAVAILABLE -> "UNAVAILABLE";
            default -> status.getCode() < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
        };
        var error = Map.of(
                "message", message, "extensions", Map.of("code", code, "reason", reason, "requestId", requestId));
        return body(status, mediaType, Map.of("errors", List.of(error)));
    }

    static MutableHttpResponse<byte[]> body(HttpStatus status, String mediaType, Map<String, ?> body) {
        return HttpResponse.<byte[]>status(status)
                .header(HttpHeaders.CONTENT_TYPE, mediaType + "; charset=utf-8")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(write(body));
    }

    private static byte[] write(Map<String, ?> body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException notJson) {
            throw new IllegalStateException(notJson);
        }
    }
}
