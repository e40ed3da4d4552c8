package org.aula.kernel.server;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.protobuf.StatusProto;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.aula.kernel.contract.ContractMethod;
import org.aula.kernel.error.ErrorMapping;

/// Fourth: the contract's deadline, or the caller's if that is shorter. When it passes the caller is told
/// at once; the handler's own calls and statements end by the same deadline.
final class DeadlineInterceptor implements ServerInterceptor {

    private static final ScheduledExecutorService TIMER = timer();

    private final Map<String, ContractMethod> contract;

    DeadlineInterceptor(Map<String, ContractMethod> contract) {
        this.contract = contract;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var method = contract.get(call.getMethodDescriptor().getFullMethodName());
        if (method == null) {
            return next.startCall(call, headers);
        }
        var context = Context.current().withDeadlineAfter(method.deadline().toMillis(), TimeUnit.MILLISECONDS, TIMER);
        context.addListener(cancelled -> refuseIfLate(call, cancelled), Runnable::run);
        return new SimpleForwardingServerCallListener<>(Contexts.interceptCall(context, call, headers, next)) {
            @Override
            public void onComplete() {
                context.cancel(null);
                super.onComplete();
            }

            @Override
            public void onCancel() {
                context.cancel(null);
                super.onCancel();
            }
        };
    }

    /// Forgets the deadlines of calls that ended, which are nearly all; each would wake its thread for
    /// nothing.
    private static ScheduledExecutorService timer() {
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("deadlines").factory());
        timer.setRemoveOnCancelPolicy(true);
        // Something is always due before most deadlines: the first of all wakes the thread when it is made.
        timer.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.SECONDS);
        return timer;
    }

    private static void refuseIfLate(ServerCall<?, ?> call, Context context) {
        if (context.cancellationCause() instanceof TimeoutException) {
            var late = StatusProto.toStatusRuntimeException(
                    ErrorMapping.deadlineExceeded().status());
            var trailers = late.getTrailers();
            call.close(late.getStatus(), trailers == null ? new Metadata() : trailers);
        }
    }
}
