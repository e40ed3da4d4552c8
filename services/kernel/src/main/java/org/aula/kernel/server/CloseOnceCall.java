package org.aula.kernel.server;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.concurrent.locks.ReentrantLock;
import org.aula.kernel.error.ServiceException;

/// A call that ends once, whoever ends it: the handler, a refusal, or the deadline. What comes later is
/// dropped, since the caller has its answer.
final class CloseOnceCall<Q, A> extends SimpleForwardingServerCall<Q, A> {

    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    CloseOnceCall(ServerCall<Q, A> call) {
        super(call);
    }

    @Override
    public void sendHeaders(Metadata headers) {
        unlessClosed(() -> super.sendHeaders(headers));
    }

    @Override
    public void sendMessage(A message) {
        unlessClosed(() -> super.sendMessage(message));
    }

    @Override
    public void close(Status status, Metadata trailers) {
        unlessClosed(() -> {
            closed = true;
            super.close(status, trailers);
        });
    }

    /// Ends the call with a refusal. The refusal's details travel in the trailers.
    void refuse(ServiceException refusal) {
        var answer = StatusProto.toStatusRuntimeException(refusal.status());
        var trailers = answer.getTrailers();
        close(answer.getStatus(), trailers == null ? new Metadata() : trailers);
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void unlessClosed(Runnable step) {
        lock.lock();
        try {
            if (!closed) {
                step.run();
            }
        } finally {
            lock.unlock();
        }
    }
}
