package org.aula.kernel.call;

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

    /// Addresses that the call came through; the last one is what the edge saw, and the only one that is
    /// believed.
    public static final Metadata.Key<String> FORWARDED_FOR =
            Metadata.Key.of("x-forwarded-for", ASCII_STRING_MARSHALLER);

    /// The address that a proxy saw, where it writes no `x-forwarded-for`.
    public static final Metadata.Key<String> REAL_IP = Metadata.Key.of("x-real-ip", ASCII_STRING_MARSHALLER);

    /// The program of the person, told by a proxy whose own calls carry another `user-agent`.
    public static final Metadata.Key<String> CLIENT_USER_AGENT =
            Metadata.Key.of("x-client-user-agent", ASCII_STRING_MARSHALLER);

    /// The program that calls.
    public static final Metadata.Key<String> USER_AGENT = Metadata.Key.of("user-agent", ASCII_STRING_MARSHALLER);

    /// The secret by which the edge itself is known; the edge takes away what clients send.
    public static final Metadata.Key<String> EDGE_KEY = Metadata.Key.of("x-aula-edge", ASCII_STRING_MARSHALLER);

    /// In an answer: the reason for which the call's token does not hold. The method is for anybody, and
    /// answered as it answers a visitor.
    public static final Metadata.Key<String> TOKEN_IGNORED =
            Metadata.Key.of("x-token-ignored", ASCII_STRING_MARSHALLER);

    private CallHeaders() {}
}
