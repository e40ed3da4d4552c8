package org.aula.kernel.stream;

import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import io.grpc.Context;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.common.v1.Heartbeat;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.ErrorMapping;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One open stream. Whatever it sends is sent by [#turn], of which one runs at a time, on a virtual thread
/// that lives no longer than the turn. It reads only while the caller takes what it sends.
///
/// @param <A> the response
final class LiveStream<A extends Message> {

    /// Changes that a caller may leave unread.
    static final int MAX_PENDING = 256;

    private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);
    private static final Duration READ_WITHIN = Duration.ofSeconds(5);
    private static final long TRY_AGAIN_NANOS = Duration.ofSeconds(5).toNanos();

    private final Context context = Context.current();
    private final CallScope scope = CallScope.current();
    private final ServerCallStreamObserver<A> call;
    private final LiveSource<A> source;
    private final A heartbeat;
    private final long everyNanos;
    private final long silenceNanos;
    private final Executor turns;
    private final ScheduledExecutorService timer;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    /// Changes since the source was read last, the opening being the first.
    private final AtomicInteger pending = new AtomicInteger(1);
    private volatile long spoke = System.nanoTime();
    private volatile long mayReadAt = System.nanoTime();
    private volatile boolean begun;

    /// @param empty the response without anything in it
    /// @param every how long there is between two readings at least
    /// @param silence how long the stream may say nothing
    LiveStream(
            ServerCallStreamObserver<A> call,
            LiveSource<A> source,
            A empty,
            Duration every,
            Duration silence,
            Executor executor,
            ScheduledExecutorService timer) {
        this.call = call;
        this.source = source;
        this.heartbeat = heartbeat(empty);
        this.everyNanos = every.toNanos();
        this.silenceNanos = silence.toNanos();
        this.turns = MoreExecutors.newSequentialExecutor(executor);
        this.timer = timer;
    }

    @SuppressWarnings("unchecked")
    private static <A extends Message> A heartbeat(A empty) {
        var field = Objects.requireNonNull(empty.getDescriptorForType().findFieldByName("heartbeat"));
        return (A) empty.toBuilder()
                .setField(field, Heartbeat.getDefaultInstance())
                .build();
    }

    CallScope scope() {
        return scope;
    }

    /// There may be something new.
    void wake() {
        if (pending.incrementAndGet() > MAX_PENDING && !call.isReady()) {
            end(Errors.of(
                    Code.RESOURCE_EXHAUSTED,
                    ErrorReason.ERROR_REASON_SLOW_CONSUMER,
                    "more than " + MAX_PENDING + " changes wait to be read; listen again",
                    Map.of()));
        } else {
            schedule();
        }
    }

    /// Sends what there is, if the caller takes it.
    void schedule() {
        if (!ended.get() && scheduled.compareAndSet(false, true)) {
            turns.execute(this::turn);
        }
    }

    /// Looks now and then whether something is due.
    void tick() {
        if (pending.get() > 0 || isSilent()) {
            schedule();
        }
    }

    private boolean isSilent() {
        return System.nanoTime() - spoke >= silenceNanos;
    }

    private void turn() {
        scheduled.set(false);
        context.run(() -> {
            try {
                tell();
            } catch (RuntimeException failure) {
                fail(failure);
            }
        });
    }

    private void tell() {
        while (!ended.get() && call.isReady() && pending.get() > 0 && System.nanoTime() - mayReadAt >= 0) {
            pending.set(0);
            mayReadAt = System.nanoTime() + everyNanos;
            var news = read();
            news.forEach(this::send);
            begun = true;
            if (source.isOver()) {
                complete();
            } else if (news.size() >= LiveSource.PAGE) {
                pending.compareAndSet(0, 1);
            }
        }
        if (!ended.get() && call.isReady() && isSilent()) {
            send(heartbeat);
        }
    }

    /// The stream's own deadline is far away.
    private List<A> read() {
        var limited = Context.current().withDeadlineAfter(READ_WITHIN.toMillis(), TimeUnit.MILLISECONDS, timer);
        try {
            return limited.call(source::next);
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            limited.cancel(null);
        }
    }

    private void send(A message) {
        if (!ended.get()) {
            call.onNext(message);
            spoke = System.nanoTime();
        }
    }

    /// Who has been told something waits while a store is away; who has not is refused.
    private void fail(RuntimeException failure) {
        if (ended.get() || call.isCancelled()) {
            return;
        }
        var refusal = ErrorMapping.map(failure);
        var code = refusal.status().getCode();
        if (code == Code.UNAVAILABLE_VALUE && begun) {
            LOG.warn("{}: {}; trying again", scope.method(), failure.toString());
            mayReadAt = System.nanoTime() + TRY_AGAIN_NANOS;
            pending.compareAndSet(0, 1);
            return;
        }
        if (code == Code.INTERNAL_VALUE) {
            LOG.error("{} failed, request_id={}", scope.method(), scope.requestId(), failure);
        }
        end(refusal);
    }

    private void complete() {
        if (ended.compareAndSet(false, true)) {
            call.onCompleted();
        }
    }

    /// Ends the stream, telling why.
    void end(ServiceException refusal) {
        if (ended.compareAndSet(false, true)) {
            turns.execute(
                    () -> context.run(() -> call.onError(StatusProto.toStatusRuntimeException(refusal.status()))));
        }
    }

    /// The call is over, whoever ended it.
    void forget() {
        ended.set(true);
    }
}
