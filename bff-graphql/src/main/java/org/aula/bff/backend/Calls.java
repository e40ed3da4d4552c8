package org.aula.bff.backend;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.aula.kernel.call.CallHeaders;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.call.Caller;
import org.jspecify.annotations.Nullable;

/// The gRPC calls of one request: counted, within the request's deadline, carrying the caller's identity,
/// and ended together when the client goes away.
final class Calls implements ClientInterceptor {

    /// More than a request within its cost needs whose lists are as long as the cost assumes.
    static final int MAX_CALLS = 400;

    private static final CallScope.Decision NOT_OURS = CallScope.Decision.UNDECIDED;

    private final String requestId;
    private final ClientHeaders client;
    private final Deadline deadline;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<ListenableFuture<?>> inFlight = ConcurrentHashMap.newKeySet();
    private final Executor sequentialExecutor = MoreExecutors.newSequentialExecutor(MoreExecutors.directExecutor());
    private volatile boolean cancelled;
    private volatile @Nullable String tokenIgnored;

    /// @param requestId the id under which logs and errors name the request
    /// @param client what came with the request
    /// @param deadline when the client gets its answer, whatever is there by then
    Calls(String requestId, ClientHeaders client, Deadline deadline) {
        this.requestId = requestId;
        this.client = client;
        this.deadline = deadline;
    }

    /// Why a service ignored the token of the request; null when none did.
    @Nullable
    String tokenIgnored() {
        return tokenIgnored;
    }

    int count() {
        return count.get();
    }

    /// Counts one more call.
    ///
    /// @return false if the request has made all that it may
    boolean admit() {
        return count.getAndUpdate(made -> Math.min(made + 1, MAX_CALLS)) < MAX_CALLS;
    }

    /// Runs what a request does between its calls, one thing after the other: the engine's batches count
    /// what is still to come of a level, and come out whole only where no two answers are worked on at
    /// once.
    ///
    /// It runs on the event loop that brought the request or an answer. Nothing in it waits, what one
    /// request may cost is bounded, and handing each answer to another thread and back costs more than most
    /// of them are worth.
    Executor sequentialExecutor() {
        return sequentialExecutor;
    }

    /// Ends what is under way; later calls end at once.
    void cancel() {
        cancelled = true;
        inFlight.forEach(future -> future.cancel(true));
    }

    /// Bridges a call's future. Cancelling the result does not end the call: others may wait for the same
    /// answer.
    <T> CompletableFuture<T> track(ListenableFuture<T> call) {
        var result = new CompletableFuture<T>();
        inFlight.add(call);
        Futures.addCallback(
                call,
                new FutureCallback<T>() {
                    @Override
                    public void onSuccess(@Nullable T answer) {
                        inFlight.remove(call);
                        result.complete(answer);
                    }

                    @Override
                    public void onFailure(Throwable failure) {
                        inFlight.remove(call);
                        result.completeExceptionally(failure);
                    }
                },
                sequentialExecutor);
        if (cancelled) {
            call.cancel(true);
        }
        return result;
    }

    /// The caller's identity for calls that last as long as the contract says.
    ClientInterceptor withoutDeadline() {
        return this::identify;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return identify(method, options.withDeadline(deadline), next);
    }

    private <Q, A> ClientCall<Q, A> identify(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                client.writeTo(headers);
                scope(method.getFullMethodName())
                        .attachTo(Context.current())
                        .run(() -> super.start(noting(listener), headers));
            }
        };
    }

    /// Reads in the trailers, which every answer has.
    private <A> ClientCall.Listener<A> noting(ClientCall.Listener<A> listener) {
        return new SimpleForwardingClientCallListener<>(listener) {
            @Override
            public void onClose(Status status, Metadata trailers) {
                var reason = trailers.get(CallHeaders.TOKEN_IGNORED);
                if (reason != null) {
                    tokenIgnored = reason;
                }
                super.onClose(status, trailers);
            }
        };
    }

    /// A visitor's scope: the gateway has no say of its own, so a call without a token must not go out in
    /// its name.
    private CallScope scope(String method) {
        var traceparent = client.traceparent() == null ? "" : client.traceparent();
        return new CallScope(new Caller.Anonymous(), requestId, traceparent, method, null, NOT_OURS);
    }
}
