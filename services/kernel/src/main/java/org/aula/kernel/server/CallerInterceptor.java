package org.aula.kernel.server;

import com.google.rpc.Code;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.aula.api.common.v1.ErrorReason;
import org.aula.kernel.call.CallHeaders;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.call.Caller;
import org.aula.kernel.contract.ContractMethod;
import org.aula.kernel.contract.PolicyDecision;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.token.TokenVerifier;
import org.jspecify.annotations.Nullable;

/// Third: who calls, and whether the contract lets them in. What anybody may call is answered as to a visitor
/// when the token does not hold, and the answer says so: such a token must not keep its owner from what would
/// replace it. A call that only ownership can open goes on
/// undecided, and an answer that leaves it undecided is held back.
///
/// In a stream of requests each message is a request of its own: the token must still be good when it comes,
/// and whose its resource is must be decided again.
final class CallerInterceptor implements ServerInterceptor {

    private static final String BEARER = "Bearer ";

    /// @param token the token that holds; null without one
    /// @param ignored the reason for which the token that came does not hold; null unless it is ignored
    private record Identity(
            Caller caller, @Nullable String token, @Nullable String ignored) {

        static Identity visitor(@Nullable String ignored) {
            return new Identity(new Caller.Anonymous(), null, ignored);
        }
    }

    private final TokenVerifier verifier;
    private final Map<String, ContractMethod> contract;

    CallerInterceptor(TokenVerifier verifier, Map<String, ContractMethod> contract) {
        this.verifier = verifier;
        this.contract = contract;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var method = contract.get(call.getMethodDescriptor().getFullMethodName());
        if (method == null) {
            return next.startCall(call, headers);
        }
        var identity = identity(headers, method.policy().getAnonymous());
        if (identity.ignored() != null) {
            // The outermost interceptor tells it, with whatever the call ends.
            headers.put(CallHeaders.TOKEN_IGNORED, identity.ignored());
        }
        var decision = PolicyDecision.decide(method.policy(), identity.caller());
        var scope = new CallScope(
                identity.caller(),
                Objects.requireNonNull(headers.get(CallHeaders.REQUEST_ID)),
                Optional.ofNullable(headers.get(CallHeaders.TRACEPARENT)).orElse(""),
                method.fullName(),
                identity.token(),
                decision,
                ClientInfoReader.read(call.getAttributes(), headers));
        var listener = Contexts.interceptCall(
                scope.attachTo(Context.current()),
                new DecidedCall<>(call, scope, !method.audit().isEmpty()),
                headers,
                next);
        return method.descriptor().isClientStreaming() ? eachMessage(listener, scope) : listener;
    }

    private <Q> ServerCall.Listener<Q> eachMessage(ServerCall.Listener<Q> next, CallScope scope) {
        return new SimpleForwardingServerCallListener<>(next) {
            @Override
            public void onMessage(Q message) {
                var token = scope.token();
                if (token != null) {
                    verifier.verify(token);
                }
                scope.resetDecision();
                super.onMessage(message);
            }
        };
    }

    private Identity identity(Metadata headers, boolean forAnybody) {
        var header = headers.get(CallHeaders.AUTHORIZATION);
        if (header == null) {
            return Identity.visitor(null);
        }
        try {
            var token = token(header);
            return new Identity(verifier.verify(token), token, null);
        } catch (ServiceException refused) {
            if (forAnybody && refused.status().getCode() == Code.UNAUTHENTICATED_VALUE && !isService(header)) {
                return Identity.visitor(refused.reason());
            }
            throw refused;
        }
    }

    private static String token(String header) {
        if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw Errors.unauthenticated(ErrorReason.ERROR_REASON_TOKEN_INVALID, "the token is not a bearer token");
        }
        return header.substring(BEARER.length()).strip();
    }

    /// A service never meant to be a visitor.
    private static boolean isService(String header) {
        return TokenVerifier.claimsService(
                header.substring(Math.min(BEARER.length(), header.length())).strip());
    }

    /// Fails closed: no message leaves while the policy is undecided, or while a change that the contract
    /// wants in the audit log is not in it.
    private static final class DecidedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {

        private final CallScope scope;
        private final boolean audits;

        DecidedCall(ServerCall<Q, A> call, CallScope scope, boolean audits) {
            super(call);
            this.scope = scope;
            this.audits = audits;
        }

        @Override
        public void sendMessage(A message) {
            requireDecision();
            super.sendMessage(message);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (status.isOk()) {
                requireDecision();
            }
            super.close(status, trailers);
        }

        private void requireDecision() {
            if (scope.decision() == CallScope.Decision.UNDECIDED) {
                throw new IllegalStateException(
                        scope.method() + " answered without deciding whose the resource is: call requireOwner");
            }
            if (audits && !scope.isAudited()) {
                throw new IllegalStateException(
                        scope.method() + " answered without its audit entry: call Audit.record");
            }
        }
    }
}
