package org.aula.kernel.testing;

import com.google.rpc.ErrorInfo;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.aula.kernel.error.Errors;
import org.aula.kernel.server.TestInterceptor;

/// Watches every status that leaves a service: a refusal without exactly one ErrorInfo of ours fails the
/// test.
final class ConformanceInterceptor implements TestInterceptor {

    private final Queue<String> offences = new ConcurrentLinkedQueue<>();

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        return next.startCall(
                new SimpleForwardingServerCall<>(call) {
                    @Override
                    public void close(Status status, Metadata trailers) {
                        if (!status.isOk() && infos(status, trailers) != 1) {
                            offences.add(call.getMethodDescriptor().getFullMethodName() + " gave " + status + " with "
                                    + infos(status, trailers) + " ErrorInfo");
                        }
                        super.close(status, trailers);
                    }
                },
                headers);
    }

    /// What was seen since the last time.
    List<String> drain() {
        var seen = List.copyOf(offences);
        offences.clear();
        return seen;
    }

    private static long infos(Status status, Metadata trailers) {
        var details = StatusProto.fromStatusAndTrailers(status, trailers);
        return details.getDetailsList().stream()
                .filter(detail -> detail.is(ErrorInfo.class))
                .filter(detail -> {
                    try {
                        return detail.unpack(ErrorInfo.class).getDomain().equals(Errors.DOMAIN);
                    } catch (com.google.protobuf.InvalidProtocolBufferException broken) {
                        return false;
                    }
                })
                .count();
    }
}
