package org.aula.kernel.error;

import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import org.jspecify.annotations.Nullable;

/// What another service answered instead of OK, caught where it was called so that it cannot pass as our
/// own.
///
/// A caller that knows the answer's meaning translates it; all else becomes UNAVAILABLE, DEADLINE_EXCEEDED
/// or INTERNAL.
public final class UpstreamException extends RuntimeException {

    private final String service;
    private final Code code;
    private final transient Status status;

    /// @param service the name of the service that was called
    public UpstreamException(String service, StatusRuntimeException cause) {
        super(service + ": " + cause.getStatus(), cause);
        this.service = service;
        this.code = cause.getStatus().getCode();
        this.status = StatusProto.fromThrowable(cause);
    }

    /// The name of the service that was called.
    public String service() {
        return service;
    }

    /// The code that it gave.
    public Code code() {
        return code;
    }

    /// The whole status that it gave.
    public Status status() {
        return status;
    }

    /// The reason that it gave, without prefix; null when it gave none.
    public @Nullable String reason() {
        return Reasons.of(status);
    }
}
