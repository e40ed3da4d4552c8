package org.aula.kernel.testing;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server stream that a test listens to.
///
/// @param <A> the response
public final class Listening<A> {

    private final List<A> heard = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private final ClientCall<?, A> call;

    private Listening(ClientCall<?, A> call) {
        this.call = call;
    }

    /// Opens a stream and takes whatever comes.
    public static <Q, A> Listening<A> to(Channel channel, MethodDescriptor<Q, A> method, Q request) {
        return to(channel, method, request, Integer.MAX_VALUE);
    }

    /// Opens a stream and takes so many messages; more with [#take].
    public static <Q, A> Listening<A> to(Channel channel, MethodDescriptor<Q, A> method, Q request, int messages) {
        var call = channel.newCall(method, CallOptions.DEFAULT);
        var listening = new Listening<A>(call);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(A message) {
                        listening.heard.add(message);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        if (status.isOk()) {
                            listening.end.complete(true);
                        } else {
                            listening.end.completeExceptionally(new StatusRuntimeException(status, trailers));
                        }
                    }
                },
                new Metadata());
        call.request(messages);
        call.sendMessage(request);
        call.halfClose();
        return listening;
    }

    /// Takes further messages.
    public void take(int messages) {
        call.request(messages);
    }

    /// What came so far.
    public List<A> heard() {
        return heard;
    }

    /// Whether the stream has ended, well or not.
    public boolean hasEnded() {
        return end.isDone();
    }

    /// Waits for the end.
    ///
    /// @throws StatusRuntimeException what the stream ended with, unless it ended well
    public boolean end() {
        try {
            return end.join();
        } catch (CompletionException refused) {
            throw (StatusRuntimeException) refused.getCause();
        }
    }

    /// Goes away.
    public void cancel() {
        call.cancel("the test has heard enough", null);
    }
}
