package org.aula.kernel.server;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.aula.kernel.call.CallHeaders;

/// Lets nobody but the edge in.
final class EdgeInterceptor implements ServerInterceptor {

    private final byte[] key;

    /// @param key the secret `edge.key`
    EdgeInterceptor(String key) {
        this.key = key.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var given = headers.get(CallHeaders.EDGE_KEY);
        if (given == null || !MessageDigest.isEqual(key, given.getBytes(StandardCharsets.US_ASCII))) {
            call.close(Status.UNAUTHENTICATED.withDescription("only the edge may ask this"), new Metadata());
            return new ServerCall.Listener<>() {};
        }
        return next.startCall(call, headers);
    }
}
