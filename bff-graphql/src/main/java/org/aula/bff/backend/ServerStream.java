package org.aula.bff.backend;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// A server stream of the contract for one subscriber, without its heartbeats. What the subscriber does not
/// ask for is not asked of the service, whose flow control stops it.
///
/// A stream that ends because its server stops or is away, or at its deadline, is opened again after a
/// pause: it begins with what is there, so that the subscriber misses nothing. One that never said anything
/// is not.
///
/// @param <Q> the request
/// @param <A> the response
final class ServerStream<Q, A extends Message> implements Publisher<A> {

    private static final Set<Code> COMES_BACK = EnumSet.of(Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED);
    private static final int MAX_TRIES = 8;
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long MAX_PAUSE_MILLIS = 15_000;

    private final Channel channel;
    private final MethodDescriptor<Q, A> method;
    private final Q request;

    ServerStream(Channel channel, MethodDescriptor<Q, A> method, Q request) {
        this.channel = channel;
        this.method = method;
        this.request = request;
    }

    @Override
    public void subscribe(Subscriber<? super A> subscriber) {
        var listening = new Listening(subscriber);
        subscriber.onSubscribe(listening);
        listening.open();
    }

    private final class Listening implements Subscription {

        private final Subscriber<? super A> subscriber;
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable ClientCall<Q, A> call;
        private long wanted;
        private int tries;
        private boolean begun;
        private boolean cancelled;

        Listening(Subscriber<? super A> subscriber) {
            this.subscriber = subscriber;
        }

        void open() {
            lock.lock();
            try {
                if (cancelled) {
                    return;
                }
                var opened = channel.newCall(method, CallOptions.DEFAULT);
                call = opened;
                opened.start(new Listener(), new Metadata());
                opened.sendMessage(request);
                opened.halfClose();
                if (wanted > 0) {
                    opened.request((int) Math.min(wanted, Integer.MAX_VALUE));
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void request(long messages) {
            lock.lock();
            try {
                wanted += messages;
                if (call != null) {
                    call.request((int) Math.min(messages, Integer.MAX_VALUE));
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void cancel() {
            lock.lock();
            try {
                cancelled = true;
                if (call != null) {
                    call.cancel("the listener went away", null);
                }
            } finally {
                lock.unlock();
            }
        }

        private void next(A message) {
            lock.lock();
            try {
                tries = 0;
                begun = true;
                if (isHeartbeat(message)) {
                    if (call != null) {
                        call.request(1);
                    }
                    return;
                }
                wanted--;
            } finally {
                lock.unlock();
            }
            subscriber.onNext(message);
        }

        private void closed(Status status, Metadata trailers) {
            lock.lock();
            try {
                call = null;
                if (cancelled) {
                    return;
                }
                if (begun && COMES_BACK.contains(status.getCode()) && tries < MAX_TRIES) {
                    CompletableFuture.delayedExecutor(pause(tries++), TimeUnit.MILLISECONDS)
                            .execute(this::open);
                    return;
                }
            } finally {
                lock.unlock();
            }
            if (status.isOk()) {
                subscriber.onComplete();
            } else {
                subscriber.onError(new StatusRuntimeException(status, trailers));
            }
        }

        private final class Listener extends ClientCall.Listener<A> {
            @Override
            public void onMessage(A message) {
                next(message);
            }

            @Override
            public void onClose(Status status, Metadata trailers) {
                closed(status, trailers);
            }
        }
    }

    /// Longer each time, and not the same for all who wait.
    private static long pause(int tries) {
        var longest = Math.min(FIRST_PAUSE_MILLIS << tries, MAX_PAUSE_MILLIS);
        return longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1);
    }

    private static boolean isHeartbeat(Message message) {
        var field = message.getDescriptorForType().findFieldByName("heartbeat");
        return field != null && message.hasField(field);
    }
}
