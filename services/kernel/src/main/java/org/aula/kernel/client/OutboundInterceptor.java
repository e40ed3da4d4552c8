package org.aula.kernel.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientCall.Listener;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.aula.kernel.call.CallHeaders;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.call.ServiceKeys;
import org.aula.kernel.contract.ContractMethod;
import org.aula.kernel.postgres.Session;
import org.jspecify.annotations.Nullable;

/// What every outgoing call carries: what is left of the deadline less a margin, the request id and trace,
/// and an identity. The user's own token goes along; a method that the contract keeps for services, and
/// work that no user asked for, gets this service's.
final class OutboundInterceptor implements ClientInterceptor {

    /// Kept back so that our own answer can still be made and sent.
    private static final long MARGIN_MILLIS = 20;

    private final String callee;
    private final ServiceKeys keys;

    OutboundInterceptor(String callee, ServiceKeys keys) {
        this.callee = callee;
        this.keys = keys;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> descriptor, CallOptions options, Channel next) {
        var method = ContractMethod.of(descriptor).orElse(null);
        var limited = method == null ? options : withDeadline(options, method);
        return new SimpleForwardingClientCall<>(next.newCall(descriptor, limited)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                Session.noteEffectOutside();
                identify(headers, method);
                super.start(sayingAway(listener), headers);
            }
        };
    }

    /// A connection that broke just when the call was written ends it as UNKNOWN. Nothing has arrived then:
    /// the callee is unavailable, and trying again may help.
    private static <A> Listener<A> sayingAway(Listener<A> listener) {
        return new SimpleForwardingClientCallListener<>(listener) {
            @Override
            public void onClose(Status status, Metadata trailers) {
                super.onClose(isBroken(status) ? unavailable(status) : status, trailers);
            }
        };
    }

    private static boolean isBroken(Status status) {
        return status.getCode() == Status.Code.UNKNOWN && status.getCause() instanceof ClosedChannelException;
    }

    private static Status unavailable(Status broken) {
        return Status.UNAVAILABLE.withDescription(broken.getDescription()).withCause(broken.getCause());
    }

    private static CallOptions withDeadline(CallOptions options, ContractMethod method) {
        var latest = Deadline.after(method.deadline().toMillis(), TimeUnit.MILLISECONDS);
        var ours = Context.current().getDeadline();
        if (ours != null) {
            latest = latest.minimum(ours.offset(-MARGIN_MILLIS, TimeUnit.MILLISECONDS));
        }
        var asked = options.getDeadline();
        return options.withDeadline(asked == null ? latest : latest.minimum(asked));
    }

    private void identify(Metadata headers, @Nullable ContractMethod method) {
        var scope = CallScope.isPresent() ? CallScope.current() : null;
        if (scope != null) {
            headers.put(CallHeaders.REQUEST_ID, scope.requestId());
            if (!scope.traceparent().isEmpty()) {
                headers.put(CallHeaders.TRACEPARENT, scope.traceparent());
            }
        }
        if (headers.containsKey(CallHeaders.AUTHORIZATION) || method == null) {
            return;
        }
        var token = token(scope, method);
        if (token != null) {
            headers.put(CallHeaders.AUTHORIZATION, "Bearer " + token);
        }
    }

    private @Nullable String token(@Nullable CallScope scope, ContractMethod method) {
        var forServices = method.isForServicesOnly();
        if (scope != null && !forServices && !(scope.caller() instanceof org.aula.kernel.call.Caller.Service)) {
            return scope.token();
        }
        // Asking for the keys that verify tokens needs none.
        return method.policy().getAnonymous() && scope == null ? null : keys.tokenFor(callee);
    }
}
