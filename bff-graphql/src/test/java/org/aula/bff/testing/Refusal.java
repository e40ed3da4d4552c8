package org.aula.bff.testing;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;

/// Statuses as services send them.
public final class Refusal {

    private Refusal() {}

    /// A status with its ErrorInfo.
    public static StatusRuntimeException of(Code code, String reason, Map<String, String> violations) {
        var status = Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage("refused with " + reason)
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setDomain("aula")
                        .setReason(reason)
                        .build()));
        return with(status, violations);
    }

    /// A status that says when to try again.
    public static StatusRuntimeException retryable(Code code, String reason, Duration delay) {
        var status = Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage("refused with " + reason)
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setDomain("aula")
                        .setReason(reason)
                        .build()))
                .addDetails(Any.pack(RetryInfo.newBuilder().setRetryDelay(delay).build()));
        return with(status, Map.of());
    }

    private static StatusRuntimeException with(Status.Builder status, Map<String, String> violations) {
        if (!violations.isEmpty()) {
            var details = BadRequest.newBuilder();
            violations.forEach((field, text) ->
                    details.addFieldViolationsBuilder().setField(field).setDescription(text));
            status.addDetails(Any.pack(details.build()));
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }
}
