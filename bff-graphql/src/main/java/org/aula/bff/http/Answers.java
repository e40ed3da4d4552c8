package org.aula.bff.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.aula.bff.documents.DocumentRefusedException;
import org.aula.bff.engine.Answer;

/// Writes answers as the GraphQL-over-HTTP specification has them.
final class Answers {

    private static final String GRAPHQL_RESPONSE = "application/graphql-response+json";
    /// The edge answers each origin with a header of its own.
    private static final String VARY = "Accept, Authorization, Origin";
    /// What the edge counts against the caller besides the request itself; it takes the header away.
    static final String COST = "x-aula-cost";

    private static final int ETAG_BYTES = 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Answers() {}

    /// The media type that the client likes best of those that there are; empty if it likes none. Who says
    /// nothing, or that anything will do, gets the older one.
    static Optional<String> negotiate(HttpRequest<?> request) {
        return accepted(request).findFirst();
    }

    /// Whether the client likes server-sent events best of what there is.
    static boolean wantsEvents(HttpRequest<?> request) {
        return ranges(request)
                .map(range -> range.getName().equals(MediaType.TEXT_EVENT_STREAM)
                        ? Optional.of(MediaType.TEXT_EVENT_STREAM)
                        : offered(range.getName()))
                .flatMap(Optional::stream)
                .findFirst()
                .filter(MediaType.TEXT_EVENT_STREAM::equals)
                .isPresent();
    }

    private static Stream<String> accepted(HttpRequest<?> request) {
        return request.getHeaders().getAll(HttpHeaders.ACCEPT).stream()
                        .allMatch(header -> header.replace(",", "").isBlank())
                ? Stream.of(MediaType.APPLICATION_JSON)
                : ranges(request).flatMap(range -> offered(range.getName()).stream());
    }

    /// What the client accepts, what it likes best first.
    private static Stream<MediaType> ranges(HttpRequest<?> request) {
        var ranges = request.getHeaders().getAll(HttpHeaders.ACCEPT).stream()
                .flatMap(header -> List.of(header.split(",", -1)).stream())
                .map(String::strip)
                .filter(range -> !range.isEmpty())
                .toList();
        return MediaType.orderedOf(ranges).stream()
                .filter(range -> range.getQualityAsNumber().signum() > 0);
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
    static MutableHttpResponse<byte[]> of(Answer answer, String mediaType, HttpRequest<?> request) {
        return switch (answer.outcome()) {
            case EXECUTED -> executed(answer, mediaType, request).header(COST, Integer.toString(answer.cost()));
            case REFUSED ->
                body(
                        mediaType.equals(GRAPHQL_RESPONSE) ? HttpStatus.BAD_REQUEST : HttpStatus.OK,
                        mediaType,
                        answer.body());
            case NOT_SAFE ->
                body(HttpStatus.METHOD_NOT_ALLOWED, mediaType, answer.body()).header(HttpHeaders.ALLOW, "POST");
        };
    }

    private static MutableHttpResponse<byte[]> executed(Answer answer, String mediaType, HttpRequest<?> request) {
        return answer.maxAge() > 0
                ? cacheable(answer, mediaType, request)
                : body(HttpStatus.OK, mediaType, answer.body());
    }

    /// An answer that caches may keep; 304 without it if the client has the same already.
    private static MutableHttpResponse<byte[]> cacheable(Answer answer, String mediaType, HttpRequest<?> request) {
        var body = write(answer.body());
        var etag = etag(mediaType, body);
        var response = isKnown(request, etag)
                ? HttpResponse.<byte[]>status(HttpStatus.NOT_MODIFIED)
                : HttpResponse.<byte[]>ok(body).header(HttpHeaders.CONTENT_TYPE, mediaType + "; charset=utf-8");
        return response.header(HttpHeaders.ETAG, etag)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=" + answer.maxAge())
                .header(HttpHeaders.VARY, VARY);
    }

    /// Strong, since the bytes are the same; each media type has its own.
    private static String etag(String mediaType, byte[] body) {
        var hash = Hashing.sha256()
                .newHasher()
                .putString(mediaType, StandardCharsets.UTF_8)
                .putBytes(body)
                .hash()
                .asBytes();
        return '"' + BaseEncoding.base64Url().omitPadding().encode(hash, 0, ETAG_BYTES) + '"';
    }

    private static boolean isKnown(HttpRequest<?> request, String etag) {
        return request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH).stream()
                .flatMap(header -> List.of(header.split(",", -1)).stream())
                .map(tag -> tag.strip())
                .anyMatch(tag -> tag.equals("*") || (tag.startsWith("W/") ? tag.substring(2) : tag).equals(etag));
    }

    /// An answer to what names a document that cannot be had. A miss is a step of automatic persisted queries,
    /// which some clients take only if the status says no failure: whoever takes `application/json`, whose
    /// rules allow that, is answered so.
    static MutableHttpResponse<byte[]> refusal(
            DocumentRefusedException refused, String mediaType, HttpRequest<?> request) {
        var takesJson = accepted(request).anyMatch(MediaType.APPLICATION_JSON::equals);
        return refusal(
                takesJson ? HttpStatus.OK : HttpStatus.BAD_REQUEST,
                takesJson ? MediaType.APPLICATION_JSON : mediaType,
                refused.code(),
                refused.reason(),
                String.valueOf(refused.getMessage()),
                RequestIds.of(request));
    }

    /// An answer to what is no GraphQL request.
    static MutableHttpResponse<byte[]> refusal(
            HttpStatus status, String mediaType, String reason, String message, String requestId) {
        var code = switch (status) {
            case NOT_FOUND -> "NOT_FOUND";
            case SERVICE_UNAVAILABLE -> "UNAVAILABLE";
            default -> status.getCode() < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
        };
        return refusal(status, mediaType, code, reason, message, requestId);
    }

    private static MutableHttpResponse<byte[]> refusal(
            HttpStatus status, String mediaType, String code, String reason, String message, String requestId) {
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
