package org.aula.kernel.server;

import io.grpc.stub.StreamObserver;

/// Answers of unary methods. What goes wrong is thrown, never sent.
public final class Replies {

    private Replies() {}

    /// Sends the one answer and ends the call.
    public static <A> void send(StreamObserver<A> observer, A answer) {
        observer.onNext(answer);
        observer.onCompleted();
    }
}
