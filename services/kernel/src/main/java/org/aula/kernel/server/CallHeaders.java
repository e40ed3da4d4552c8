package org.aula.kernel.server;

import static io.grpc.Metadata.ASCII_STRING_MARSHALLER;

import io.grpc.Metadata;

/// The headers that travel with every call.
public final class CallHeaders {

    /// `Bearer <token>`.
    public static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization", ASCII_STRING_MARSHALLER);

    /// The id under which all logs and errors name one request of a client.
    public static final Metadata.Key<String> REQUEST_ID = Metadata.Key.of("x-request-id", ASCII_STRING_MARSHALLER);

    /// W3C trace context.
    public static final Metadata.Key<String> TRACEPARENT = Metadata.Key.of("traceparent", ASCII_STRING_MARSHALLER);

    private CallHeaders() {}
}
