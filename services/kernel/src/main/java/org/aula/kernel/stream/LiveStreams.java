package org.aula.kernel.stream;

import com.google.protobuf.Message;
import com.google.rpc.Code;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.call.Caller;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.events.BroadcastConsumer;
import org.aula.kernel.events.BroadcastConsumers;
import org.aula.kernel.settings.Settings;
import org.aula.kernel.token.TokenVerifier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The open streams of this process. Every replica reads the service's own events once, whoever listens, and
/// wakes the streams that they are about; each then reads by itself what is new for its caller.
///
/// A stream says first what is there, then what is new, and a heartbeat when it was silent for a while. It
/// ends, by its own or with a reason: TOKEN_EXPIRED or TOKEN_STALE within a second of the token's end,
/// SLOW_CONSUMER, SERVER_DRAINING, what its source throws, and DEADLINE_EXCEEDED at the contract's deadline.
/// While Redis is away nothing new is heard; when it is back every stream reads again.
///
/// ```
/// progress = streams.topic().on(LessonCompleted.getDefaultInstance(), LessonCompleted::getEnrollmentId);
/// …
/// return streams.watch(progress, id, LiveSource.ofState(() -> read(id)));
/// ```
@Singleton
public final class LiveStreams {

    private static final Logger LOG = LoggerFactory.getLogger(LiveStreams.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Executor VIRTUAL =
            task -> Thread.ofVirtual().name("stream").start(task);

    private final StreamSettings settings;
    private final TokenVerifier verifier;
    private final BroadcastConsumer events;
    private final List<Topic> topics = new CopyOnWriteArrayList<>();
    private final Set<LiveStream<?>> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> openByCaller = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("streams").factory());
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile boolean draining;

    LiveStreams(
            StreamSettings settings,
            Settings service,
            BroadcastConsumers consumers,
            TokenVerifier verifier,
            MeterRegistry metrics) {
        this.settings = settings;
        this.verifier = verifier;
        this.events = consumers.of(service.service(), Duration.ZERO, new BroadcastConsumer.Listener() {
            @Override
            public void onEvent(EventEnvelope envelope) throws Exception {
                for (var topic : topics) {
                    topic.hear(envelope);
                }
            }

            @Override
            public void onGap() {
                topics.forEach(Topic::wakeAll);
            }
        });
        timer.setRemoveOnCancelPolicy(true);
        Gauge.builder("streams.open", open, Set::size)
                .description("server streams that are open")
                .register(metrics);
    }

    /// Something more that can be listened to.
    public Topic topic() {
        var topic = new Topic();
        topics.add(topic);
        return topic;
    }

    /// A stream of what a source gives.
    ///
    /// @param key which of the topic's things it is about
    public <A extends Message> ServerStream<A> watch(Topic topic, String key, LiveSource<A> source) {
        return watch(topic, key, Duration.ZERO, source);
    }

    /// The same, of what changes more often than anybody wants to know.
    ///
    /// @param every how long there is between two readings of the source at least, to the second
    public <A extends Message> ServerStream<A> watch(Topic topic, String key, Duration every, LiveSource<A> source) {
        return (observer, empty) -> open(topic, key, every, source, observer, empty);
    }

    /// Begins to read events with the first who listens. Where the reader begins it wakes every stream, so
    /// that nothing is missed in between.
    private void startOnce() {
        if (started.compareAndSet(false, true)) {
            events.start(Duration.ZERO);
            timer.scheduleAtFixedRate(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /// Ends every stream with SERVER_DRAINING, so that callers go to another replica, and takes no more.
    public void drain() {
        draining = true;
        open.forEach(stream -> stream.end(Errors.draining()));
        events.stop();
        timer.shutdown();
    }

    private <A extends Message> void open(
            Topic topic, String key, Duration every, LiveSource<A> source, StreamObserver<A> observer, A empty) {
        if (draining) {
            throw Errors.draining();
        }
        var call = (ServerCallStreamObserver<A>) observer;
        var stream = new LiveStream<>(call, source, empty, every, settings.heartbeat(), VIRTUAL, timer);
        var account = account(stream.scope());
        admit(account);
        open.add(stream);
        topic.add(key, stream);
        Runnable forget = () -> {
            stream.forget();
            topic.remove(key, stream);
            if (open.remove(stream)) {
                release(account);
            }
        };
        call.setOnCancelHandler(forget);
        call.setOnCloseHandler(forget);
        call.setOnReadyHandler(stream::schedule);
        stream.schedule();
        startOnce();
        if (draining) {
            stream.end(Errors.draining());
        }
    }

    private void tick() {
        for (var stream : open) {
            try {
                var token = stream.scope().token();
                if (token != null) {
                    verifier.verify(token);
                }
                stream.tick();
            } catch (ServiceException ended) {
                stream.end(ended);
            } catch (RuntimeException failure) {
                // One that is thrown on would end the clock of all streams.
                LOG.error(
                        "a stream of {} could not be looked after",
                        stream.scope().method(),
                        failure);
            }
        }
    }

    /// Whose streams are counted together; null where they are not counted.
    private static @Nullable String account(CallScope scope) {
        return switch (scope.caller()) {
            case Caller.Service ignored -> null;
            case Caller.Anonymous ignored -> "address:" + scope.clientInfo().remoteAddress();
            case Caller.User user -> user.key();
            case Caller.Partner partner -> partner.key();
        };
    }

    private void admit(@Nullable String account) {
        if (account != null && openByCaller.merge(account, 1, Integer::sum) > settings.perCaller()) {
            release(account);
            throw Errors.of(
                    Code.RESOURCE_EXHAUSTED,
                    ErrorReason.ERROR_REASON_TOO_MANY_STREAMS,
                    "you have " + settings.perCaller() + " streams open; end one first",
                    Map.of());
        }
    }

    private void release(@Nullable String account) {
        if (account != null) {
            openByCaller.computeIfPresent(account, (same, count) -> count == 1 ? null : count - 1);
        }
    }
}
