package org.aula.bench.spring;

import io.grpc.Context;
import io.grpc.Metadata;
import java.time.Instant;
import java.util.Set;

/// Who calls.
record Caller(String id, Set<String> permissions, Instant expires) {

    static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    static final String BEARER = "Bearer ";

    private static final Context.Key<Caller> KEY = Context.key("caller");

    /// Null for a visitor.
    static Caller current() {
        return KEY.get();
    }

    Context attached() {
        return Context.current().withValue(KEY, this);
    }

    /// Null when the call brings none.
    static String token(Metadata headers) {
        var header = headers.get(AUTHORIZATION);
        return header == null || !header.startsWith(BEARER) ? null : header.substring(BEARER.length());
    }
}
