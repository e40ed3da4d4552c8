package org.aula.kernel.testing;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.ProtocolMessageEnum;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.opentest4j.AssertionFailedError;

/// What a call was refused with.
///
/// @param code the canonical code
/// @param reason of its ErrorInfo, without prefix
/// @param metadata of its ErrorInfo
/// @param fields that its BadRequest names, in order
/// @param hasRetryInfo whether it says when to try again
public record Refusal(
        Code code, String reason, Map<String, String> metadata, List<String> fields, boolean hasRetryInfo) {

    /// A call that is expected to be refused.
    @FunctionalInterface
    public interface Call {
        Object run() throws Exception;
    }

    /// Runs a call that must be refused.
    public static Refusal of(Call call) throws Exception {
        Object answer;
        try {
            answer = call.run();
        } catch (StatusRuntimeException refused) {
            return of(refused);
        }
        throw new AssertionFailedError("expected a refusal, got " + answer);
    }

    /// Runs a call that must be refused with this code and reason.
    public static Refusal expect(Code code, ProtocolMessageEnum reason, Call call) throws Exception {
        var refusal = of(call);
        var name = reason.getValueDescriptor().getName().substring("ERROR_REASON_".length());
        Assertions.assertThat(refusal.code() + " " + refusal.reason()).isEqualTo(code + " " + name);
        return refusal;
    }

    private static Refusal of(StatusRuntimeException refused) {
        Status status = StatusProto.fromThrowable(refused);
        var info = detail(status, ErrorInfo.class).orElse(ErrorInfo.getDefaultInstance());
        var fields = detail(status, BadRequest.class).map(BadRequest::getFieldViolationsList).orElse(List.of()).stream()
                .map(BadRequest.FieldViolation::getField)
                .toList();
        return new Refusal(
                refused.getStatus().getCode(),
                info.getReason(),
                info.getMetadataMap(),
                fields,
                detail(status, RetryInfo.class).isPresent());
    }

    private static <D extends Message> Optional<D> detail(Status status, Class<D> type) {
        return status.getDetailsList().stream()
                .filter(any -> any.is(type))
                .findFirst()
                .map(any -> unpack(any, type));
    }

    private static <D extends Message> D unpack(Any any, Class<D> type) {
        try {
            return any.unpack(type);
        } catch (InvalidProtocolBufferException broken) {
            throw new AssertionError(broken);
        }
    }
}
