package org.aula.kernel.stream;

import com.google.protobuf.Message;
import io.grpc.stub.StreamObserver;

/// What a method with a stream of responses returns, see [LiveStreams].
///
/// @param <A> the response
@FunctionalInterface
public interface ServerStream<A extends Message> {

    /// Opens the stream and returns; messages follow until it ends.
    ///
    /// @param empty the response without anything in it
    /// @throws RuntimeException a refusal
    void open(StreamObserver<A> observer, A empty);
}
