package org.aula.bench.spring;

import com.nimbusds.jwt.SignedJWT;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.text.ParseException;
import java.time.Instant;
import java.util.Set;

/// Reads who calls out of the token and believes it: the server without its checks.
final class TrustedCaller implements ServerInterceptor {

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var token = Caller.token(headers);
        if (token == null) {
            return next.startCall(call, headers);
        }
        try {
            var subject = SignedJWT.parse(token).getJWTClaimsSet().getSubject();
            return Contexts.interceptCall(
                    new Caller(subject, Set.of(), Instant.MAX).attached(), call, headers, next);
        } catch (ParseException malformed) {
            throw Status.UNAUTHENTICATED.withDescription("the token is not valid").asRuntimeException();
        }
    }
}
