package org.aula.bff.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// Server-sent events on their way to one client. What is sent waits until the connection takes it.
final class EventStream implements Publisher<byte[]> {

    /// Proxies and clients pass over it; it shows that the connection is there.
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private record Piece(byte[] bytes, CompletableFuture<Boolean> taken) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Piece> waiting = new ArrayDeque<>();
    private final Runnable whenGone;
    private @Nullable Subscriber<? super byte[]> connection;
    private long wanted;
    private boolean draining;
    private boolean ended;
    private boolean completed;

    /// @param whenGone called once when the stream is over, whoever ended it
    EventStream(Runnable whenGone) {
        this.whenGone = whenGone;
    }

    @Override
    public void subscribe(Subscriber<? super byte[]> subscriber) {
        subscriber.onSubscribe(new Subscription() {
            @Override
            public void request(long pieces) {
                lock.lock();
                try {
                    wanted += pieces;
                    drain();
                } finally {
                    lock.unlock();
                }
            }

            @Override
            public void cancel() {
                lock.lock();
                try {
                    ended = true;
                    completed = true;
                    waiting.forEach(piece -> piece.taken().complete(false));
                    waiting.clear();
                } finally {
                    lock.unlock();
                }
                whenGone.run();
            }
        });
        lock.lock();
        try {
            connection = subscriber;
            drain();
        } finally {
            lock.unlock();
        }
    }

    /// Sends an event.
    ///
    /// @param data one line, or nothing
    /// @return done when the connection has taken it
    CompletionStage<?> send(String event, String data) {
        return add(("event: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    /// Sends nothing, unless something waits.
    void beat() {
        lock.lock();
        try {
            if (waiting.isEmpty()) {
                add(COMMENT);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Ends it when everything is taken.
    void end() {
        lock.lock();
        try {
            ended = true;
            drain();
        } finally {
            lock.unlock();
        }
        whenGone.run();
    }

    private CompletionStage<?> add(byte[] bytes) {
        var taken = new CompletableFuture<Boolean>();
        lock.lock();
        try {
            if (ended) {
                taken.complete(false);
            } else {
                waiting.add(new Piece(bytes, taken));
                drain();
            }
        } finally {
            lock.unlock();
        }
        return taken;
    }

    private void drain() {
        var to = connection;
        if (draining || to == null || completed) {
            return;
        }
        draining = true;
        try {
            while (wanted > 0 && !waiting.isEmpty()) {
                var piece = waiting.remove();
                wanted--;
                to.onNext(piece.bytes());
                piece.taken().complete(true);
            }
            if (ended && waiting.isEmpty() && !completed) {
                completed = true;
                to.onComplete();
            }
        } finally {
            draining = false;
        }
    }
}
