package org.aula.bff.testing;

import com.google.protobuf.Message;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;

/// A server stream that the gateway has opened at a fake service.
public final class FakeStream {

    private final Message request;
    private final ServerCallStreamObserver<Message> observer;

    FakeStream(Message request, ServerCallStreamObserver<Message> observer) {
        this.request = request;
        this.observer = observer;
        observer.setOnCancelHandler(() -> {});
    }

    /// What was asked for.
    public Message request() {
        return request;
    }

    /// Tells something.
    public void send(Message message) {
        observer.onNext(message);
    }

    /// Ends it well.
    public void complete() {
        observer.onCompleted();
    }

    /// Ends it with a refusal.
    public void refuse(StatusRuntimeException refusal) {
        observer.onError(refusal);
    }

    /// Whether the gateway went away.
    public boolean isCancelled() {
        return observer.isCancelled();
    }

    /// Whether the gateway takes more.
    public boolean isReady() {
        return observer.isReady();
    }
}
