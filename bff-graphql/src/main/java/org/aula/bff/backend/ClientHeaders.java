package org.aula.bff.backend;

import io.grpc.Metadata;
import org.aula.kernel.call.CallHeaders;
import org.jspecify.annotations.Nullable;

/// What the services need to know of the client's own request.
///
/// @param authorization the Authorization header as it came
/// @param traceparent W3C trace context
/// @param forwardedFor addresses that the request came through, the edge's view last: limits count by it
/// @param userAgent the person's program, by which they know their sessions
public record ClientHeaders(
        @Nullable String authorization,
        @Nullable String traceparent,
        @Nullable String forwardedFor,
        @Nullable String userAgent) {

    void writeTo(Metadata headers) {
        put(headers, CallHeaders.AUTHORIZATION, authorization);
        put(headers, CallHeaders.FORWARDED_FOR, forwardedFor);
        put(headers, CallHeaders.CLIENT_USER_AGENT, userAgent);
    }

    private static void put(Metadata headers, Metadata.Key<String> key, @Nullable String value) {
        if (value != null) {
            headers.put(key, value);
        }
    }
}
