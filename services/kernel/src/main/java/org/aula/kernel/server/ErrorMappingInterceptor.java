package org.aula.kernel.server;

import static net.logstash.logback.argument.StructuredArguments.kv;

import com.google.rpc.Code;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import org.aula.kernel.call.CallHeaders;
import org.aula.kernel.error.ErrorMapping;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Second: whatever is thrown further in becomes the refusal that the caller is told. Only here do
/// exceptions turn into statuses.
final class ErrorMappingInterceptor implements ServerInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorMappingInterceptor.class);

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var guarded = new CloseOnceCall<>(call);
        try {
            return new Listener<>(next.startCall(guarded, headers), guarded, headers);
        } catch (RuntimeException failure) {
            refuse(guarded, headers, failure);
            return new ServerCall.Listener<>() {};
        }
    }

    private static void refuse(CloseOnceCall<?, ?> call, Metadata headers, RuntimeException failure) {
        var refusal = ErrorMapping.map(failure);
        var code = refusal.status().getCode();
        if (code == Code.INTERNAL_VALUE) {
            LOG.error(
                    "{} failed, {}",
                    call.getMethodDescriptor().getFullMethodName(),
                    kv("request_id", headers.get(CallHeaders.REQUEST_ID)),
                    failure);
        } else if (code == Code.UNAVAILABLE_VALUE) {
            LOG.warn(
                    "{}: {}, {}",
                    call.getMethodDescriptor().getFullMethodName(),
                    failure.toString(),
                    kv("request_id", headers.get(CallHeaders.REQUEST_ID)));
        }
        call.refuse(refusal);
    }

    private static final class Listener<Q> extends SimpleForwardingServerCallListener<Q> {

        private final CloseOnceCall<Q, ?> call;
        private final Metadata headers;

        Listener(ServerCall.Listener<Q> next, CloseOnceCall<Q, ?> call, Metadata headers) {
            super(next);
            this.call = call;
            this.headers = headers;
        }

        @Override
        public void onMessage(Q message) {
            guard(() -> super.onMessage(message));
        }

        @Override
        public void onHalfClose() {
            guard(super::onHalfClose);
        }

        @Override
        public void onReady() {
            guard(super::onReady);
        }

        private void guard(Runnable step) {
            if (call.isClosed()) {
                return;
            }
            try {
                step.run();
            } catch (RuntimeException failure) {
                refuse(call, headers, failure);
            }
        }
    }
}
