package org.aula.kernel.server;

import static net.logstash.logback.argument.StructuredArguments.kv;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.aula.kernel.call.CallHeaders;
import org.aula.kernel.contract.Redaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// First of all: gives the call its request id and trace, and when it has ended writes one line of access
/// log and counts it. Nothing of the messages is logged, so nothing personal can be.
final class AccessInterceptor implements ServerInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger("aula.access");
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{8,64}");
    private static final Pattern TRACEPARENT = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private record Outcome(String method, Status.Code code) {}

    private final String service;
    private final MeterRegistry metrics;
    private final Map<Outcome, Timer> timers = new ConcurrentHashMap<>();

    AccessInterceptor(String service, MeterRegistry metrics) {
        this.service = service;
        this.metrics = metrics;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var requestId = requestId(headers);
        headers.discardAll(CallHeaders.REQUEST_ID);
        headers.put(CallHeaders.REQUEST_ID, requestId);
        var trace = trace(headers);
        headers.discardAll(CallHeaders.TRACEPARENT);
        headers.put(CallHeaders.TRACEPARENT, trace);
        headers.discardAll(CallHeaders.TOKEN_IGNORED);
        var begun = System.nanoTime();
        var method = call.getMethodDescriptor().getFullMethodName();
        var listener = next.startCall(
                new SimpleForwardingServerCall<>(call) {
                    @Override
                    public void sendHeaders(Metadata answerHeaders) {
                        answerHeaders.put(CallHeaders.REQUEST_ID, requestId);
                        tellIgnoredToken(headers, answerHeaders);
                        super.sendHeaders(answerHeaders);
                    }

                    @Override
                    public void close(Status status, Metadata trailers) {
                        trailers.put(CallHeaders.REQUEST_ID, requestId);
                        tellIgnoredToken(headers, trailers);
                        super.close(status, trailers);
                        record(method, status, requestId, System.nanoTime() - begun);
                    }
                },
                headers);
        return LOG.isDebugEnabled() ? logging(listener, method, requestId) : listener;
    }

    /// What was found about the call's token goes back with the answer.
    private static void tellIgnoredToken(Metadata headers, Metadata answer) {
        var reason = headers.get(CallHeaders.TOKEN_IGNORED);
        if (reason != null) {
            answer.put(CallHeaders.TOKEN_IGNORED, reason);
        }
    }

    private static <Q> ServerCall.Listener<Q> logging(ServerCall.Listener<Q> next, String method, String requestId) {
        return new SimpleForwardingServerCallListener<>(next) {
            @Override
            public void onMessage(Q message) {
                if (message instanceof Message request) {
                    LOG.debug(
                            "{} {}",
                            kv("method", method),
                            kv(
                                    "request",
                                    TextFormat.printer()
                                            .emittingSingleLine(true)
                                            .printToString(Redaction.redact(request))),
                            kv("request_id", requestId));
                }
                super.onMessage(message);
            }
        };
    }

    private void record(String method, Status status, String requestId, long nanos) {
        timers.computeIfAbsent(new Outcome(method, status.getCode()), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
        LOG.info(
                "{} {}",
                kv("method", method),
                kv("code", status.getCode().name()),
                kv("service", service),
                kv("request_id", requestId),
                kv("micros", nanos / 1_000));
    }

    private Timer timer(Outcome outcome) {
        return Timer.builder("grpc.server.calls")
                .tag("method", outcome.method())
                .tag("code", outcome.code().name())
                .publishPercentileHistogram()
                .register(metrics);
    }

    private static String requestId(Metadata headers) {
        var given = headers.get(CallHeaders.REQUEST_ID);
        return given != null && REQUEST_ID.matcher(given).matches()
                ? given
                : UuidCreator.getTimeOrderedEpochFast().toString();
    }

    /// The caller's W3C trace context, or the beginning of a new one that nobody samples.
    private static String trace(Metadata headers) {
        var given = headers.get(CallHeaders.TRACEPARENT);
        if (given != null && TRACEPARENT.matcher(given).matches()) {
            return given;
        }
        var random = ThreadLocalRandom.current();
        var hex = HexFormat.of();
        return "00-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong() | 1) + "-"
                + hex.toHexDigits(random.nextLong() | 1) + "-00";
    }
}
