package org.aula.users.registration;

import com.google.rpc.Code;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.protobuf.StatusProto;
import java.util.Map;
import org.aula.api.common.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.server.TestInterceptor;

/// Refuses GetRegistration while it is up.
final class Obstacle implements TestInterceptor {

    private volatile boolean up;

    void raise() {
        up = true;
    }

    void lower() {
        up = false;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (!up || !"GetRegistration".equals(call.getMethodDescriptor().getBareMethodName())) {
            return next.startCall(call, headers);
        }
        var refusal = StatusProto.toStatusRuntimeException(
                Errors.of(Code.INTERNAL, ErrorReason.ERROR_REASON_INTERNAL, "in the way", Map.of())
                        .status());
        call.close(refusal.getStatus(), refusal.getTrailers());
        return new ServerCall.Listener<>() {};
    }
}
