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
import java.util.stream.IntStream;
import org.aula.api.common.v1.ErrorReason;
import org.aula.kernel.error.Errors;

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

    /// What the kernel makes of many broken fields.
    ///
    /// @param field the path of each, with a place for its index
    public static StatusRuntimeException ofMany(String field, int count) {
        var violations = IntStream.range(0, count)
                .mapToObj(index -> Errors.violation(field.formatted(index), "is broken"))
                .toList();
        return StatusProto.toStatusRuntimeException(Errors.invalid(
                        ErrorReason.ERROR_REASON_VALIDATION_FAILED, "the request is not valid", violations, Map.of())
                .status());
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
